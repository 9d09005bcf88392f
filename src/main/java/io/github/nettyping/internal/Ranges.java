package io.github.nettyping.internal;

import java.time.Duration;

/** Ranges of what several kinds of options have in common. Stateless. */
public final class Ranges {

    /** Most probes that can wait at once. */
    public static final int MAX_IN_FLIGHT = 1 << 22;

    /** Most event loops that can share one task. */
    public static final int MAX_LOOPS = 256;

    /** Highest rate that can be asked for, in probes per second. */
    public static final long MAX_PROBES_PER_SECOND = 100_000_000;

    /** How many may unless somebody says otherwise. */
    public static final int DEFAULT_IN_FLIGHT = 65_536;

    private Ranges() {}

    /** Throws an {@link IllegalArgumentException} that names the value unless it lies between the two others. */
    public static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ')');
        }
    }

    public static void requireInFlight(String name, int value) {
        require(name, value, 1, MAX_IN_FLIGHT);
    }

    /** As {@link #require(String, long, long, long)}. */
    public static void require(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: " + (min.isZero() ? "zero" : min) + " to " + max + ')');
        }
    }

    /** Throws one unless the value is more than zero, and not more than the other. */
    public static void requirePositive(String name, Duration value, Duration max) {
        if (value.isNegative() || value.isZero() || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: more than zero, at most " + max + ')');
        }
    }
}
