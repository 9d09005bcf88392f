package io.github.nettyping.cli.bench;

import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.statistics.Distribution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The figures that are told of times, in nanoseconds, by the names they have in all forms. Stateless. */
final class BenchFigures {

    /** Those told of the variation of delays. */
    static final List<String> SHORT = List.of("p50", "p99", "p99.9");

    private BenchFigures() {}

    /** Returns them in their order. High percentiles of few samples are empty: they would be the maximum by another name. */
    static Map<String, OptionalLong> of(Distribution times) {
        Map<String, OptionalLong> figures = new LinkedHashMap<>();
        figures.put("min", times.minNanos());
        figures.put("mean", rounded(times.meanNanos()));
        figures.put("p50", times.percentileNanos(50));
        figures.put("p90", times.percentileNanos(90));
        figures.put("p99", times.percentileNanos(99));
        for (double percent : BenchNote.HIGH_PERCENTILES) {
            boolean measured = BenchNote.isMeasured(times, percent);
            figures.put("p" + percent, measured ? times.percentileNanos(percent) : OptionalLong.empty());
        }
        figures.put("max", times.maxNanos());
        return figures;
    }

    /** Returns those of how far round trips exceed the shortest one. */
    static Map<String, OptionalLong> packetDelayVariation(LoadSummary summary) {
        boolean measured = BenchNote.isMeasured(summary.roundTrips(), 99.9);
        return Map.of(
                "p50", summary.packetDelayVariationNanos(50),
                "p90", summary.packetDelayVariationNanos(90),
                "p99", summary.packetDelayVariationNanos(99),
                "p99.9", measured ? summary.packetDelayVariationNanos(99.9) : OptionalLong.empty());
    }

    static OptionalLong rounded(OptionalDouble value) {
        return value.isPresent() ? OptionalLong.of(Math.round(value.getAsDouble())) : OptionalLong.empty();
    }
}
