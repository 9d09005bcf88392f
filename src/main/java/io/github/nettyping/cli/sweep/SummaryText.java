package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.sweep.SweepSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** The summary for people: a few lines; what did not happen is not mentioned. Stateless. */
final class SummaryText {

    private SummaryText() {}

    /** Returns the lines, each with its end. */
    static String of(SweepReport report) {
        SweepSummary summary = report.summary();
        List<String> lines = new ArrayList<>();
        if (summary.stopped() && !hasAllVerdicts(summary)) {
            lines.add("stopped early: not every target has a verdict");
        }
        lines.add(targets(summary));
        lines.add(probes(summary, report.sockets()));
        report.seed().ifPresent(seed -> lines.add("random order, seed " + seed));
        roundTrips(report, lines);
        oddities(summary, lines);
        return String.join("\n", lines) + "\n";
    }

    /** The last one may be what stopped it. */
    private static boolean hasAllVerdicts(SweepSummary summary) {
        long verdicts = summary.statistics().outcomes().total();
        return verdicts > 0 && verdicts == summary.targets();
    }

    private static String targets(SweepSummary summary) {
        List<String> parts = new ArrayList<>();
        parts.add(summary.targets() + (summary.targets() == 1 ? " target" : " targets"));
        Words.outcomes(summary.statistics().outcomes()).forEach((kind, count) -> {
            if (count > 0 || kind == ProbeOutcome.Kind.REPLIED || kind == ProbeOutcome.Kind.TIMED_OUT) {
                parts.add(count + " " + Words.status(kind));
            }
        });
        return String.join(", ", parts);
    }

    private static String probes(SweepSummary summary, Optional<String> sockets) {
        CorrelatorStatistics statistics = summary.statistics();
        StringBuilder line = new StringBuilder();
        line.append(statistics.probesSent()).append(statistics.probesSent() == 1 ? " probe sent" : " probes sent");
        sockets.ifPresent(kinds -> line.append(" (").append(kinds).append(" socket)"));
        OptionalDouble rate = summary.probesPerSecond();
        if (rate.isPresent()) {
            line.append(", ").append(Numbers.decimal(rate.getAsDouble(), 0)).append(" per second");
        }
        line.append(", ").append(Numbers.seconds(summary.elapsedNanos())).append(" in all");
        return line.toString();
    }

    private static void roundTrips(SweepReport report, List<String> lines) {
        Optional<String> source = Words.sources(report.roundTrips().sources());
        if (source.isEmpty()) {
            return;
        }
        Map<String, OptionalLong> figures = report.roundTripFigures();
        StringJoiner millis = new StringJoiner("/");
        figures.values().forEach(nanos -> millis.add(Numbers.millis(nanos.orElseThrow())));
        lines.add("round trip " + String.join("/", figures.keySet()) + " " + millis + " ms (" + source.get() + ")");
    }

    private static void oddities(SweepSummary summary, List<String> lines) {
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
