package io.github.nettyping.load;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Wakes an event loop up again and again and notes how late that happens: whatever delayed it delayed everything on the
 * loop. Confined to the event loop.
 */
final class LoopWatch implements Runnable {

    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final EventLoop loop;
    private final LoadClock clock;
    private @Nullable Future<?> timer;
    private long dueNanos;
    private long stalls;
    private long longestNanos;

    LoopWatch(EventLoop loop, LoadClock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    void start() {
        clock.read();
        arm();
    }

    /** Forgets what was noted. */
    void reset() {
        stalls = 0;
        longestNanos = 0;
    }

    void stop() {
        Future<?> running = timer;
        if (running != null) {
            timer = null;
            running.cancel(false);
        }
    }

    @Override
    public void run() {
        long lateNanos = now() - dueNanos;
        longestNanos = Math.max(longestNanos, lateNanos);
        if (lateNanos > LoadSummary.LoopStalls.THRESHOLD_NANOS) {
            stalls++;
        }
        clock.read();
        arm();
    }

    LoadSummary.LoopStalls stalls() {
        return new LoadSummary.LoopStalls(stalls, longestNanos);
    }

    private void arm() {
        dueNanos = now() + PERIOD_NANOS;
        timer = loop.schedule(this, PERIOD_NANOS, TimeUnit.NANOSECONDS);
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
