package io.github.nettyping.cli.progress;

import io.github.nettyping.cli.format.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The progress of a sweep in one line, of any width. Stateless. */
public final class ProgressText {

    private ProgressText() {}

    /**
     * What is told of a sweep under way. Immutable.
     *
     * @param finished        targets with a verdict
     * @param probesPerSecond in the last seconds
     * @param secondsLeft     about; empty as long as it cannot be known
     */
    public record Figures(
            long finished,
            long targets,
            OptionalDouble probesPerSecond,
            long alive,
            long timeouts,
            long localDrops,
            OptionalLong secondsLeft)
            implements IntFunction<String> {

        @Override
        public String apply(int columns) {
            return fit(parts(this), columns);
        }
    }

    /** A part of the line; where there is little room, those of the highest rank go first. */
    public record Part(int rank, String text) {}

    /** Returns a line of so many columns at most, without its end. */
    public static String fit(List<Part> all, int columns) {
        List<Part> parts = new ArrayList<>(all);
        String line = join(parts);
        while (line.length() > columns && parts.size() > 1) {
            parts.remove(parts.stream().max(Comparator.comparingInt(Part::rank)).orElseThrow());
            line = join(parts);
        }
        return line.length() > columns ? line.substring(0, Math.max(0, columns)) : line;
    }

    private static List<Part> parts(Figures figures) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(1, figures.finished() + "/" + figures.targets() + " done"));
        parts.add(new Part(0, percent(figures.finished(), figures.targets())));
        figures.probesPerSecond()
                .ifPresent(rate -> parts.add(new Part(5, Numbers.decimal(rate, rate < 10 ? 1 : 0) + "/s")));
        parts.add(new Part(2, figures.alive() + " alive"));
        parts.add(new Part(6, figures.timeouts() + " timeout"));
        // Packets that were dropped matter, none that were do not.
        parts.add(new Part(figures.localDrops() > 0 ? 4 : 7, figures.localDrops() + " local drops"));
        figures.secondsLeft().ifPresent(seconds -> parts.add(new Part(3, "ETA " + duration(seconds))));
        return parts;
    }

    private static String join(List<Part> parts) {
        return parts.stream().map(Part::text).collect(Collectors.joining(", "));
    }

    /** Returns the share, rounded down: 100 % is the end. */
    public static String percent(long finished, long targets) {
        double thousandths = targets == 0 ? 1000 : Math.floor(finished * 1000.0 / targets);
        return Numbers.decimal(thousandths / 10, 1) + '%';
    }

    /** Returns a time as on a clock. */
    public static String duration(long seconds) {
        long minutes = seconds / 60;
        long hours = minutes / 60;
        if (hours == 0) {
            return String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60);
        }
        return hours < 100
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes % 60, seconds % 60)
                : hours / 24 + " days";
    }
}
