package io.github.nettyping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;

/** A user's observer, whose exceptions disturb nobody. For use by as many threads as the observer is. */
final class GuardedObserver implements ProbeObserver {

    private final ProbeObserver observer;
    private final Guard guard;

    /** Returns a user's observer guarded, unless it is none. */
    static ProbeObserver of(ProbeObserver observer) {
        return observer == ProbeObserver.NONE ? observer : new GuardedObserver(observer);
    }

    private GuardedObserver(ProbeObserver observer) {
        this.observer = observer;
        this.guard = new Guard(observer);
    }

    @Override
    public boolean observes(Probe probe) {
        try {
            return observer.observes(probe);
        } catch (Throwable t) {
            guard.caught(t);
            return false;
        }
    }

    @Override
    public void onSent(Probe probe, int attempt, long sentAtNanos) {
        guard.run(() -> observer.onSent(probe, attempt, sentAtNanos));
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        guard.run(() -> observer.onOutcome(outcome));
    }

    @Override
    public void onReply(Replied reply) {
        guard.run(() -> observer.onReply(reply));
    }

    @Override
    public void onDuplicate(Replied reply) {
        guard.run(() -> observer.onDuplicate(reply));
    }

    @Override
    public void onLate(Replied reply) {
        guard.run(() -> observer.onLate(reply));
    }

    @Override
    public void onDamaged(Replied reply, ByteBuf payload) {
        guard.run(() -> observer.onDamaged(reply, payload));
    }

    @Override
    public void onError(IcmpErrorOutcome error) {
        guard.run(() -> observer.onError(error));
    }

    @Override
    public void onLateError(IcmpErrorOutcome error) {
        guard.run(() -> observer.onLateError(error));
    }

    @Override
    public void onNotice(IcmpErrorOutcome notice) {
        guard.run(() -> observer.onNotice(notice));
    }

    @Override
    public void onRejected(Rejection reason, IpAddress from) {
        guard.run(() -> observer.onRejected(reason, from));
    }

    @Override
    public void onInFlight(int probes) {
        guard.run(() -> observer.onInFlight(probes));
    }
}
