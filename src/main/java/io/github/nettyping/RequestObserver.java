package io.github.nettyping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;

/**
 * Tells each {@link Request} of one lane what happens to its probe; before that, the observer of the whole pinger is told.
 * Confined to the event loop.
 */
final class RequestObserver implements ProbeObserver {

    /** How many probes are in flight on all lanes together. Confined to their event loop. */
    static final class InFlight {
        private int probes;
    }

    private final ProbeObserver observer;
    private final InFlight total;
    private int ownInFlight;

    /** {@code observer} does not throw. */
    RequestObserver(ProbeObserver observer, InFlight total) {
        this.observer = observer;
        this.total = total;
    }

    @Override
    public void onSent(Probe probe, int attempt, long sentAtNanos) {
        observer.onSent(probe, attempt, sentAtNanos);
        Request.of(probe).sent(attempt, sentAtNanos);
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        observer.onOutcome(outcome);
    }

    @Override
    public void onReply(Replied reply) {
        observer.onReply(reply);
        Request.of(reply.probe()).reply(reply);
    }

    @Override
    public void onDuplicate(Replied reply) {
        observer.onDuplicate(reply);
        Request.of(reply.probe()).duplicate(reply);
    }

    @Override
    public void onLate(Replied reply) {
        observer.onLate(reply);
        Request.of(reply.probe()).late(reply);
    }

    @Override
    public void onDamaged(Replied reply, ByteBuf payload) {
        observer.onDamaged(reply, payload);
        Request.of(reply.probe()).damaged(reply, payload);
    }

    @Override
    public void onError(IcmpErrorOutcome error) {
        observer.onError(error);
        Request.of(error.probe()).error(error);
    }

    @Override
    public void onLateError(IcmpErrorOutcome error) {
        observer.onLateError(error);
        Request.of(error.probe()).error(error);
    }

    @Override
    public void onNotice(IcmpErrorOutcome notice) {
        observer.onNotice(notice);
        Request.of(notice.probe()).notice(notice);
    }

    @Override
    public void onRejected(Rejection reason, IpAddress from) {
        observer.onRejected(reason, from);
    }

    @Override
    public void onInFlight(int probes) {
        total.probes += probes - ownInFlight;
        ownInFlight = probes;
        observer.onInFlight(total.probes);
    }
}
