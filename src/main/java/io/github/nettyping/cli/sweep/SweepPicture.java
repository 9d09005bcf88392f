package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.format.Words;
import io.github.nettyping.cli.output.WholeFile;
import io.github.nettyping.cli.picture.CellState;
import io.github.nettyping.cli.picture.Cells;
import io.github.nettyping.cli.picture.Chart;
import io.github.nettyping.cli.picture.LogScale;
import io.github.nettyping.cli.picture.PngPicture;
import io.github.nettyping.cli.picture.Ramp;
import io.github.nettyping.cli.picture.SweepMap;
import io.github.nettyping.cli.target.ResolvedTargets;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.statistics.Distribution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The picture of a sweep, from its targets to a file. Each event loop counts in a part of its own; the other methods are for one
 * thread, before the sweep and after it.
 */
final class SweepPicture {

    private static final double SHORTEST_NANOS = 1;

    private final ResolvedTargets targets;
    private final WholeFile file;
    private final SweepMap map;
    private final List<SweepMap.Part> parts = new ArrayList<>();

    SweepPicture(ResolvedTargets targets, WholeFile file) {
        this.targets = targets;
        this.file = file;
        this.map = SweepMap.of(targets.targets());
    }

    /** Finds out whether the file can be written, before anything is sent. */
    static WholeFile checked(Path path) {
        WholeFile file = new WholeFile("--report", path);
        file.check();
        return file;
    }

    /** Returns what takes the results of one event loop. Safe for use by many threads; what it returns is confined to one. */
    Consumer<ProbeOutcome> newPart() {
        SweepMap.Part part = map.newPart();
        synchronized (parts) {
            parts.add(part);
        }
        return part::record;
    }

    /** Writes the file: all that came of the sweep, also if it was stopped. */
    void write(SweepReport report) {
        Cells cells;
        synchronized (parts) {
            cells = map.sum(parts);
        }
        boolean image = file.path().toString().toLowerCase(Locale.ROOT).endsWith(".png");
        Ramp ramp = ramp(report.roundTrips());
        file.write(
                image
                        ? PngPicture.of(map, cells, ramp, words(report))
                        : SweepPage.of(report, map, cells, ramp, targets.names())
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** From round value to round value, around all but the outermost hundredths. */
    private static Ramp ramp(Distribution trips) {
        double low = Math.max(SHORTEST_NANOS, (double) trips.percentileNanos(1).orElse(100_000));
        double high = Math.max(low * 2, (double) trips.percentileNanos(99).orElse(1_000_000_000));
        LogScale scale = LogScale.around(low, high, 0, 1);
        return new Ramp(
                scale.low(),
                scale.high(),
                scale.ticks().stream()
                        .map(nanos -> new Ramp.Tick(nanos, Chart.time(nanos)))
                        .toList());
    }

    private static PngPicture.Words words(SweepReport report) {
        Distribution trips = report.roundTrips();
        List<String> lines = new ArrayList<>();
        lines.add(SweepPage.lead(report));
        lines.add("nettyping " + report.command());
        if (trips.count() > 0) {
            lines.add("round trip min " + Chart.time(trips.minNanos()) + ", p50 "
                    + Chart.time(trips.percentileNanos(50)) + ", p99 "
                    + Chart.time(trips.percentileNanos(99))
                    + ", max " + Chart.time(trips.maxNanos()));
        }
        return new PngPicture.Words(SweepPage.heading(report), lines, counts(report));
    }

    /** Returns how many targets have each verdict, and how many none; zeros as well. */
    static List<PngPicture.Count> counts(SweepReport report) {
        CorrelatorStatistics.Outcomes outcomes = report.summary().statistics().outcomes();
        List<PngPicture.Count> counts = new ArrayList<>();
        Words.outcomes(outcomes).forEach((kind, count) -> counts.add(new PngPicture.Count(CellState.of(kind), count)));
        long without = report.summary().targets() - outcomes.total();
        counts.add(new PngPicture.Count(CellState.NO_VERDICT, Math.max(0, without)));
        return counts;
    }
}
