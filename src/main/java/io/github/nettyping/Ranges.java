package io.github.nettyping;

/** Ranges of what several kinds of options have in common. Stateless. */
final class Ranges {

    /** Most probes that can wait at once. */
    static final int MAX_IN_FLIGHT = 1 << 22;

    /** Most event loops that can share one task. */
    static final int MAX_LOOPS = 256;

    /** Highest rate that can be asked for, in probes per second. */
    static final long MAX_PROBES_PER_SECOND = 100_000_000;

    private static final int MIN_BUFFER_BYTES = 4_096;

    private Ranges() {}

    /** Throws an {@link IllegalArgumentException} that names the value unless it lies between the two others. */
    static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ')');
        }
    }

    static void requireInFlight(String name, int value) {
        require(name, value, 1, MAX_IN_FLIGHT);
    }

    static void requireBufferBytes(String name, int value) {
        // The kernel doubles it in an int.
        require(name, value, MIN_BUFFER_BYTES, Integer.MAX_VALUE / 2);
    }
}
