package io.github.nettyping.monitor;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A target's last probes: those that were answered or lost; what met trouble of this host is not among them. Immutable. Round
 * trips are told to 100 ns. Safe for use by many threads.
 */
public final class WindowStatistics {

    private static final double RFC3550_GAIN = 1.0 / 16;
    private static final int LARGEST_PERCENTILE = 100;

    /** Round trips in ticks, or lost ones, the oldest first. */
    private final int[] results;
    /** The answered ones in the order of their round trips; made when first wanted, for the event loop has no time for it. */
    private int @Nullable [] ordered;

    private final long intervalNanos;

    WindowStatistics(int[] results, long intervalNanos) {
        this.results = results;
        this.intervalNanos = intervalNanos;
    }

    private int[] ordered() {
        int[] known = ordered;
        if (known == null) {
            // Two threads may do it at once, and come to the same.
            known = Arrays.stream(results)
                    .filter(result -> result != History.LOST)
                    .sorted()
                    .toArray();
            ordered = known;
        }
        return known;
    }

    /** {@return how many probes there are} */
    public int sent() {
        return results.length;
    }

    /** {@return how many were answered} */
    public int received() {
        return ordered().length;
    }

    /** {@return which part was lost, 0 to 1; empty if there is no probe} */
    public OptionalDouble loss() {
        return results.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) (results.length - ordered().length) / results.length);
    }

    /** {@return the shortest round trip in nanoseconds; empty without an answer} */
    public OptionalLong minNanos() {
        return ordered().length == 0 ? OptionalLong.empty() : nanos(ordered()[0]);
    }

    /** {@return the mean round trip in nanoseconds; empty without an answer} */
    public OptionalLong meanNanos() {
        int[] trips = ordered();
        if (trips.length == 0) {
            return OptionalLong.empty();
        }
        long sum = 0;
        for (int ticks : trips) {
            sum += ticks;
        }
        return OptionalLong.of(Math.round((double) sum * History.TICK_NANOS / trips.length));
    }

    /** {@return the longest round trip in nanoseconds; empty without an answer} */
    public OptionalLong maxNanos() {
        return ordered().length == 0 ? OptionalLong.empty() : nanos(ordered()[ordered().length - 1]);
    }

    /**
     * {@return the round trip in nanoseconds that a percentage of the answers did not exceed; empty without an answer}
     *
     * @param percentile 0 to 100
     * @throws IllegalArgumentException if it is out of range
     */
    public OptionalLong percentileNanos(double percentile) {
        if (!(percentile >= 0 && percentile <= LARGEST_PERCENTILE)) {
            throw new IllegalArgumentException("percentile: " + percentile + " (expected: 0 to 100)");
        }
        if (ordered().length == 0) {
            return OptionalLong.empty();
        }
        int rank = (int) Math.ceil(percentile / LARGEST_PERCENTILE * ordered().length);
        return nanos(ordered()[Math.max(0, rank - 1)]);
    }

    /** {@return the jitter in nanoseconds as RFC 3550, section 6.4.1, has it; empty without two answers} */
    public OptionalLong jitterNanos() {
        double jitter = 0;
        int before = History.LOST;
        int answers = 0;
        for (int result : results) {
            if (result == History.LOST) {
                continue;
            }
            if (answers > 0) {
                jitter += (Math.abs(result - before) - jitter) * RFC3550_GAIN;
            }
            before = result;
            answers++;
        }
        return answers < 2 ? OptionalLong.empty() : OptionalLong.of(Math.round(jitter * History.TICK_NANOS));
    }

    /** {@return the longest time without an answer, in nanoseconds: lost probes in a row, times the interval} */
    public long longestOutageNanos() {
        int longest = 0;
        int row = 0;
        for (int result : results) {
            row = result == History.LOST ? row + 1 : 0;
            longest = Math.max(longest, row);
        }
        return longest * intervalNanos;
    }

    /**
     * {@return the round trip of one probe in nanoseconds; empty if it was lost}
     *
     * @param index 0 for the oldest, less than {@link #sent()}
     * @throws IndexOutOfBoundsException if there is none
     */
    public OptionalLong rttNanos(int index) {
        return results[index] == History.LOST ? OptionalLong.empty() : nanos(results[index]);
    }

    private static OptionalLong nanos(int ticks) {
        return OptionalLong.of(ticks * History.TICK_NANOS);
    }
}
