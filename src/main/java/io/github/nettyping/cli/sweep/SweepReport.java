package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.Words;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.sweep.SweepSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What there is to say about a sweep at its end. Immutable.
 *
 * @param command    the argument line, as a shell would read it
 * @param seed       of the random order, empty if targets were asked in ascending order
 */
record SweepReport(
        SweepSummary summary,
        Distribution roundTrips,
        String command,
        OptionalLong seed,
        String version,
        String kernel) {

    /** Returns the figures that are told of the round trips, by their names; empty without any. */
    Map<String, OptionalLong> roundTripFigures() {
        Map<String, OptionalLong> figures = new LinkedHashMap<>();
        figures.put("min", roundTrips.minNanos());
        figures.put("p50", roundTrips.percentileNanos(50));
        figures.put("p90", roundTrips.percentileNanos(90));
        figures.put("p99", roundTrips.percentileNanos(99));
        figures.put("max", roundTrips.maxNanos());
        return figures;
    }

    /** Returns {@code dgram}, {@code raw}, or both if the families differ; empty if none was needed. */
    Optional<String> sockets() {
        return Words.sockets(summary.sockets());
    }
}
