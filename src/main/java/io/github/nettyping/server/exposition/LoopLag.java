package io.github.nettyping.server.exposition;

import io.netty.channel.EventLoop;
import io.prometheus.metrics.core.metrics.Histogram;
import java.util.concurrent.TimeUnit;

/** How much later than it should an event loop does what is due: every task on it waits as long. Confined to the loop. */
public final class LoopLag implements Runnable {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double[] BUCKETS = {0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1
    };
    private static final double NANOS_PER_SECOND = 1e9;

    private final EventLoop loop;
    private final Histogram lags;
    private long dueNanos;

    private LoopLag(EventLoop loop, Histogram lags) {
        this.loop = loop;
        this.lags = lags;
    }

    /** Returns what all lags are put into. */
    public static Histogram histogram() {
        return Histogram.builder()
                .name("nettyping_loop_lag_seconds")
                .help("How much later than due an event loop has run a task.")
                .classicUpperBounds(BUCKETS)
                .withoutExemplars()
                .build();
    }

    /** Measures for as long as the loop runs. */
    public static void measure(EventLoop loop, Histogram lags) {
        LoopLag lag = new LoopLag(loop, lags);
        loop.execute(lag::next);
    }

    private void next() {
        dueNanos = System.nanoTime() + EVERY_NANOS;
        loop.schedule(this, EVERY_NANOS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void run() {
        lags.observe(Math.max(0, System.nanoTime() - dueNanos) / NANOS_PER_SECOND);
        next();
    }
}
