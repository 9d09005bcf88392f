package io.github.nettyping.correlation;

import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.codec.Octets;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * Tells the observer what happens, and takes what it throws. Of a probe it does not want to hear of, every method looks at
 * one field or asks it; none makes an object. Confined to the channel's event loop.
 *
 * <p>An observer may write, cancel and close. So whoever calls these methods is done with the slot by then, or looks at
 * it anew.
 */
final class Observation {

    private final ChannelHandlerContext ctx;
    private final SlotTable table;
    private final Counters counters;
    private final ProbeObserver observer;
    private final boolean on;
    private int toldInFlight;
    private boolean tellingInFlight;

    Observation(ChannelHandlerContext ctx, SlotTable table, Counters counters, ProbeObserver observer) {
        this.ctx = ctx;
        this.table = table;
        this.counters = counters;
        this.observer = observer;
        this.on = isObserver(observer);
    }

    /** Tells an observer from none. */
    @SuppressWarnings("ReferenceEquality") // NONE is that one object.
    private static boolean isObserver(ProbeObserver observer) {
        return observer != ProbeObserver.NONE;
    }

    /** Tells whether anybody wants to hear of a probe. */
    boolean sees(Probe probe) {
        if (!on) {
            return false;
        }
        try {
            return observer.observes(probe);
        } catch (Throwable t) {
            thrown(t);
            return false;
        }
    }

    /** Tells the same of a slot's present or last probe; what is made only to be told need not be made otherwise. */
    boolean sees(int slot) {
        return table.keepsProbe(slot);
    }

    /** A packet was sent; of a probe that lost its slot to another since then nothing is known. */
    void sent(int slot, int generation, long wallNanos) {
        if (sees(slot) && table.isOwnGeneration(slot, generation)) {
            try {
                observer.onSent(table.probe(slot), table.attempt(slot, generation), wallNanos);
            } catch (Throwable t) {
                thrown(t);
            }
        }
    }

    void outcome(ProbeOutcome outcome) {
        if (sees(outcome.probe())) {
            try {
                observer.onOutcome(outcome);
            } catch (Throwable t) {
                thrown(t);
            }
        }
    }

    void reply(Replied reply) {
        if (sees(reply.probe())) {
            try {
                observer.onReply(reply);
            } catch (Throwable t) {
                thrown(t);
            }
        }
    }

    /** For a probe that is {@linkplain #sees(int) seen}, as those that follow. */
    void duplicate(Replied reply) {
        try {
            observer.onDuplicate(reply);
        } catch (Throwable t) {
            thrown(t);
        }
    }

    void late(Replied reply) {
        try {
            observer.onLate(reply);
        } catch (Throwable t) {
            thrown(t);
        }
    }

    /** Told before the reply itself; does not retain the payload. */
    void damaged(Replied reply, ByteBuf payload) {
        try {
            observer.onDamaged(reply, payload);
        } catch (Throwable t) {
            thrown(t);
        }
    }

    /** Told before the reply itself. */
    void ipv4Options(Replied reply, byte[] options) {
        try {
            observer.onIpv4Options(reply, new Ipv4Options(Octets.of(options)));
        } catch (Throwable t) {
            thrown(t);
        }
    }

    void notice(IcmpErrorOutcome notice) {
        try {
            observer.onNotice(notice);
        } catch (Throwable t) {
            thrown(t);
        }
    }

    void error(IcmpErrorOutcome error) {
        try {
            observer.onError(error);
        } catch (Throwable t) {
            thrown(t);
        }
    }

    void lateError(IcmpErrorOutcome error) {
        try {
            observer.onLateError(error);
        } catch (Throwable t) {
            thrown(t);
        }
    }

    /** Counts something that was not accepted, too. */
    void rejected(Rejection reason, IcmpPacket packet) {
        if (on) {
            rejected(reason, packet.peer());
        } else {
            counters.count(reason);
        }
    }

    /** Counts something that was not accepted, too. */
    void rejected(Rejection reason, IpAddress from) {
        counters.count(reason);
        try {
            observer.onRejected(reason, from);
        } catch (Throwable t) {
            thrown(t);
        }
    }

    /**
     * The number of probes in flight may have changed. What the observer itself changes meanwhile is told when it has
     * returned: a call from inside the call would go as deep as there are probes.
     */
    void inFlight() {
        if (!on || tellingInFlight) {
            return;
        }
        tellingInFlight = true;
        for (int probes = table.inFlight(); probes != toldInFlight; probes = table.inFlight()) {
            toldInFlight = probes;
            try {
                observer.onInFlight(probes);
            } catch (Throwable t) {
                thrown(t);
            }
        }
        tellingInFlight = false;
    }

    private void thrown(Throwable cause) {
        ctx.fireExceptionCaught(cause);
    }
}
