package io.github.nettyping.cli.fping;

import java.util.concurrent.TimeUnit;

/**
 * Keeps packets apart, whichever targets they are for. From a millisecond on, an interval is the least time between two of
 * them. A shorter one is kept on average, since no timer is as exact: up to a millisecond is made up for. Confined to one
 * thread; reads no clock.
 */
final class FpingPacer {

    private static final long FINE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final long intervalNanos;
    private long nextNanos;

    FpingPacer(long intervalNanos, long nowNanos) {
        this.intervalNanos = intervalNanos;
        this.nextNanos = nowNanos;
    }

    /** Returns how long it takes until a packet may be sent, 0 for now. */
    long nanosUntilDue(long nowNanos) {
        return Math.max(0, nextNanos - nowNanos);
    }

    /** A packet is sent, whether it was due or not. */
    void sent(long nowNanos) {
        boolean fine = intervalNanos < FINE_NANOS;
        nextNanos = (fine ? Math.max(nextNanos, nowNanos - FINE_NANOS) : nowNanos) + intervalNanos;
    }
}
