package io.github.nettyping.load;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Tells how far the wall clock is from the monotonic one, and whether somebody has set it. Confined to one thread. */
final class LoadClock {

    /** The wall clock has been set if it moved by more than this in a few milliseconds: slewing is a thousand times slower. */
    private static final long MAX_SHIFT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Two readings further apart than this were interrupted. */
    private static final long CLOSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private static final int TRIES = 8;

    private final Clock wall = Clock.systemUTC();
    private long offset;
    private boolean known;
    private boolean set;

    /** Reads both clocks. */
    void read() {
        long closest = Long.MAX_VALUE;
        long fresh = offset;
        for (int i = 0; i < TRIES && closest > CLOSE_NANOS; i++) {
            long before = System.nanoTime();
            Instant now = wall.instant();
            long took = System.nanoTime() - before;
            if (took < closest) {
                closest = took;
                fresh = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - before - took / 2;
            }
        }
        if (closest < MAX_SHIFT_NANOS) {
            take(fresh);
        }
    }

    /** Notes how far the clocks are apart. */
    void take(long freshOffset) {
        if (known && Math.abs(freshOffset - offset) > MAX_SHIFT_NANOS) {
            set = true;
        }
        known = true;
        offset = freshOffset;
    }

    /** Returns the wall clock minus {@link System#nanoTime()}, as of the last reading. */
    long wallOffsetNanos() {
        return offset;
    }

    /** Tells whether the wall clock has been set between two readings. */
    boolean wasSet() {
        return set;
    }
}
