package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.format.UtcText;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.sweep.SweepSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringJoiner;

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

    /** Returns the object for programs, without a line end. */
    String json() {
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
        JsonObject figures = new JsonObject();
        roundTripFigures().forEach(figures::put);
        return json.put("rejected", rejected)
                .put("local_drops", summary.localDrops())
                .put("interfaces_lost", summary.interfacesLost())
                .put("elapsed_ns", summary.elapsedNanos())
                .putDecimal("rate", summary.probesPerSecond(), 3)
                .putDecimal("round_trips_per_second", summary.roundTripsPerSecond(), 3)
                .put("rtt_ns", figures)
                .put("rtt_source", Words.sources(roundTrips.sources()))
                .put("socket", sockets())
                .put("loops", summary.loops())
                .put("version", version)
                .put("command", command)
                .put("seed", seed)
                .put("started_at", UtcText.of(summary.startedAt()))
                .put("kernel", kernel)
                .toString();
    }

    /** Returns a few lines for people, each with its end; what did not happen is not mentioned. */
    String text() {
        List<String> lines = new ArrayList<>();
        if (summary.stopped() && !hasAllVerdicts()) {
            lines.add("stopped early: not every target has a verdict");
        }
        lines.add(targetsLine());
        lines.add(probesLine());
        seed.ifPresent(number -> lines.add("random order, seed " + number));
        addRoundTrips(lines);
        addOddities(lines);
        return String.join("\n", lines) + "\n";
    }

    /** The last one may be what stopped it. */
    private boolean hasAllVerdicts() {
        long verdicts = summary.statistics().outcomes().total();
        return verdicts > 0 && verdicts == summary.targets();
    }

    private String targetsLine() {
        List<String> parts = new ArrayList<>();
        parts.add(summary.targets() + (summary.targets() == 1 ? " target" : " targets"));
        Words.outcomes(summary.statistics().outcomes()).forEach((kind, count) -> {
            if (count > 0 || kind == ProbeOutcome.Kind.REPLIED || kind == ProbeOutcome.Kind.TIMED_OUT) {
                parts.add(count + " " + Words.status(kind));
            }
        });
        return String.join(", ", parts);
    }

    private String probesLine() {
        CorrelatorStatistics statistics = summary.statistics();
        StringBuilder line = new StringBuilder();
        line.append(statistics.probesSent()).append(statistics.probesSent() == 1 ? " probe sent" : " probes sent");
        sockets().ifPresent(kinds -> line.append(" (").append(kinds).append(" socket)"));
        OptionalDouble rate = summary.probesPerSecond();
        if (rate.isPresent()) {
            line.append(", ").append(Numbers.decimal(rate.getAsDouble(), 0)).append(" per second");
        }
        line.append(", ").append(Numbers.seconds(summary.elapsedNanos())).append(" in all");
        return line.toString();
    }

    private void addRoundTrips(List<String> lines) {
        Optional<String> source = Words.sources(roundTrips.sources());
        if (source.isEmpty()) {
            return;
        }
        Map<String, OptionalLong> figures = roundTripFigures();
        StringJoiner millis = new StringJoiner("/");
        figures.values().forEach(nanos -> millis.add(Numbers.millis(nanos.orElseThrow())));
        lines.add("round trip " + String.join("/", figures.keySet()) + " " + millis + " ms (" + source.get() + ")");
    }

    private void addOddities(List<String> lines) {
        CorrelatorStatistics statistics = summary.statistics();
        List<String> replies = new ArrayList<>();
        Words.addNonzero(replies, statistics.duplicates(), "duplicates");
        Words.addNonzero(replies, statistics.damaged(), "damaged");
        Words.addNonzero(replies, statistics.late(), "late");
        if (!replies.isEmpty()) {
            lines.add("replies: " + String.join(", ", replies));
        }
        List<String> reasons = new ArrayList<>();
        Words.rejected(statistics.rejected()).forEach((reason, count) -> Words.addNonzero(reasons, count, reason));
        if (!reasons.isEmpty()) {
            lines.add("rejected: " + String.join(", ", reasons));
        }
        if (!summary.interfacesLost().isEmpty()) {
            lines.add("the carrier was lost or the MTU changed while probes were out: "
                    + String.join(", ", summary.interfacesLost()) + "; " + statistics.resent()
                    + " probes were sent again");
        }
        boolean resentForDrops =
                statistics.resent() > 0 && summary.interfacesLost().isEmpty();
        if (summary.localDrops() > 0 || resentForDrops) {
            lines.add("this host dropped " + summary.localDrops() + " received packets, and " + statistics.resent()
                    + " probes were sent again; raise --rcvbuf or lower --rate");
        }
    }
}
