package io.github.nettyping.cli;

import io.github.nettyping.Distribution;
import io.github.nettyping.LoadSummary;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A benchmark as one page that needs nothing else: no network, no script. Stateless. */
final class BenchPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --ink: #1c2430; --soft: #5d6879;
              --line: #dfe3ea; --p50: #1f77b4; --p99: #d9822b; --max: #b0b7c3; --lost: #cf3030; --lag: #8a63d2; }
            @media (prefers-color-scheme: dark) { :root { --page: #14181f; --card: #1c222c; --ink: #e6e9ee;
              --soft: #98a2b3; --line: #323b49; --p50: #5aa9e6; --p99: #f0a35e; --max: #5b6778; --lost: #ff6b6b;
              --lag: #b79af0; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
            main { max-width: 1040px; margin: 0 auto; padding: 28px 20px 48px; }
            h1 { font-size: 24px; line-height: 1.25; margin: 0; overflow-wrap: anywhere; }
            h2 { font-size: 16px; margin: 0 0 8px; }
            .lead { color: var(--soft); margin: 4px 0 20px; }
            section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
              padding: 18px 20px; margin: 0 0 16px; overflow-x: auto; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px;
              margin: 0 0 16px; }
            .tile { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 14px; }
            .tile b { display: block; font-size: 22px; font-weight: 600; line-height: 1.3;
              font-variant-numeric: tabular-nums; white-space: nowrap; }
            .tile span { color: var(--soft); font-size: 13px; }
            .tile.bad b { color: var(--lost); }
            svg { display: block; width: 100%; min-width: 560px; height: auto; }
            svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
            .grid { stroke: var(--line); }
            .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
            .curve.p50, .curve.latency { stroke: var(--p50); } .dot.p50, .dot.latency { fill: var(--p50); }
            .curve.p99, .curve.rtt { stroke: var(--p99); } .dot.p99, .dot.rtt { fill: var(--p99); }
            .curve.max { stroke: var(--max); } .dot.max { fill: var(--max); }
            .curve.lag { stroke: var(--lag); stroke-dasharray: 5 4; } .dot.lag { fill: var(--lag); }
            .lost { fill: var(--lost); }
            .hover { fill: transparent; } .hover:hover { fill: var(--ink); opacity: 0.08; }
            .key { color: var(--soft); font-size: 13px; margin: 0 0 6px; }
            .key i { display: inline-block; width: 18px; height: 3px; border-radius: 2px; vertical-align: middle;
              margin: 0 5px 2px 14px; } .key i:first-child { margin-left: 0; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: right; padding: 6px 8px; border-bottom: 1px solid var(--line); white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; padding-left: 0; }
            tr:last-child td { border-bottom: 0; }
            th { color: var(--soft); font-weight: 500; font-size: 13px; }
            .facts td { white-space: normal; text-align: left; overflow-wrap: anywhere; vertical-align: top; }
            .facts td:first-child { color: var(--soft); width: 220px; }
            li { margin: 2px 0; } ul { margin: 0; padding-left: 20px; }
            """;

    private BenchPage() {}

    /** Returns the page. */
    static String of(BenchReport report) {
        LoadSummary summary = report.summary();
        String title = "nettyping bench " + report.hosts();
        StringBuilder page =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        page.append(Html.escape(title)).append("</title>\n<style>\n").append(STYLE);
        page.append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(Html.escape(report.hosts()))
                .append("</h1>\n");
        page.append("<p class=\"lead\">").append(Html.escape(lead(report))).append("</p>\n");
        tiles(page, summary);
        pictures(page, summary);
        times(page, summary);
        notes(page, report.notes());
        facts(page, report);
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String lead(BenchReport report) {
        LoadSummary summary = report.summary();
        StringBuilder at = new StringBuilder();
        new UtcText().append(at, summary.startedAt());
        String pace = summary.offeredPerSecond().isPresent()
                ? summary.offeredPerSecond().getAsLong() + " probes per second, open loop"
                : "as fast as replies came back, closed loop";
        // To the second.
        return BenchText.seconds(summary.sendingNanos()) + ", " + pace + ", "
                + at.substring(0, 19).replace('T', ' ') + " UTC";
    }

    private static void tiles(StringBuilder page, LoadSummary summary) {
        LoadSummary.Counts counts = summary.counts();
        OptionalDouble loss = counts.lossRatio();
        page.append("<div class=\"tiles\">\n");
        tile(page, false, Long.toString(counts.sent()), "sent, " + BenchText.perSecond(summary.sentPerSecond()));
        tile(
                page,
                false,
                Long.toString(counts.received()),
                "received, " + BenchText.perSecond(summary.receivedPerSecond()));
        tile(
                page,
                counts.lost() > 0,
                loss.isEmpty() ? "-" : BenchText.percent(loss.getAsDouble()),
                "loss, " + counts.lost());
        tile(page, false, BenchCharts.time(summary.latencies().percentileNanos(50)), "latency p50");
        tile(page, false, BenchCharts.time(summary.latencies().percentileNanos(99)), "latency p99");
        tile(page, false, BenchCharts.time(summary.latencies().maxNanos()), "latency max");
        page.append("</div>\n");
    }

    private static void tile(StringBuilder page, boolean bad, String figure, String words) {
        page.append("<div class=\"tile")
                .append(bad ? " bad" : "")
                .append("\"><b>")
                .append(Html.escape(figure));
        page.append("</b><span>").append(Html.escape(words)).append("</span></div>\n");
    }

    private static void pictures(StringBuilder page, LoadSummary summary) {
        String overTime = BenchCharts.overTime(summary);
        if (overTime.isEmpty()) {
            page.append("<section><h2>Latency</h2><p>Nothing came back: there is nothing to draw.</p></section>\n");
            return;
        }
        page.append("<section>\n<h2>Latency over time</h2>\n<p class=\"key\">");
        key(page, "p50", "p50");
        key(page, "p99", "p99");
        key(page, "max", "max");
        if (summary.counts().lost() > 0) {
            key(page, "lost", "lost probes");
        }
        page.append("</p>\n").append(overTime).append("</section>\n<section>\n<h2>Percentiles</h2>\n<p class=\"key\">");
        key(page, "p50", summary.offeredPerSecond().isPresent() ? "latency" : "latency, which is the round trip");
        if (summary.offeredPerSecond().isPresent()) {
            key(page, "p99", "round trip");
            key(page, "lag", "send lag of this machine");
        }
        page.append("</p>\n").append(BenchCharts.percentiles(summary)).append("</section>\n");
    }

    private static void key(StringBuilder page, String colour, String words) {
        page.append("<i style=\"background: var(--")
                .append(colour)
                .append(")\"></i>")
                .append(words);
    }

    private static void times(StringBuilder page, LoadSummary summary) {
        page.append("<section>\n<h2>Figures in milliseconds</h2>\n<table>\n<tr><th></th>");
        BenchText.COLUMNS.forEach(column -> page.append("<th>").append(column).append("</th>"));
        page.append("</tr>\n");
        row(page, "round trip", BenchText.cells(summary.roundTrips()));
        row(page, "latency", BenchText.cells(summary.latencies()));
        row(page, "send lag", BenchText.cells(summary.sendLags()));
        Distribution ipdv = summary.delayVariations();
        OptionalLong pdvHigh = BenchNote.isMeasured(summary.roundTrips(), 99.9)
                ? summary.packetDelayVariationNanos(99.9)
                : OptionalLong.empty();
        row(
                page,
                "over the minimum (PDV)",
                variation(Map.of(
                        "p50", summary.packetDelayVariationNanos(50),
                        "p90", summary.packetDelayVariationNanos(90),
                        "p99", summary.packetDelayVariationNanos(99),
                        "p99.9", pdvHigh)));
        row(page, "from probe to probe (IPDV)", BenchText.cells(ipdv));
        page.append("</table>\n</section>\n");
    }

    private static List<String> variation(Map<String, OptionalLong> figures) {
        return BenchText.COLUMNS.stream()
                .map(column -> BenchText.cell(figures.getOrDefault(column, OptionalLong.empty())))
                .toList();
    }

    private static void row(StringBuilder page, String name, List<String> cells) {
        page.append("<tr><td>").append(Html.escape(name)).append("</td>");
        cells.forEach(cell -> page.append("<td>").append(Html.escape(cell)).append("</td>"));
        page.append("</tr>\n");
    }

    private static void notes(StringBuilder page, List<BenchNote> notes) {
        if (notes.isEmpty()) {
            return;
        }
        page.append("<section>\n<h2>Not measured, or not as one might think</h2>\n<ul>\n");
        notes.forEach(note -> page.append("<li><b>")
                .append(Html.escape(note.what()))
                .append("</b>: ")
                .append(Html.escape(note.why()))
                .append("</li>\n"));
        page.append("</ul>\n</section>\n");
    }

    private static void facts(StringBuilder page, BenchReport report) {
        page.append("<section>\n<h2>Circumstances</h2>\n<table class=\"facts\">\n");
        LoadSummary summary = report.summary();
        LoadSummary.GcPauses gc = summary.gcPauses();
        LoadSummary.LoopStalls stalls = summary.loopStalls();
        OptionalDouble jitter = summary.jitterNanos();
        report.search().ifPresent(search -> fact(page, "search", BenchText.found(search)));
        fact(page, "jitter (RFC 3550)", jitter.isEmpty() ? "-" : Chart.time(jitter.getAsDouble()));
        fact(page, "round trips measured by", BenchText.clocks(summary));
        fact(page, "local drops", Long.toString(summary.localDrops()));
        fact(page, "garbage collection", gc.count() + " pauses, " + BenchText.millis(gc.nanos()) + " ms in all");
        fact(
                page,
                "stalls of event loops",
                stalls.count() + ", the longest " + BenchText.millis(stalls.longestNanos()) + " ms");
        fact(page, "sockets", report.sockets().orElse("-") + ", " + summary.loops() + " event loops");
        fact(page, "most probes in flight", Integer.toString(summary.maxInFlight()));
        fact(page, "targets", summary.targets() + ", of which " + summary.silentTargets() + " never answered");
        fact(page, "processors", Integer.toString(report.machine().processors()));
        fact(page, "kernel", report.machine().kernel());
        fact(page, "JDK", report.machine().jdk());
        fact(page, "nettyping", report.machine().version());
        fact(page, "command", report.command());
        page.append("</table>\n</section>\n");
    }

    private static void fact(StringBuilder page, String name, String fact) {
        page.append("<tr><td>").append(Html.escape(name)).append("</td><td>");
        page.append(Html.escape(fact)).append("</td></tr>\n");
    }
}
