package io.github.nettyping.cli;

import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** The round trips of a run: three significant digits of every one, in a few hundred kilobytes. Confined to one thread. */
final class RoundTrips {

    private static final int SIGNIFICANT_DIGITS = 3;

    private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
    private final Set<RttSource> sources = EnumSet.noneOf(RttSource.class);
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    void record(Replied reply) {
        record(reply.rttNanos(), reply.rttSource());
    }

    void record(long rttNanos, RttSource source) {
        // A histogram takes no negative number; nor is there a negative round trip.
        nanos.recordValue(Math.max(0, rttNanos));
        min = Math.min(min, rttNanos);
        max = Math.max(max, rttNanos);
        sources.add(source);
    }

    OptionalLong minNanos() {
        return sources.isEmpty() ? OptionalLong.empty() : OptionalLong.of(min);
    }

    OptionalLong maxNanos() {
        return sources.isEmpty() ? OptionalLong.empty() : OptionalLong.of(max);
    }

    /** Returns the time within which a share of the replies came, from 0 to 100 percent. */
    OptionalLong percentileNanos(double percent) {
        if (sources.isEmpty()) {
            return OptionalLong.empty();
        }
        // The histogram answers with the upper end of a bucket, which may lie beyond the extremes.
        return OptionalLong.of(Math.max(min, Math.min(max, nanos.getValueAtPercentile(percent))));
    }

    /** Returns the clocks they were measured with, {@code mixed} if not all with the same; empty without replies. */
    Optional<String> source() {
        return switch (sources.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Words.source(sources.iterator().next()));
            default -> Optional.of("mixed");
        };
    }
}
