package io.github.nettyping;

import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;

/**
 * Tells each {@link Request} of one lane that wants to hear it what happens to its probe; before that, the observer of
 * the whole pinger is told. Confined to the event loop.
 */
final class RequestObserver extends LaneObserver {

    /** {@code observer} does not throw. */
    RequestObserver(ProbeObserver observer, InFlight total) {
        super(observer, total);
    }

    @Override
    public boolean observes(Probe probe) {
        return super.observes(probe) || Request.of(probe).isObserved();
    }

    @Override
    public void onSent(Probe probe, int attempt, long sentAtNanos) {
        super.onSent(probe, attempt, sentAtNanos);
        Request.of(probe).sent(attempt, sentAtNanos);
    }

    @Override
    public void onReply(Replied reply) {
        super.onReply(reply);
        Request.of(reply.probe()).reply(reply);
    }

    @Override
    public void onDuplicate(Replied reply) {
        super.onDuplicate(reply);
        Request.of(reply.probe()).duplicate(reply);
    }

    @Override
    public void onLate(Replied reply) {
        super.onLate(reply);
        Request.of(reply.probe()).late(reply);
    }

    @Override
    public void onDamaged(Replied reply, ByteBuf payload) {
        super.onDamaged(reply, payload);
        Request.of(reply.probe()).damaged(reply, payload);
    }

    @Override
    public void onError(IcmpErrorOutcome error) {
        super.onError(error);
        Request.of(error.probe()).error(error);
    }

    @Override
    public void onLateError(IcmpErrorOutcome error) {
        super.onLateError(error);
        Request.of(error.probe()).error(error);
    }

    @Override
    public void onNotice(IcmpErrorOutcome notice) {
        super.onNotice(notice);
        Request.of(notice.probe()).notice(notice);
    }
}
