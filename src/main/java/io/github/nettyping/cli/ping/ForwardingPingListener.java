package io.github.nettyping.cli.ping;

import io.github.nettyping.PingListener;
import io.github.nettyping.PingResult;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.Executor;

/**
 * Tells a listener what happens by an executor: one that catches what is thrown, which the library would only log, or another
 * event loop's, which keeps the order. Confined to the event loop of the series.
 */
record ForwardingPingListener(Executor executor, PingListener listener) implements PingListener {

    @Override
    public void onResult(PingResult result) {
        executor.execute(() -> listener.onResult(result));
    }

    @Override
    public void onSent(long sequence, int attempt, long sentAtNanos) {
        executor.execute(() -> listener.onSent(sequence, attempt, sentAtNanos));
    }

    @Override
    public void onReply(long sequence, Replied reply) {
        executor.execute(() -> listener.onReply(sequence, reply));
    }

    @Override
    public void onDuplicate(long sequence, Replied reply) {
        executor.execute(() -> listener.onDuplicate(sequence, reply));
    }

    @Override
    public void onLate(long sequence, Replied reply) {
        executor.execute(() -> listener.onLate(sequence, reply));
    }

    @Override
    public void onDamaged(long sequence, Replied reply, ByteBuf payload) {
        // It is gone when this call returns, and may be told later.
        ByteBuf copy = Unpooled.copiedBuffer(payload);
        executor.execute(() -> listener.onDamaged(sequence, reply, copy));
    }

    @Override
    public void onIpv4Options(long sequence, Replied reply, Ipv4Options options) {
        executor.execute(() -> listener.onIpv4Options(sequence, reply, options));
    }

    @Override
    public void onNotice(long sequence, IcmpErrorOutcome notice) {
        executor.execute(() -> listener.onNotice(sequence, notice));
    }

    @Override
    public void onError(long sequence, IcmpErrorOutcome error) {
        executor.execute(() -> listener.onError(sequence, error));
    }
}
