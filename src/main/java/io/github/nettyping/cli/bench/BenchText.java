package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.load.LoadSearch;
import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.statistics.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The summary of a benchmark for people. Stateless. */
final class BenchText {

    private static final String NONE = "-";
    private static final int NAME_WIDTH = 12;
    private static final int COLUMN_WIDTH = 10;

    private BenchText() {}

    /** Returns the lines, each with its end. */
    static String of(BenchReport report, Colour colour) {
        LoadSummary summary = report.summary();
        List<String> lines = new ArrayList<>();
        lines.add(colour.paint(Colour.Tone.HEADING, VisibleText.of(heading(report))));
        lines.add(counts(summary, colour));
        oddities(summary.counts(), lines);
        lines.add("");
        lines.add(header(BenchFigures.of(summary.roundTrips()).keySet()));
        lines.add(row("round trip", summary.roundTrips()));
        lines.add(row("latency", summary.latencies()));
        lines.add(row("send lag", summary.sendLags()));
        lines.add("");
        lines.add(variation(summary));
        lines.add(machine(summary));
        List<BenchNote> notes = report.notes();
        if (!notes.isEmpty()) {
            lines.add("");
            lines.add("not measured, or measured differently than expected:");
            notes.forEach(note -> lines.add("  " + note.what() + ": " + VisibleText.of(note.why())));
        }
        report.search().ifPresent(search -> {
            lines.add("");
            lines.add(found(search));
        });
        return String.join("\n", lines) + "\n";
    }

    /** Returns the line about a trial of a search, without its end. */
    static String of(LoadSearch.Trial trial) {
        LoadSummary summary = trial.summary();
        String what = trial.confirmation() ? "confirmation" : "trial " + trial.number();
        String rate = summary.offeredPerSecond().orElseThrow() + "/s for " + Numbers.seconds(summary.sendingNanos());
        String outcome = trial.limit()
                .map(limit -> switch (limit) {
                    case LOSS ->
                        "lost " + summary.counts().lost() + " of "
                                + summary.counts().sent();
                    case LOCAL_DROPS -> "this host dropped " + summary.localDrops() + " received packets";
                    case SEND_FAILED -> "the kernel refused " + summary.counts().sendFailed() + " probes";
                    case SENDER -> "this machine sent only " + perSecond(summary.sentPerSecond());
                })
                .orElse("no loss");
        return what + ": " + rate + ", " + outcome + ", p99 "
                + cell(summary.latencies().percentileNanos(99)) + " ms";
    }

    static String found(LoadSearch.Result result) {
        if (result.last().stopped()) {
            return "the search was stopped before a rate was confirmed";
        }
        String limit = result.limit()
                .map(reason -> switch (reason) {
                    case LOSS -> "; beyond it replies are lost";
                    case LOCAL_DROPS -> "; beyond it this host drops replies: raise --rcvbuf";
                    case SEND_FAILED -> "; beyond it the kernel refuses probes";
                    case SENDER -> "; beyond it this machine, not the network, is too slow";
                })
                .orElse("; no higher rate was tried: raise --find-to");
        return result.probesPerSecond().isPresent()
                ? "highest rate without loss: " + result.probesPerSecond().getAsLong() + "/s, confirmed, after "
                        + result.trials() + " trials" + limit
                : "no rate without loss was found in " + result.trials()
                        + (result.trials() == 1 ? " trial" : " trials");
    }

    private static String heading(BenchReport report) {
        LoadSummary summary = report.summary();
        StringBuilder line =
                new StringBuilder(report.hosts()).append(": ").append(Numbers.seconds(summary.sendingNanos()));
        if (summary.offeredPerSecond().isPresent()) {
            line.append(" at ").append(summary.offeredPerSecond().getAsLong()).append(" probes per second (open loop)");
        } else {
            line.append(" as fast as replies came back (closed loop)");
        }
        report.sockets().ifPresent(kinds -> line.append(", ").append(kinds).append(" socket"));
        line.append(", ").append(summary.loops()).append(summary.loops() == 1 ? " loop" : " loops");
        return line.toString();
    }

    private static String counts(LoadSummary summary, Colour colour) {
        LoadSummary.Counts counts = summary.counts();
        StringBuilder line = new StringBuilder("sent ").append(counts.sent());
        line.append(" (").append(perSecond(summary.sentPerSecond()));
        line.append("), received ").append(counts.received());
        line.append(" (").append(perSecond(summary.receivedPerSecond()));
        line.append("), ");
        colour.begin(line, counts.lost() > 0 ? Colour.Tone.BAD : Colour.Tone.GOOD);
        line.append("lost ").append(counts.lost());
        OptionalDouble loss = counts.lossRatio();
        if (loss.isPresent()) {
            line.append(" (").append(Numbers.percent(loss.getAsDouble())).append(')');
        }
        colour.end(line);
        return line.toString();
    }

    private static void oddities(LoadSummary.Counts counts, List<String> lines) {
        List<String> parts = new ArrayList<>();
        Words.addNonzero(parts, counts.icmpErrors(), "of the lost with an ICMP error");
        Words.addNonzero(parts, counts.droppedLocally(), "dropped locally");
        Words.addNonzero(parts, counts.sendFailed(), "refused by the kernel");
        Words.addNonzero(parts, counts.unsent(), "due and never sent");
        Words.addNonzero(parts, counts.unfinished(), "unfinished");
        Words.addNonzero(parts, counts.duplicates(), "duplicates");
        Words.addNonzero(parts, counts.late(), "late");
        Words.addNonzero(parts, counts.reordered(), "reordered");
        if (!parts.isEmpty()) {
            lines.add(String.join(", ", parts));
        }
    }

    private static String header(Set<String> columns) {
        StringBuilder line = new StringBuilder();
        pad(line, "ms", NAME_WIDTH, false);
        columns.forEach(column -> pad(line, column, COLUMN_WIDTH, true));
        return line.toString();
    }

    private static String row(String name, Distribution times) {
        StringBuilder line = new StringBuilder();
        pad(line, name, NAME_WIDTH, false);
        BenchFigures.of(times).values().forEach(figure -> pad(line, cell(figure), COLUMN_WIDTH, true));
        return line.toString();
    }

    private static String variation(LoadSummary summary) {
        return "jitter " + cell(BenchFigures.rounded(summary.jitterNanos()))
                + " ms; delay variation " + String.join("/", BenchFigures.SHORT) + ": to the minimum "
                + variation(BenchFigures.packetDelayVariation(summary))
                + " ms, from probe to probe "
                + variation(BenchFigures.of(summary.delayVariations())) + " ms";
    }

    private static String variation(Map<String, OptionalLong> figures) {
        return BenchFigures.SHORT.stream()
                .map(name -> cell(figures.getOrDefault(name, OptionalLong.empty())))
                .collect(Collectors.joining("/"));
    }

    private static String machine(LoadSummary summary) {
        LoadSummary.GcPauses gc = summary.gcPauses();
        LoadSummary.LoopStalls stalls = summary.loopStalls();
        return "round trips by " + clocks(summary)
                + "; local drops " + summary.localDrops()
                + "; garbage collection " + gc.count() + " pauses, " + Numbers.millis(gc.nanos()) + " ms"
                + (gc.count() == 0 ? "" : ", longest " + cell(gc.longestNanos()) + " ms")
                + "; loop stalls " + stalls.count() + ", longest " + Numbers.millis(stalls.longestNanos()) + " ms";
    }

    /** Returns the clocks of the round trips, with their numbers if there are several. */
    static String clocks(LoadSummary summary) {
        if (summary.clocks().size() < 2) {
            return Words.sources(summary.clocks().keySet()).orElse(NONE);
        }
        return summary.clocks().entrySet().stream()
                .map(clock -> Words.source(clock.getKey()) + " " + clock.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    static String cell(OptionalLong nanos) {
        return nanos.isEmpty() ? NONE : Numbers.millis(nanos.getAsLong());
    }

    static String perSecond(OptionalDouble rate) {
        return rate.isEmpty() ? NONE : Numbers.decimal(rate.getAsDouble(), rate.getAsDouble() < 100 ? 1 : 0) + "/s";
    }

    private static void pad(StringBuilder line, String text, int width, boolean right) {
        int missing = Math.max(right && !line.isEmpty() ? 1 : 0, width - text.length());
        if (right) {
            line.append(" ".repeat(missing)).append(text);
        } else {
            line.append(text).append(" ".repeat(missing));
        }
    }
}
