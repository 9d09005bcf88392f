package io.github.nettyping.channel;

import java.time.Clock;
import java.time.Instant;

/** The two clocks of a measurement, read once a batch. Safe for use by many threads. */
interface NanoClock {

    long NANOS_PER_SECOND = 1_000_000_000L;

    /** Three readings in a row take about 70: within this, nothing came between them. */
    long TIGHT_READING_NANOS = 200;

    /** A machine that comes between so many readings in a row does so always, or has slow clocks. */
    int MAX_READINGS = 4;

    /** The clocks of this machine. */
    NanoClock SYSTEM = new NanoClock() {
        private final Clock wall = Clock.systemUTC();

        @Override
        public long monotonicNanos() {
            return System.nanoTime();
        }

        @Override
        public long wallNanos() {
            Instant now = wall.instant();
            return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
        }
    };

    /** Returns {@link System#nanoTime()}: never set, never stepped. */
    long monotonicNanos();

    /** Returns {@code CLOCK_REALTIME}, the clock of the kernel's stamps, in nanoseconds since 1970. */
    long wallNanos();

    /**
     * Returns by how much the wall clock is ahead of the monotonic one.
     *
     * <p>The wall clock is read between two readings of the monotonic one, and taken to be in their middle: what is wrong with
     * that is at most half of the time between them, in either direction. If something else ran in that time, the clocks are
     * read again, and the tightest reading counts. An error would lengthen or shorten every round trip of the batch.
     */
    default long wallOffsetNanos() {
        long tightest = Long.MAX_VALUE;
        long offset = 0;
        for (int left = MAX_READINGS; left > 0 && tightest > TIGHT_READING_NANOS; left--) {
            long before = monotonicNanos();
            long wall = wallNanos();
            long span = monotonicNanos() - before;
            if (span < tightest) {
                tightest = span;
                offset = wall - before - span / 2;
            }
        }
        return offset;
    }
}
