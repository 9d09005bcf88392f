package io.github.nettyping.channel;

import java.time.Clock;
import java.time.Instant;

/** The two clocks of a measurement, read once a batch. Safe for use by many threads. */
interface NanoClock {

    long NANOS_PER_SECOND = 1_000_000_000L;

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
}
