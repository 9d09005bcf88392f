package io.github.nettyping;

import java.io.PrintStream;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Times summed up, however many: extremes and mean exactly, percentiles to a thousandth unless something else is said where
 * they are given. Every figure is in nanoseconds,
 * and empty if there is nothing to take it from. Immutable.
 *
 * @see LoadSummary
 */
public final class Distribution {

    /** Of nothing. */
    static final Distribution NONE = new Distribution(null, 0, 0, 0, 0);

    /** Lines of a percentile distribution each time the rest has halved. */
    private static final int LINES_PER_HALVING = 5;

    /** Null without values; never written to. */
    private final @Nullable Histogram histogram;

    private final long min;
    private final long max;
    private final double mean;
    private final long outOfRange;

    Distribution(@Nullable Histogram histogram, long min, long max, double mean, long outOfRange) {
        this.histogram = histogram;
        this.min = min;
        this.max = max;
        this.mean = mean;
        this.outOfRange = outOfRange;
    }

    /** {@return how many values there are} */
    public long count() {
        return histogram == null ? 0 : histogram.getTotalCount();
    }

    /** {@return how many of them were longer than a day} Percentiles take them for a day, the maximum does not. */
    public long outOfRange() {
        return outOfRange;
    }

    /** {@return the shortest, exactly} */
    public OptionalLong minNanos() {
        return histogram == null ? OptionalLong.empty() : OptionalLong.of(min);
    }

    /** {@return the longest, exactly} */
    public OptionalLong maxNanos() {
        return histogram == null ? OptionalLong.empty() : OptionalLong.of(max);
    }

    /** {@return the arithmetic mean, to the precision of a {@code double}} */
    public OptionalDouble meanNanos() {
        return histogram == null ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    /**
     * {@return below which time a share of the values lies} Too long by at most what the precision says, never beyond
     * the longest.
     *
     * @param percent 0 to 100
     * @throws IllegalArgumentException if {@code percent} is out of range
     */
    public OptionalLong percentileNanos(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent: " + percent + " (expected: 0 to 100)");
        }
        // The histogram answers with the upper end of a bucket, which may lie beyond the extremes.
        return histogram == null
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(min, Math.min(max, histogram.getValueAtPercentile(percent))));
    }

    /**
     * {@return how many values lie beyond a percentile: how much of a sample it rests on}
     *
     * @param percent 0 to 100
     */
    public double beyond(double percent) {
        // Rounded, for 100 minus 99.99 is not quite 0.01.
        return Math.rint(count() * (100 - percent) * 1e4) / 1e6;
    }

    /**
     * Writes the percentile distribution of HdrHistogram, which its plotters read: four columns, values in
     * microseconds. Nothing is written of no values but the head.
     *
     * @param out where; neither flushed nor closed
     */
    public void writePercentiles(PrintStream out) {
        Histogram current = histogram == null ? new Histogram(1) : histogram;
        current.outputPercentileDistribution(out, LINES_PER_HALVING, 1_000.0);
    }
}
