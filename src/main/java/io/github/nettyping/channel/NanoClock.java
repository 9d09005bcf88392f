package io.github.nettyping.channel;

import java.time.Clock;
import java.time.Instant;

/** The two clocks of a measurement, read once a batch. Safe for use by many threads. */
interface NanoClock {

    long NANOS_PER_SECOND = 1_000_000_000L;

    /** Far more than reading clocks takes, and far less than what counts as a clock that was set. */
    long LONGEST_READING_NANOS = 20_000;

    /** A machine that interrupts so many readings in a row is beyond help. */
    int MAX_READINGS = 10;

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
     * Returns by how much the wall clock is ahead of the monotonic one. If another process ran between the two
     * readings, they are taken again; the difference would look as if somebody had set the clock.
     */
    default long wallOffsetNanos() {
        for (int left = MAX_READINGS; ; left--) {
            long before = monotonicNanos();
            long offset = wallNanos() - before;
            if (left == 1 || monotonicNanos() - before <= LONGEST_READING_NANOS) {
                return offset;
            }
        }
    }
}
