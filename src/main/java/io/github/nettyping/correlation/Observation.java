package io.github.nettyping.correlation;

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
import java.util.function.Consumer;

/**
 * Tells the observer what happens, and takes what it throws. Where there is none, every method compares one field and
 * makes no object. Confined to the channel's event loop.
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
    static boolean isObserver(ProbeObserver observer) {
        return observer != ProbeObserver.NONE;
    }

    /** Tells whether anybody observes; what is made only to be told need not be made otherwise. */
    boolean isOn() {
        return on;
    }

    /** A packet was sent; of a probe that lost its slot to another since then nothing is known. */
    void sent(int slot, int generation, long wallNanos) {
        if (on && table.isOwnGeneration(slot, generation)) {
            Probe probe = table.probe(slot);
            int attempt = table.attempt(slot, generation);
            tell(to -> to.onSent(probe, attempt, wallNanos));
        }
    }

    void outcome(ProbeOutcome outcome) {
        if (on) {
            tell(to -> to.onOutcome(outcome));
        }
    }

    void reply(Replied reply) {
        if (on) {
            tell(to -> to.onReply(reply));
        }
    }

    void duplicate(Replied reply) {
        if (on) {
            tell(to -> to.onDuplicate(reply));
        }
    }

    void late(Replied reply) {
        if (on) {
            tell(to -> to.onLate(reply));
        }
    }

    /** Told before the reply itself; does not retain the payload. */
    void damaged(Replied reply, ByteBuf payload) {
        if (on) {
            tell(to -> to.onDamaged(reply, payload));
        }
    }

    void notice(IcmpErrorOutcome notice) {
        if (on) {
            tell(to -> to.onNotice(notice));
        }
    }

    void error(IcmpErrorOutcome error) {
        if (on) {
            tell(to -> to.onError(error));
        }
    }

    void lateError(IcmpErrorOutcome error) {
        if (on) {
            tell(to -> to.onLateError(error));
        }
    }

    /** Counts something that was not accepted, too. */
    void rejected(Rejection reason, IcmpPacket packet) {
        counters.count(reason);
        if (on) {
            IpAddress from = packet.peer();
            tell(to -> to.onRejected(reason, from));
        }
    }

    /** Counts something that was not accepted, too. */
    void rejected(Rejection reason, IpAddress from) {
        counters.count(reason);
        if (on) {
            tell(to -> to.onRejected(reason, from));
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
            int now = probes;
            toldInFlight = now;
            tell(to -> to.onInFlight(now));
        }
        tellingInFlight = false;
    }

    private void tell(Consumer<ProbeObserver> event) {
        try {
            event.accept(observer);
        } catch (Throwable t) {
            ctx.fireExceptionCaught(t);
        }
    }
}
