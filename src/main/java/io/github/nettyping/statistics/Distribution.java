package io.github.nettyping.statistics;

import io.github.nettyping.probe.RttSource;
import java.io.PrintStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Times summed up, however many, such as round trips: extremes, mean and deviation exactly, percentiles as precisely as is
 * said where they are given. Every figure is in nanoseconds, and empty if there is nothing to take it from. Immutable.
 *
 * @see PingStatistics
 * @see io.github.nettyping.load.LoadSummary
 */
public final class Distribution {

    /** Lines of a percentile distribution for each halving of the rest. */
    private static final int LINES_PER_HALVING = 5;

    /** Neither is ever written to. */
    private final Moments moments;
    /** Null without values. */
    private final @Nullable Histogram histogram;

    private final long outOfRange;
    private final Set<RttSource> sources;

    Distribution(Moments moments, @Nullable Histogram histogram, long outOfRange, EnumSet<RttSource> sources) {
        this.moments = moments;
        this.histogram = histogram;
        this.outOfRange = outOfRange;
        this.sources = Collections.unmodifiableSet(sources);
    }

    /** {@return how many values there are} */
    public long count() {
        return moments.count;
    }

    /** {@return how many of them were longer than a day} Percentiles take them for a day, the maximum does not. */
    public long outOfRange() {
        return outOfRange;
    }

    /** {@return the shortest, exactly} */
    public OptionalLong minNanos() {
        return moments.count == 0 ? OptionalLong.empty() : OptionalLong.of(moments.min);
    }

    /** {@return the longest, exactly} */
    public OptionalLong maxNanos() {
        return moments.count == 0 ? OptionalLong.empty() : OptionalLong.of(moments.max);
    }

    /** {@return the arithmetic mean, to the precision of a {@code double}} */
    public OptionalDouble meanNanos() {
        return moments.count == 0 ? OptionalDouble.empty() : OptionalDouble.of(moments.mean);
    }

    /** {@return the standard deviation of all of them, which ping(8) calls mdev; 0 for a single one} */
    public OptionalDouble standardDeviationNanos() {
        return moments.count == 0 ? OptionalDouble.empty() : OptionalDouble.of(moments.deviation());
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
                : OptionalLong.of(
                        Math.max(moments.min, Math.min(moments.max, histogram.getValueAtPercentile(percent))));
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

    /** {@return the clocks of round trips, more than one if they differ; empty for other times; unmodifiable} */
    public Set<RttSource> sources() {
        return sources;
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
