package io.github.nettyping.internal.route;

import java.util.concurrent.TimeUnit;

/**
 * Limits how many on-link targets are begun, so that the kernel's neighbour table keeps room for others: at most N in
 * any 3 seconds, which is how long a silent target holds its place. Confined to one thread; reads no clock.
 *
 * <p>Counts in tenths of a second, so N more can be begun after 3.0 to 3.1 seconds. Places that are taken together
 * become free together, so a small network is not slowed down.
 */
final class NeighbourBudget {

    /** Three tries, a second apart: {@code mcast_solicit} and {@code retrans_time_ms} of arp(7). */
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long BUCKET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A window that begins within one bucket ends within the thirtieth after that. */
    private static final int BUCKETS = (int) (WINDOW_NANOS / BUCKET_NANOS) + 1;

    /** Longest time until N more may be begun. */
    static final long PERIOD_NANOS = BUCKETS * BUCKET_NANOS;

    private final int mostInWindow;
    private final long beganNanos;
    private final int[] taken = new int[BUCKETS];
    private long current;
    private int sum;

    /**
     * Begins with every place free.
     *
     * @param mostInWindow how many may be begun in any 3 seconds, 1 or more
     * @param nowNanos     a monotonic clock
     */
    NeighbourBudget(int mostInWindow, long nowNanos) {
        if (mostInWindow < 1) {
            throw new IllegalArgumentException("mostInWindow: " + mostInWindow + " (expected: >= 1)");
        }
        this.mostInWindow = mostInWindow;
        this.beganNanos = nowNanos;
    }

    /** Takes up to {@code wanted} places, as far as they are free; returns how many. */
    int take(int wanted, long nowNanos) {
        advance(nowNanos);
        int free = Math.max(0, Math.min(wanted, mostInWindow - sum));
        taken[slot(current)] += free;
        sum += free;
        return free;
    }

    /** Returns how long it takes until another place is free; 0 if one is free now. */
    long nanosUntilDue(long nowNanos) {
        advance(nowNanos);
        if (sum < mostInWindow) {
            return 0;
        }
        long oldest = current - BUCKETS + 1;
        while (taken[slot(oldest)] == 0) {
            oldest++;
        }
        return (oldest + BUCKETS) * BUCKET_NANOS - Math.max(0, nowNanos - beganNanos);
    }

    private void advance(long nowNanos) {
        // If the clock goes back a little, as that of another loop may, it counts as standing still.
        long bucket = Math.max(current, (nowNanos - beganNanos) / BUCKET_NANOS);
        for (long i = Math.max(current + 1, bucket - BUCKETS + 1); i <= bucket; i++) {
            sum -= taken[slot(i)];
            taken[slot(i)] = 0;
        }
        current = bucket;
    }

    private static int slot(long bucket) {
        return Math.floorMod(bucket, BUCKETS);
    }
}
