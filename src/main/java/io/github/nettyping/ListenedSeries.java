package io.github.nettyping;

import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.statistics.PingRecorder;
import io.github.nettyping.statistics.PingStatistics;
import io.netty.buffer.ByteBuf;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A series for a listener, summed up. Confined to the event loop but for {@link #begin}, {@link #stop} and
 * {@link #statistics}.
 */
final class ListenedSeries implements SeriesSession.Sink {

    private static final int SIGNIFICANT_DIGITS = 2;

    private final PingerCore core;
    private final PingListener listener;
    private final boolean failFast;
    private final Guard guard;
    private final PingRecorder recorder = new PingRecorder(SIGNIFICANT_DIGITS);
    private final LoopFuture<PingStatistics> completion;
    private final SeriesSession session;
    /** From the moment somebody says so, which may be before the event loop has heard of it. */
    private volatile boolean stopped;
    /** What it came to, once it is over. */
    private volatile @Nullable PingStatistics last;

    ListenedSeries(PingerCore core, IpAddress target, PingOptions options, PingListener listener) {
        this.core = core;
        this.listener = listener;
        this.failFast = options.probe().failFast();
        this.guard = new Guard(listener);
        this.completion = new LoopFuture<>(core.loops(), this::stop);
        this.session = new SeriesSession(core, target, options, this);
    }

    PingSeries begin() {
        core.execute(this::start, () -> completion.fail(new ClosedChannelException()));
        return new PingSeries(completion, this);
    }

    private void start() {
        ClosedChannelException closed = core.closed();
        if (closed != null) {
            completion.fail(closed);
        } else {
            session.start();
            session.request(Long.MAX_VALUE);
        }
    }

    void stop() {
        stopped = true;
        // If the event loop has ended, so has this.
        core.execute(this::end, () -> {});
    }

    private void end() {
        session.stop();
        complete();
    }

    /** Returns what it has come to so far, or in the end. */
    CompletableFuture<PingStatistics> statistics() {
        LoopFuture<PingStatistics> future = new LoopFuture<>(core.loops());
        core.execute(() -> future.succeed(last != null ? last : recorder.statistics()), () -> {
            PingStatistics known = last;
            if (known != null) {
                future.succeed(known);
            } else {
                future.fail(new ClosedChannelException());
            }
        });
        return future;
    }

    private void complete() {
        PingStatistics known = last;
        if (known == null) {
            known = recorder.statistics();
            last = known;
        }
        completion.succeed(known);
    }

    private void tell(Runnable event) {
        tell(() -> {}, event);
    }

    private void tell(Runnable count, Runnable event) {
        if (!stopped) {
            count.run();
            guard.run(event);
        }
    }

    @Override
    public void onFirstSent() {
        recorder.recordSent();
    }

    @Override
    public void onSent(long sequence, int attempt, long sentAtNanos) {
        tell(() -> listener.onSent(sequence, attempt, sentAtNanos));
    }

    @Override
    public void onResult(PingResult result) {
        if (stopped) {
            return;
        }
        if (result.outcome() instanceof Replied reply) {
            recorder.recordReply(reply);
        } else if (result.outcome() instanceof NotSent) {
            recorder.recordNotSent();
        } else if (failFast && result.outcome() instanceof IcmpErrorOutcome) {
            // Otherwise it has been counted when it came.
            recorder.recordError();
        }
        guard.run(() -> listener.onResult(result));
    }

    @Override
    public void onReply(long sequence, Replied reply) {
        tell(() -> listener.onReply(sequence, reply));
    }

    @Override
    public void onDuplicate(long sequence, Replied reply) {
        tell(recorder::recordDuplicate, () -> listener.onDuplicate(sequence, reply));
    }

    @Override
    public void onLate(long sequence, Replied reply) {
        tell(recorder::recordLate, () -> listener.onLate(sequence, reply));
    }

    @Override
    public void onDamaged(long sequence, Replied reply, ByteBuf payload) {
        tell(() -> listener.onDamaged(sequence, reply, payload));
    }

    @Override
    public void onIpv4Options(long sequence, Replied reply, Ipv4Options options) {
        tell(() -> listener.onIpv4Options(sequence, reply, options));
    }

    @Override
    public void onError(long sequence, IcmpErrorOutcome error) {
        tell(recorder::recordError, () -> listener.onError(sequence, error));
    }

    @Override
    public void onNotice(long sequence, IcmpErrorOutcome notice) {
        tell(() -> listener.onNotice(sequence, notice));
    }

    @Override
    public void onDone() {
        complete();
    }

    @Override
    public void onClosed(ClosedChannelException cause) {
        complete();
    }
}
