package io.github.nettyping;

import io.github.nettyping.probe.RttSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Round trips summed up. Every figure is in nanoseconds, and empty if there is no reply to take it from. Immutable.
 *
 * @see PingRecorder
 */
public final class RoundTrips {

    /** Of no replies. */
    static final RoundTrips NONE = new RoundTrips(null, 0, 0, 0, 0, 0, EnumSet.noneOf(RttSource.class));

    /** Null without replies; never written to. */
    private final @Nullable Histogram histogram;

    private final long min;
    private final long max;
    private final double mean;
    private final double mdev;
    private final double jitter;
    private final Set<RttSource> sources;

    RoundTrips(
            @Nullable Histogram histogram,
            long min,
            long max,
            double mean,
            double mdev,
            double jitter,
            EnumSet<RttSource> sources) {
        this.histogram = histogram;
        this.min = min;
        this.max = max;
        this.mean = mean;
        this.mdev = mdev;
        this.jitter = jitter;
        this.sources = Collections.unmodifiableSet(sources);
    }

    /** {@return how many there are} */
    public long count() {
        return histogram == null ? 0 : histogram.getTotalCount();
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
        return figure(mean);
    }

    /** {@return the standard deviation of all of them, which ping(8) calls mdev; 0 for a single one} */
    public OptionalDouble mdevNanos() {
        return figure(mdev);
    }

    /**
     * {@return the interarrival jitter, 0 for a single one} It is a running mean of the differences between each round
     * trip and the one before it, in the order of the replies, of which each new one counts a sixteenth.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1">RFC 3550, section 6.4.1</a>
     */
    public OptionalDouble jitterNanos() {
        return figure(jitter);
    }

    /**
     * {@return within which time a share of the replies came} Too long by at most what the recorder's precision says,
     * never beyond the longest.
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

    /** {@return the clocks they were measured with, more than one if they differ; unmodifiable} */
    public Set<RttSource> sources() {
        return sources;
    }

    private OptionalDouble figure(double value) {
        return histogram == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
