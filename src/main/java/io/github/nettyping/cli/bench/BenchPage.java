package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.format.UtcText;
import io.github.nettyping.cli.picture.Chart;
import io.github.nettyping.cli.picture.Page;
import io.github.nettyping.load.LoadSummary;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A benchmark as one page that needs nothing else: no network, no script. Stateless. */
final class BenchPage {

    private BenchPage() {}

    static String of(BenchReport report) {
        LoadSummary summary = report.summary();
        String title = "nettyping bench " + report.hosts();
        Page page = new Page(title, Page.resource(BenchPage.class, "bench-page.css"));
        page.heading(report.hosts(), lead(report));
        tiles(page, summary);
        pictures(page, summary);
        times(page, summary);
        notes(page, report.notes());
        facts(page, report);
        return page.end();
    }

    private static String lead(BenchReport report) {
        LoadSummary summary = report.summary();
        String pace = summary.offeredPerSecond().isPresent()
                ? summary.offeredPerSecond().getAsLong() + " probes per second, open loop"
                : "as fast as replies came back, closed loop";
        // To the second.
        return Numbers.seconds(summary.sendingNanos()) + ", " + pace + ", "
                + UtcText.of(summary.startedAt()).substring(0, 19).replace('T', ' ') + " UTC";
    }

    private static void tiles(Page page, LoadSummary summary) {
        LoadSummary.Counts counts = summary.counts();
        OptionalDouble loss = counts.lossRatio();
        page.append("<div class=\"tiles\">\n");
        page.tile(false, Long.toString(counts.sent()), "sent, " + BenchText.perSecond(summary.sentPerSecond()));
        page.tile(
                false,
                Long.toString(counts.received()),
                "received, " + BenchText.perSecond(summary.receivedPerSecond()));
        page.tile(
                counts.lost() > 0,
                loss.isEmpty() ? "-" : Numbers.percent(loss.getAsDouble()),
                "loss, " + counts.lost());
        OptionalLong rtt = summary.roundTrips().percentileNanos(99);
        page.tile(false, Chart.time(summary.roundTrips().percentileNanos(50)), "round trip p50");
        page.tile(false, Chart.time(rtt), "round trip p99");
        page.tile(false, Chart.time(summary.roundTrips().maxNanos()), "round trip max");
        if (summary.offeredPerSecond().isPresent()) {
            // It is part of the latency, and no fault of the network.
            OptionalLong lag = summary.sendLags().percentileNanos(99);
            boolean bad = lag.isPresent() && rtt.isPresent() && lag.getAsLong() > rtt.getAsLong();
            page.tile(bad, Chart.time(lag), "send lag p99 of this machine");
        }
        page.append("</div>\n");
    }

    private static void pictures(Page page, LoadSummary summary) {
        String overTime = BenchCharts.overTime(summary);
        if (overTime.isEmpty()) {
            page.append("<section><h2>Latency</h2><p>Nothing came back: there is nothing to draw.</p></section>\n");
            return;
        }
        page.append("<section>\n<h2>")
                .append(
                        summary.offeredPerSecond().isPresent()
                                ? "Latency over time: send lag of this machine and round trip"
                                : "Round trips over time")
                .append("</h2>\n<p class=\"key\">");
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

    private static void key(Page page, String colour, String words) {
        page.append("<i style=\"background: var(--")
                .append(colour)
                .append(")\"></i>")
                .append(words);
    }

    private static void times(Page page, LoadSummary summary) {
        Map<String, OptionalLong> roundTrips = BenchFigures.of(summary.roundTrips());
        page.append("<section>\n<h2>Figures in milliseconds</h2>\n<table>\n<tr><th></th>");
        roundTrips.keySet().forEach(column -> page.append("<th>").append(column).append("</th>"));
        page.append("</tr>\n");
        row(page, "round trip", roundTrips.values());
        row(page, "latency", BenchFigures.of(summary.latencies()).values());
        row(page, "send lag", BenchFigures.of(summary.sendLags()).values());
        Map<String, OptionalLong> variations = BenchFigures.packetDelayVariation(summary);
        row(
                page,
                "over the minimum (PDV)",
                roundTrips.keySet().stream()
                        .map(column -> variations.getOrDefault(column, OptionalLong.empty()))
                        .toList());
        row(
                page,
                "from probe to probe (IPDV)",
                BenchFigures.of(summary.delayVariations()).values());
        page.append("</table>\n</section>\n");
    }

    private static void row(Page page, String name, Collection<OptionalLong> figures) {
        page.append("<tr><td>").append(Page.escape(name)).append("</td>");
        figures.forEach(
                figure -> page.append("<td>").append(BenchText.cell(figure)).append("</td>"));
        page.append("</tr>\n");
    }

    private static void notes(Page page, List<BenchNote> notes) {
        if (notes.isEmpty()) {
            return;
        }
        page.append("<section>\n<h2>Not measured, or measured differently than expected</h2>\n<ul>\n");
        notes.forEach(note -> page.append("<li><b>")
                .append(Page.escape(note.what()))
                .append("</b>: ")
                .append(Page.escape(note.why()))
                .append("</li>\n"));
        page.append("</ul>\n</section>\n");
    }

    private static void facts(Page page, BenchReport report) {
        page.append("<section>\n<h2>Circumstances</h2>\n<table class=\"facts\">\n");
        LoadSummary summary = report.summary();
        LoadSummary.GcPauses gc = summary.gcPauses();
        LoadSummary.LoopStalls stalls = summary.loopStalls();
        OptionalDouble jitter = summary.jitterNanos();
        report.search().ifPresent(search -> page.fact("search", BenchText.found(search)));
        page.fact("jitter (RFC 3550)", jitter.isEmpty() ? "-" : Chart.time(jitter.getAsDouble()));
        page.fact("round trips measured by", BenchText.clocks(summary));
        page.fact("local drops", Long.toString(summary.localDrops()));
        page.fact("garbage collection", gc.count() + " pauses, " + Numbers.millis(gc.nanos()) + " ms in all");
        page.fact(
                "stalls of event loops",
                stalls.count() + ", the longest " + Numbers.millis(stalls.longestNanos()) + " ms");
        page.fact("sockets", report.sockets().orElse("-") + ", " + summary.loops() + " event loops");
        page.fact("most probes in flight", Integer.toString(summary.maxInFlight()));
        page.fact("targets", summary.targets() + ", of which " + summary.silentTargets() + " never answered");
        page.fact("processors", Integer.toString(report.machine().processors()));
        page.fact("kernel", report.machine().kernel());
        page.fact("JDK", report.machine().jdk());
        page.fact("nettyping", report.machine().version());
        page.fact("command", report.command());
        page.append("</table>\n</section>\n");
    }
}
