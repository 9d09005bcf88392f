package io.github.nettyping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;

/**
 * Tells an observer of several lanes what happens on one of them, and how many probes are in flight on all. Confined to
 * the lane's event loop.
 */
class LaneObserver implements ProbeObserver {

    /** How many probes are in flight on all lanes together. Confined to their event loop, unless it is made for several. */
    static final class InFlight {

        private final boolean severalLoops;
        private int probes;

        InFlight() {
            this(false);
        }

        InFlight(boolean severalLoops) {
            this.severalLoops = severalLoops;
        }

        private void change(int difference, ProbeObserver observer) {
            if (severalLoops) {
                // Told by one loop at a time: else the last number told might not be the last one.
                synchronized (this) {
                    tell(difference, observer);
                }
            } else {
                tell(difference, observer);
            }
        }

        private void tell(int difference, ProbeObserver observer) {
            probes += difference;
            observer.onInFlight(probes);
        }
    }

    private final ProbeObserver observer;
    private final InFlight total;
    private int ownInFlight;

    /** {@code observer} does not throw. */
    LaneObserver(ProbeObserver observer, InFlight total) {
        this.observer = observer;
        this.total = total;
    }

    /** Returns the observer of one lane, which is none if nobody wants to hear of anything. */
    static ProbeObserver of(ProbeObserver observer, InFlight total) {
        return observer == ProbeObserver.NONE ? observer : new LaneObserver(observer, total);
    }

    @Override
    public boolean observes(Probe probe) {
        return observer.observes(probe);
    }

    @Override
    public void onSent(Probe probe, int attempt, long sentAtNanos) {
        if (observer.observes(probe)) {
            observer.onSent(probe, attempt, sentAtNanos);
        }
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        if (observer.observes(outcome.probe())) {
            observer.onOutcome(outcome);
        }
    }

    @Override
    public void onReply(Replied reply) {
        if (observer.observes(reply.probe())) {
            observer.onReply(reply);
        }
    }

    @Override
    public void onDuplicate(Replied reply) {
        if (observer.observes(reply.probe())) {
            observer.onDuplicate(reply);
        }
    }

    @Override
    public void onLate(Replied reply) {
        if (observer.observes(reply.probe())) {
            observer.onLate(reply);
        }
    }

    @Override
    public void onDamaged(Replied reply, ByteBuf payload) {
        if (observer.observes(reply.probe())) {
            observer.onDamaged(reply, payload);
        }
    }

    @Override
    public void onNotice(IcmpErrorOutcome notice) {
        if (observer.observes(notice.probe())) {
            observer.onNotice(notice);
        }
    }

    @Override
    public void onError(IcmpErrorOutcome error) {
        if (observer.observes(error.probe())) {
            observer.onError(error);
        }
    }

    @Override
    public void onLateError(IcmpErrorOutcome error) {
        if (observer.observes(error.probe())) {
            observer.onLateError(error);
        }
    }

    @Override
    public void onRejected(Rejection reason, IpAddress from) {
        observer.onRejected(reason, from);
    }

    @Override
    public void onInFlight(int probes) {
        int difference = probes - ownInFlight;
        ownInFlight = probes;
        total.change(difference, observer);
    }
}
