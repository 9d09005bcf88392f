package io.github.nettyping.cli;

import io.github.nettyping.Distribution;
import io.github.nettyping.SweepSummary;
import io.github.nettyping.correlation.CorrelatorStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The summary for people: a few lines; what did not happen is not mentioned. Stateless. */
final class SummaryText {

    private static final String LINE_END = "\n";

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
        roundTrips(report.roundTrips(), lines);
        oddities(summary, lines);
        return String.join(LINE_END, lines) + LINE_END;
    }

    /** The last one may be what stopped it. */
    private static boolean hasAllVerdicts(SweepSummary summary) {
        long verdicts = summary.statistics().outcomes().total();
        return verdicts > 0 && verdicts == summary.targets();
    }

    private static String targets(SweepSummary summary) {
        CorrelatorStatistics.Outcomes outcomes = summary.statistics().outcomes();
        List<String> parts = new ArrayList<>();
        parts.add(summary.targets() + (summary.targets() == 1 ? " target" : " targets"));
        parts.add(outcomes.replied() + " alive");
        parts.add(outcomes.timedOut() + " timeout");
        addNonzero(parts, outcomes.unreachable(), "unreachable");
        addNonzero(parts, outcomes.timeExceeded(), "ttl_exceeded");
        addNonzero(parts, outcomes.otherIcmpError(), "icmp_error");
        addNonzero(parts, outcomes.notSent(), "send_failed");
        addNonzero(parts, outcomes.droppedLocally(), "dropped_locally");
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
        line.append(", ").append(seconds(summary.elapsedNanos())).append(" s in all");
        return line.toString();
    }

    private static void roundTrips(Distribution trips, List<String> lines) {
        Optional<String> source = Words.sources(trips.sources());
        if (source.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder("round trip min/p50/p90/p99/max ");
        appendMillis(line, trips.minNanos());
        appendMillis(line.append('/'), trips.percentileNanos(50));
        appendMillis(line.append('/'), trips.percentileNanos(90));
        appendMillis(line.append('/'), trips.percentileNanos(99));
        appendMillis(line.append('/'), trips.maxNanos());
        lines.add(line.append(" ms (").append(source.get()).append(')').toString());
    }

    private static void oddities(SweepSummary summary, List<String> lines) {
        CorrelatorStatistics statistics = summary.statistics();
        List<String> replies = new ArrayList<>();
        addNonzero(replies, statistics.duplicates(), "duplicates");
        addNonzero(replies, statistics.damaged(), "damaged");
        addNonzero(replies, statistics.late(), "late");
        if (!replies.isEmpty()) {
            lines.add("replies: " + String.join(", ", replies));
        }
        CorrelatorStatistics.Rejected rejected = statistics.rejected();
        List<String> reasons = new ArrayList<>();
        addNonzero(reasons, rejected.token(), "token");
        addNonzero(reasons, rejected.identifier(), "identifier");
        addNonzero(reasons, rejected.type(), "type");
        addNonzero(reasons, rejected.checksum(), "checksum");
        addNonzero(reasons, rejected.malformed(), "malformed");
        addNonzero(reasons, rejected.wrongSource(), "wrong_source");
        addNonzero(reasons, rejected.quote(), "quote");
        if (!reasons.isEmpty()) {
            lines.add("rejected: " + String.join(", ", reasons));
        }
        if (summary.localDrops() > 0 || statistics.resent() > 0) {
            lines.add("this host dropped " + summary.localDrops() + " received packets, and " + statistics.resent()
                    + " probes were sent again; raise --rcvbuf or lower --rate");
        }
    }

    private static void addNonzero(List<String> parts, long count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    private static void appendMillis(StringBuilder line, OptionalLong nanos) {
        Numbers.appendMillis(line, nanos.orElseThrow());
    }

    private static String seconds(long nanos) {
        return Numbers.decimal(nanos / 1e9, 3);
    }
}
