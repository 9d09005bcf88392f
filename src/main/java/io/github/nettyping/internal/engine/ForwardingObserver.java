package io.github.nettyping.internal.engine;

import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Passes on what happens to probes: all of it by one method. */
abstract class ForwardingObserver implements ProbeObserver {

    /** Tells something that happened to a probe to whom it may concern. */
    abstract void tell(Probe probe, Consumer<ProbeObserver> event);

    @Override
    public void onSent(Probe probe, int attempt, long sentAtNanos) {
        tell(probe, observer -> observer.onSent(probe, attempt, sentAtNanos));
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        tell(outcome.probe(), observer -> observer.onOutcome(outcome));
    }

    @Override
    public void onReply(Replied reply) {
        tell(reply.probe(), observer -> observer.onReply(reply));
    }

    @Override
    public void onDuplicate(Replied reply) {
        tell(reply.probe(), observer -> observer.onDuplicate(reply));
    }

    @Override
    public void onLate(Replied reply) {
        tell(reply.probe(), observer -> observer.onLate(reply));
    }

    @Override
    public void onDamaged(Replied reply, ByteBuf payload) {
        tell(reply.probe(), observer -> observer.onDamaged(reply, payload));
    }

    @Override
    public void onIpv4Options(Replied reply, Ipv4Options options) {
        tell(reply.probe(), observer -> observer.onIpv4Options(reply, options));
    }

    @Override
    public void onNotice(IcmpErrorOutcome notice) {
        tell(notice.probe(), observer -> observer.onNotice(notice));
    }

    @Override
    public void onError(IcmpErrorOutcome error) {
        tell(error.probe(), observer -> observer.onError(error));
    }

    @Override
    public void onLateError(IcmpErrorOutcome error) {
        tell(error.probe(), observer -> observer.onLateError(error));
    }
}
