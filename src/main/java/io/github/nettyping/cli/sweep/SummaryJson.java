package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.UtcText;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.sweep.SweepSummary;

/** The summary for programs: one JSON object. Stateless. */
final class SummaryJson {

    private SummaryJson() {}

    /** Returns the object, without a line end. */
    static String of(SweepReport report) {
        SweepSummary summary = report.summary();
        CorrelatorStatistics statistics = summary.statistics();
        JsonObject json = new JsonObject().put("targets", summary.targets());
        Words.outcomes(statistics.outcomes()).forEach((kind, count) -> json.put(Words.status(kind), count));
        json.put("probes_sent", statistics.probesSent())
                .put("resent", statistics.resent())
                .put("replies", statistics.replies())
                .put("duplicates", statistics.duplicates())
                .put("damaged", statistics.damaged())
                .put("late", statistics.late());
        JsonObject rejected = new JsonObject();
        Words.rejected(statistics.rejected()).forEach(rejected::put);
        JsonObject roundTrips = new JsonObject();
        report.roundTripFigures().forEach(roundTrips::put);
        return json.put("rejected", rejected)
                .put("local_drops", summary.localDrops())
                .put("interfaces_lost", summary.interfacesLost())
                .put("elapsed_ns", summary.elapsedNanos())
                .putDecimal("rate", summary.probesPerSecond(), 3)
                .putDecimal("round_trips_per_second", summary.roundTripsPerSecond(), 3)
                .put("rtt_ns", roundTrips)
                .put("rtt_source", Words.sources(report.roundTrips().sources()))
                .put("socket", report.sockets())
                .put("loops", summary.loops())
                .put("version", report.version())
                .put("command", report.command())
                .put("seed", report.seed())
                .put("started_at", UtcText.of(summary.startedAt()))
                .put("kernel", report.kernel())
                .toString();
    }
}
