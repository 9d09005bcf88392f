package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.cli.format.UtcText;
import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.picture.CellState;
import io.github.nettyping.cli.picture.Cells;
import io.github.nettyping.cli.picture.Chart;
import io.github.nettyping.cli.picture.Page;
import io.github.nettyping.cli.picture.PageData;
import io.github.nettyping.cli.picture.Plate;
import io.github.nettyping.cli.picture.PngPicture;
import io.github.nettyping.cli.picture.Ramp;
import io.github.nettyping.cli.picture.RoundTripChart;
import io.github.nettyping.cli.picture.SweepMap;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.sweep.SweepSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** A sweep as one page that needs nothing else: no network. Its script draws the map. Stateless. */
final class SweepPage {

    private SweepPage() {}

    static String of(SweepReport report, SweepMap map, Cells cells, Ramp ramp, Map<IpAddress, String> names) {
        Page page =
                new Page("nettyping " + report.command(), Page.resource(SweepPage.class, "sweep-page.css") + colours());
        page.heading(heading(report), lead(report));
        tiles(page, report);
        List<Plate> plates = Plate.of(map);
        if (plates.isEmpty()) {
            page.append(
                    "<section><h2>Address space</h2><p>There was no target: there is nothing to draw.</p></section>\n");
        } else {
            page.append("<section>\n<h2>Address space</h2>\n");
            legend(page, report, ramp, map.hasMixedCells());
            page.append("<div class=\"panels\">\n");
            plates.forEach(plate -> panel(page, plate));
            page.append("</div>\n<noscript><p>The map is drawn by a script in this page.</p></noscript>\n</section>\n");
        }
        roundTrips(page, report, cells);
        counts(page, report);
        facts(page, report);
        if (!plates.isEmpty()) {
            page.append(
                    "<div id=\"told\" role=\"status\" hidden></div>\n<script type=\"application/json\" id=\"cells\">");
            page.append(PageData.of(map, cells, ramp, names));
            page.append("</script>\n<script>\n")
                    .append(Page.resource(SweepPage.class, "sweep-page.js"))
                    .append("</script>\n");
        }
        return page.end();
    }

    /** Returns what it came to in a few words. */
    static String heading(SweepReport report) {
        SweepSummary summary = report.summary();
        return summary.statistics().outcomes().replied() + " of " + summary.targets()
                + (summary.targets() == 1 ? " target alive" : " targets alive")
                + (summary.stopped() ? ", stopped early" : "");
    }

    /** Returns when it was, and how long it took. */
    static String lead(SweepReport report) {
        // To the second.
        return UtcText.of(report.summary().startedAt()).substring(0, 19).replace('T', ' ') + " UTC, "
                + Numbers.seconds(report.summary().elapsedNanos());
    }

    private static String colours() {
        StringBuilder light = new StringBuilder(":root {");
        StringBuilder dark = new StringBuilder("@media (prefers-color-scheme: dark) { :root {");
        for (CellState state : CellState.values()) {
            String name = " --" + state.text().replace('_', '-').replace(' ', '-') + ": ";
            light.append(name).append(hex(state.light())).append(';');
            dark.append(name).append(hex(state.dark())).append(';');
        }
        return light + " }\n" + dark + " } }\n";
    }

    private static String hex(int colour) {
        return String.format(Locale.ROOT, "#%06x", colour);
    }

    private static void tiles(Page page, SweepReport report) {
        Distribution trips = report.roundTrips();
        page.append("<div class=\"tiles\">\n");
        for (PngPicture.Count count : SweepPicture.counts(report)) {
            if (count.targets() > 0 || count.state() == CellState.ALIVE || count.state() == CellState.TIMEOUT) {
                boolean bad = count.state() == CellState.SEND_FAILED || count.state() == CellState.DROPPED_LOCALLY;
                page.tile(bad, Long.toString(count.targets()), count.state().text());
            }
        }
        page.tile(false, Chart.time(trips.percentileNanos(50)), "round trip p50");
        page.tile(false, Chart.time(trips.percentileNanos(99)), "round trip p99");
        page.append("</div>\n");
    }

    private static void legend(Page page, SweepReport report, Ramp ramp, boolean mixed) {
        page.append("<div class=\"scale\"><div style=\"background: linear-gradient(to right");
        for (int i = 0; i <= 16; i++) {
            page.append(", " + hex(Ramp.colourAt(i * 255 / 16)));
        }
        page.append(")\"></div>");
        for (Ramp.Tick tick : ramp.ticks()) {
            double place = 100.0 * ramp.step(tick.nanos()) / 255;
            page.append(String.format(Locale.ROOT, "<span style=\"left: %.1f%%\">", place));
            page.append(Page.escape(tick.text())).append("</span>");
        }
        page.append("</div>\n<div class=\"legend\">\n");
        for (PngPicture.Count count : SweepPicture.counts(report)) {
            if (count.targets() > 0) {
                String colour = count.state() == CellState.ALIVE ? hex(Ramp.colourAt(64)) : variable(count.state());
                page.append("<button type=\"button\" aria-pressed=\"false\" data-state=\""
                        + count.state().text());
                page.append("\"><i style=\"background: " + colour + "\"></i>"
                        + count.state().text() + " ");
                page.append(count.targets() + "</button>\n");
            }
        }
        page.append(
                "<span><i style=\"background: " + variable(CellState.NOT_ASKED) + "\"></i>not asked</span>\n</div>\n");
        if (mixed) {
            shares(page);
        }
    }

    private static String variable(CellState state) {
        return "var(--" + state.text().replace('_', '-').replace(' ', '-') + ")";
    }

    private static void shares(Page page) {
        page.append("<div class=\"shares\"><span>a cell of several addresses, alive among silent:</span>\n");
        for (int percent : new int[] {0, 1, 25, 50, 75, 100}) {
            page.append("<span><i><b style=\"background: " + hex(Ramp.colourAt(64)));
            page.append(String.format(Locale.ROOT, "; opacity: %.3f\"></b></i>", PageData.shareShown(percent / 100.0)));
            page.append(percent + "%</span>\n");
        }
        page.append("</div>\n");
    }

    private static void panel(Page page, Plate plate) {
        String size = plate.width() + "px; height: " + plate.height() + "px\"";
        page.append("<figure><figcaption>" + Page.escape(plate.name()) + "</figcaption>\n");
        page.append("<div class=\"plate\" tabindex=\"0\" role=\"application\" aria-describedby=\"told\" aria-label=\"");
        page.append(Page.escape(plate.name()) + ", arrow keys tell its cells\" style=\"width: " + size + ">\n");
        page.append("<canvas width=\"" + plate.width() + "\" height=\"" + plate.height() + "\"></canvas>\n");
        page.append("<svg viewBox=\"0 0 " + plate.width() + " " + plate.height() + "\" aria-hidden=\"true\">\n");
        for (Plate.Part part : plate.labelled() ? plate.parts() : List.<Plate.Part>of()) {
            page.append("<text x=\"" + (part.x() + 5) + "\" y=\"" + (part.y() + 14) + "\">");
            page.append(Page.escape(part.prefix().toString()) + "</text>\n");
        }
        int side = plate.side() + 2;
        page.append("<rect class=\"cursor\" width=\"" + side + "\" height=\"" + side + "\"/>\n</svg></div></figure>\n");
    }

    private static void roundTrips(Page page, SweepReport report, Cells cells) {
        page.append("<section>\n<h2>Round trips</h2>\n");
        String chart = RoundTripChart.of(cells);
        page.append(chart.isEmpty() ? "<p>Nothing came back: there is nothing to draw.</p>\n" : chart);
        if (report.roundTrips().count() > 0) {
            Map<String, OptionalLong> figures = report.roundTripFigures();
            page.append("<table>\n<tr><th></th><th>" + String.join("</th><th>", figures.keySet()) + "</th></tr>\n");
            page.append("<tr><td>round trip</td>");
            figures.values().forEach(nanos -> page.append("<td>" + Chart.time(nanos) + "</td>"));
            page.append("</tr>\n</table>\n");
        }
        page.append("</section>\n");
    }

    private static void counts(Page page, SweepReport report) {
        page.append("<section>\n<h2>Targets</h2>\n<table>\n<tr><th>state</th><th>targets</th><th>share</th></tr>\n");
        long all = report.summary().targets();
        for (PngPicture.Count count : SweepPicture.counts(report)) {
            page.append("<tr><td>" + count.state().text() + "</td><td>" + count.targets() + "</td><td>");
            page.append((all == 0 ? "-" : Numbers.percent((double) count.targets() / all)) + "</td></tr>\n");
        }
        page.append("</table>\n</section>\n");
    }

    private static void facts(Page page, SweepReport report) {
        SweepSummary summary = report.summary();
        page.append("<section>\n<h2>Circumstances</h2>\n<table class=\"facts\">\n");
        page.fact("probes sent", Long.toString(summary.statistics().probesSent()));
        page.fact(
                "duplicates, late replies",
                summary.statistics().duplicates() + ", " + summary.statistics().late());
        page.fact("local drops", Long.toString(summary.localDrops()));
        if (!summary.interfacesLost().isEmpty()) {
            page.fact(
                    "interfaces that lost their carrier or changed their MTU",
                    String.join(", ", summary.interfacesLost()));
        }
        page.fact(
                "round trips measured by",
                Words.sources(report.roundTrips().sources()).orElse("-"));
        page.fact("sockets", report.sockets().orElse("-") + ", " + summary.loops() + " event loops");
        page.fact("kernel", report.kernel());
        page.fact("nettyping", report.version());
        page.fact("command", report.command());
        page.append("</table>\n</section>\n");
    }
}
