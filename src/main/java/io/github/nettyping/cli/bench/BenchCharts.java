package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.picture.Chart;
import io.github.nettyping.cli.picture.LogScale;
import io.github.nettyping.load.LoadInterval;
import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.statistics.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The pictures of a benchmark. Stateless. */
final class BenchCharts {

    private static final double LOSS_HEIGHT = 6;
    private static final int POINTS_PER_DECADE = 20;

    private BenchCharts() {}

    /** Returns latency by the time at which probes were to be sent; empty if nothing came back. */
    static String overTime(LoadSummary summary) {
        List<LoadInterval> intervals = summary.intervals();
        if (summary.latencies().count() == 0) {
            return "";
        }
        LoadInterval last = intervals.get(intervals.size() - 1);
        double end = last.startNanos() + last.nanos();
        Chart chart = new Chart("latency over time: median, 99th percentile, maximum");
        LogScale scale =
                Chart.timeScale((double) summary.latencies().percentileNanos(1).orElse(1), (double)
                        summary.latencies().maxNanos().orElse(1));
        chart.timeAxis(scale);
        double step = Chart.roundStep(end / 1e9);
        for (int i = 0; i * step <= end / 1e9 * 1.000001; i++) {
            chart.tick(x(i * step * 1e9, end), Chart.rounded(i * step));
        }
        chart.caption("seconds since the end of the warm-up");
        curve(chart, "max", intervals, end, scale, interval -> interval.latencies()
                .maxNanos());
        curve(chart, "p99", intervals, end, scale, interval -> interval.latencies()
                .percentileNanos(99));
        curve(chart, "p50", intervals, end, scale, interval -> interval.latencies()
                .percentileNanos(50));
        for (LoadInterval interval : intervals) {
            double x = x((double) interval.startNanos(), end);
            double width = x((double) interval.startNanos() + interval.nanos(), end) - x;
            if (interval.lost() > 0) {
                chart.box("lost", x, Chart.BOTTOM - LOSS_HEIGHT, Math.max(1, width - 1), LOSS_HEIGHT, "");
            }
            chart.box("hover", x, Chart.TOP, width, Chart.BOTTOM - Chart.TOP, told(interval));
        }
        return chart.end();
    }

    private static String told(LoadInterval interval) {
        return Chart.rounded(interval.startNanos() / 1e9) + " s: " + interval.sent() + " sent, " + interval.lost()
                + " lost, p50 " + Chart.time(interval.latencies().percentileNanos(50)) + ", p99 "
                + Chart.time(interval.latencies().percentileNanos(99)) + ", max "
                + Chart.time(interval.latencies().maxNanos());
    }

    private static void curve(
            Chart chart,
            String style,
            List<LoadInterval> intervals,
            double end,
            LogScale scale,
            Function<LoadInterval, OptionalLong> figure) {
        List<Double> points = new ArrayList<>();
        for (LoadInterval interval : intervals) {
            OptionalLong value = figure.apply(interval);
            if (value.isPresent()) {
                points.add(x(interval.startNanos() + interval.nanos() / 2.0, end));
                points.add(scale.at((double) value.getAsLong()));
            } else {
                // Nothing came back: the line has a gap.
                chart.curve(style, points);
                points.clear();
            }
        }
        chart.curve(style, points);
    }

    private static double x(double nanos, double end) {
        return Chart.LEFT + (Chart.RIGHT - Chart.LEFT) * nanos / end;
    }

    /** Returns which share of the probes had at most which time; empty if nothing came back. */
    static String percentiles(LoadSummary summary) {
        long count = summary.latencies().count();
        if (count == 0) {
            return "";
        }
        Chart chart = new Chart("percentiles of latency, round trip and send lag");
        // From the fastest of them all to the slowest one.
        LogScale shares = new LogScale(1, Math.max(10, count), Chart.LEFT, Chart.RIGHT - Chart.LEFT);
        double low = Math.min(lowest(summary.roundTrips()), lowest(summary.latencies()));
        double high = Math.max(
                summary.latencies().maxNanos().orElse(1),
                summary.roundTrips().maxNanos().orElse(1));
        LogScale scale = Chart.timeScale(Math.min(low, lowest(summary.sendLags())), high);
        chart.timeAxis(scale);
        chart.tick(shares.at(1), "0%");
        chart.tick(shares.at(2), "50%");
        String nines = "9";
        for (double rest = 10; rest <= shares.high(); rest *= 10) {
            String digits = nines.length() > 2 ? nines.substring(0, 2) + "." + nines.substring(2) : nines;
            chart.tick(shares.at(rest), (rest == 10 ? "90" : digits) + "%");
            nines += "9";
        }
        chart.caption("share of the probes that were at most so slow");
        curve(chart, "lag", summary.sendLags(), shares, scale);
        curve(chart, "rtt", summary.roundTrips(), shares, scale);
        curve(chart, "latency", summary.latencies(), shares, scale);
        return chart.end();
    }

    private static double lowest(Distribution times) {
        // The very shortest lag is a matter of luck, and would squeeze all the rest.
        return Math.max(100, times.percentileNanos(1).orElse(Long.MAX_VALUE));
    }

    private static void curve(Chart chart, String style, Distribution times, LogScale shares, LogScale scale) {
        List<Double> points = new ArrayList<>();
        if (times.count() > 0) {
            int steps = (int) Math.ceil(Math.log10(shares.high()) * POINTS_PER_DECADE);
            for (int i = 0; i <= steps; i++) {
                double inverse = Math.pow(shares.high(), (double) i / steps);
                points.add(shares.at(inverse));
                points.add(scale.at(
                        (double) times.percentileNanos(100 - 100 / inverse).orElseThrow()));
            }
        }
        chart.curve(style, points);
    }
}
