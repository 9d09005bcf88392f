package io.github.nettyping.statistics;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.probe.RttSource;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Sums up times in bounded memory, which is taken at the first of them. Confined to one thread at a time. */
@Internal
public final class DistributionRecorder {

    /** Longer ones are counted as this where memory is not to grow: nothing that is measured there lasts as long. */
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Supplier<Histogram> histograms;
    private final long longestNanos;
    final Moments moments = new Moments();
    final EnumSet<RttSource> sources = EnumSet.noneOf(RttSource.class);
    /** Null before the first time. */
    @Nullable
    Histogram histogram;

    private long outOfRange;

    private DistributionRecorder(Supplier<Histogram> histograms, long longestNanos) {
        this.histograms = histograms;
        this.longestNanos = longestNanos;
    }

    /**
     * {@return one whose memory does not grow}
     *
     * @param significantDigits 3 takes 300 kB, 2 takes 40 kB
     */
    public static DistributionRecorder ofFixedSize(int significantDigits) {
        return new DistributionRecorder(() -> new Histogram(LONGEST_NANOS, significantDigits), LONGEST_NANOS);
    }

    /**
     * {@return one whose memory grows with the longest time}
     *
     * @param significantDigits 1 to 5
     */
    public static DistributionRecorder growing(int significantDigits) {
        return new DistributionRecorder(() -> new Histogram(significantDigits), Long.MAX_VALUE);
    }

    /**
     * Adds a time.
     *
     * @param nanos the time; a negative one, which clocks that were set can make, counts as 0
     */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        if (value > longestNanos) {
            outOfRange++;
        }
        histogram().recordValue(Math.min(value, longestNanos));
        moments.record(value);
    }

    /**
     * Adds a round trip.
     *
     * @param rttNanos the time, as in {@link #record(long)}
     * @param source   the clocks it was measured by
     */
    public void record(long rttNanos, RttSource source) {
        record(rttNanos);
        sources.add(source);
    }

    private Histogram histogram() {
        Histogram current = histogram;
        if (current == null) {
            current = histograms.get();
            histogram = current;
        }
        return current;
    }

    long count() {
        return moments.count;
    }

    /**
     * Adds what another one has; the coarser precision of both becomes that of the sum.
     *
     * @param other not changed
     */
    public void add(DistributionRecorder other) {
        if (other.histogram != null) {
            histogram().add(other.histogram);
        }
        moments.add(other.moments);
        sources.addAll(other.sources);
        outOfRange += other.outOfRange;
    }

    /** {@return what was recorded so far} */
    public Distribution distribution() {
        return new Distribution(
                moments.copy(), histogram == null ? null : histogram.copy(), outOfRange, EnumSet.copyOf(sources));
    }
}
