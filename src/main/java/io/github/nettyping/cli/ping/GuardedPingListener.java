package io.github.nettyping.cli.ping;

import io.github.nettyping.PingListener;
import io.github.nettyping.PingResult;
import io.github.nettyping.cli.output.FirstFailure;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;

/** Lets a run end with what its listener throws, which the library would only log. Confined to the event loop. */
record GuardedPingListener(PingListener listener, FirstFailure failures) implements PingListener {

    @Override
    public void onResult(PingResult result) {
        failures.run(() -> listener.onResult(result));
    }

    @Override
    public void onSent(long sequence, int attempt, long sentAtNanos) {
        failures.run(() -> listener.onSent(sequence, attempt, sentAtNanos));
    }

    @Override
    public void onReply(long sequence, Replied reply) {
        failures.run(() -> listener.onReply(sequence, reply));
    }

    @Override
    public void onDuplicate(long sequence, Replied reply) {
        failures.run(() -> listener.onDuplicate(sequence, reply));
    }

    @Override
    public void onLate(long sequence, Replied reply) {
        failures.run(() -> listener.onLate(sequence, reply));
    }

    @Override
    public void onDamaged(long sequence, Replied reply, ByteBuf payload) {
        failures.run(() -> listener.onDamaged(sequence, reply, payload));
    }

    @Override
    public void onIpv4Options(long sequence, Replied reply, Ipv4Options options) {
        failures.run(() -> listener.onIpv4Options(sequence, reply, options));
    }

    @Override
    public void onNotice(long sequence, IcmpErrorOutcome notice) {
        failures.run(() -> listener.onNotice(sequence, notice));
    }

    @Override
    public void onError(long sequence, IcmpErrorOutcome error) {
        failures.run(() -> listener.onError(sequence, error));
    }
}
