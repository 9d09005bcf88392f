package io.github.nettyping.cli.watch;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.monitor.TargetSnapshot;
import io.github.nettyping.monitor.TargetState;
import io.github.nettyping.monitor.WindowStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A screen as lines, none wider than the terminal. Immutable. */
final class ScreenText {

    /** Fewer columns or lines hold no table. */
    static final int LEAST_COLUMNS = 40;

    private static final int HEAD_LINES = 2;
    private static final int FOOT_LINES = 1;
    private static final int STATE_WIDTH = 9;
    private static final int NUMBER_WIDTH = 9;
    private static final int LOSS_WIDTH = 7;
    private static final int SINCE_WIDTH = 8;
    private static final int LEAST_TARGET_WIDTH = 15;
    private static final int MOST_TARGET_WIDTH = 40;
    private static final int LEAST_SPARKLINE = 8;
    private static final int MOST_SPARKLINE = 60;

    private static final List<String> HELP = List.of(
            "",
            "  s            sort: worst first, by target, loss, round trip, latest change",
            "  /            filter by part of an address, name or state; escape clears it",
            "  up, down     select; also page up, page down, home, end",
            "  enter        what is known of the selected target; enter or escape goes back",
            "  p            pause the picture; the watch goes on",
            "  ?            this page",
            "  q            end; so does control-C, with exit code 130",
            "",
            "  LOSS, P50, P99, JITTER are of the last probes (--window), LAST is the latest round trip, in ms.",
            "  The bars are the latest probes, the newest on the right; a lost one is a cross.",
            "  local: the latest probe met trouble of this machine, which leaves the state as it is.");

    private final Colour colour;
    private final boolean plain;
    private final String interval;

    /** {@code plain}: the terminal shows ASCII alone. */
    ScreenText(Colour colour, boolean plain, Duration interval) {
        this.colour = colour;
        this.plain = plain;
        this.interval = duration(interval);
    }

    /** Returns how many rows of targets there are on a screen with so many lines. */
    static int rows(int lines) {
        return Math.max(1, lines - HEAD_LINES - FOOT_LINES);
    }

    /** Returns the lines of a screen, exactly as many as it has. */
    List<String> lines(ScreenView view, int columns, int lines, Instant now) {
        List<String> screen = new ArrayList<>();
        screen.add(head(view, columns));
        TargetSnapshot selected = view.selectedTarget();
        if (view.isHelp()) {
            HELP.forEach(line -> screen.add(cut(line, columns)));
        } else if (view.isDetail() && selected != null) {
            detail(selected, now, columns).forEach(line -> screen.add(cut(line, columns)));
        } else {
            table(view, columns, rows(lines), now, screen);
        }
        while (screen.size() < lines - FOOT_LINES) {
            screen.add("");
        }
        while (screen.size() > Math.max(1, lines - FOOT_LINES)) {
            screen.remove(screen.size() - 1);
        }
        if (lines > 1) {
            screen.add(foot(view, columns));
        }
        return screen;
    }

    private String head(ScreenView view, int columns) {
        StringBuilder text = new StringBuilder()
                .append(view.targets())
                .append(view.targets() == 1 ? " target" : " targets")
                .append(" every ")
                .append(interval)
                .append(':');
        for (TargetState state : TargetState.values()) {
            long count = view.count(state);
            if (count > 0) {
                text.append(' ')
                        .append(count)
                        .append(' ')
                        .append(WatchWords.state(state))
                        .append(',');
            }
        }
        text.setLength(text.length() - 1);
        if (view.local() > 0) {
            text.append("; local trouble: ").append(view.local());
        }
        if (!view.filter().isEmpty()) {
            text.append("; ")
                    .append(view.matching())
                    .append(" match \"")
                    .append(VisibleText.of(view.filter()))
                    .append('"');
        }
        return colour.paint(Colour.Tone.HEADING, cut(text.toString(), columns));
    }

    private String foot(ScreenView view, int columns) {
        String text = view.isTyping()
                ? "/" + VisibleText.of(view.filter()) + '_'
                : (view.isPaused() ? "PAUSED  " : "") + "sorted: "
                        + view.order().word() + "   s sort  / filter  enter detail  p pause  ? help  q end";
        return colour.paint(Colour.Tone.FAINT, cut(text, columns));
    }

    /** Widths of the columns that fit; those of figures fall away from the right. */
    private record Widths(int target, boolean last, boolean percentiles, boolean jitter, int sparkline, boolean since) {

        static Widths of(int columns, int longestTarget) {
            int rest = columns - STATE_WIDTH - 1 - LOSS_WIDTH;
            int target = Math.max(LEAST_TARGET_WIDTH, Math.min(MOST_TARGET_WIDTH, longestTarget));
            target = Math.min(target, Math.max(LEAST_TARGET_WIDTH, rest / 3));
            rest -= target;
            boolean last = rest >= NUMBER_WIDTH;
            rest -= last ? NUMBER_WIDTH : 0;
            boolean since = last && rest >= SINCE_WIDTH;
            rest -= since ? SINCE_WIDTH : 0;
            boolean percentiles = since && rest >= 2 * NUMBER_WIDTH;
            rest -= percentiles ? 2 * NUMBER_WIDTH : 0;
            boolean jitter = percentiles && rest >= NUMBER_WIDTH + LEAST_SPARKLINE;
            rest -= jitter ? NUMBER_WIDTH : 0;
            int sparkline = rest - 1 >= LEAST_SPARKLINE ? Math.min(MOST_SPARKLINE, rest - 1) : 0;
            return new Widths(target, last, percentiles, jitter, sparkline, since);
        }
    }

    private void table(ScreenView view, int columns, int rows, Instant now, List<String> screen) {
        List<TargetSnapshot> page = view.page(rows);
        int longest = page.stream()
                .mapToInt(target -> WatchWords.both(target.target()).length())
                .max()
                .orElse(0);
        Widths widths = Widths.of(columns, longest);
        StringBuilder header = new StringBuilder("  ");
        left(header, "STATE", STATE_WIDTH - 1);
        left(header, "TARGET", widths.target());
        right(header, "LOSS", LOSS_WIDTH);
        if (widths.last()) {
            right(header, "LAST", NUMBER_WIDTH);
        }
        if (widths.percentiles()) {
            right(header, "P50", NUMBER_WIDTH);
            right(header, "P99", NUMBER_WIDTH);
        }
        if (widths.jitter()) {
            right(header, "JITTER", NUMBER_WIDTH);
        }
        if (widths.since()) {
            right(header, "SINCE", SINCE_WIDTH);
        }
        screen.add(colour.paint(Colour.Tone.FAINT, cut(header.toString(), columns)));
        for (int i = 0; i < page.size(); i++) {
            screen.add(row(page.get(i), i == view.selectedRow(), widths, columns, now));
        }
    }

    private String row(TargetSnapshot target, boolean selected, Widths widths, int columns, Instant now) {
        WindowStatistics window = target.window();
        StringBuilder state = new StringBuilder();
        left(state, target.local() ? "local" : WatchWords.state(target.state()), STATE_WIDTH - 1);
        StringBuilder rest = new StringBuilder();
        left(rest, shortened(WatchWords.both(target.target()), widths.target()), widths.target());
        right(rest, WatchWords.loss(window.loss()), LOSS_WIDTH);
        if (widths.last()) {
            right(rest, WatchWords.millis(target.lastRttNanos()), NUMBER_WIDTH);
        }
        if (widths.percentiles()) {
            right(rest, WatchWords.millis(window.percentileNanos(50)), NUMBER_WIDTH);
            right(rest, WatchWords.millis(window.percentileNanos(99)), NUMBER_WIDTH);
        }
        if (widths.jitter()) {
            right(rest, WatchWords.millis(window.jitterNanos()), NUMBER_WIDTH);
        }
        if (widths.since()) {
            right(rest, duration(Duration.between(target.since(), now)), SINCE_WIDTH);
        }
        if (widths.sparkline() > 0) {
            rest.append(' ').append(Sparkline.of(window, widths.sparkline(), plain));
        }
        return (selected ? "> " : "  ")
                + colour.paint(tone(target), state.toString())
                + cut(rest.toString(), columns - 2 - state.length());
    }

    private static Colour.Tone tone(TargetSnapshot target) {
        if (target.local()) {
            return Colour.Tone.LOCAL;
        }
        return switch (target.state()) {
            case UP -> Colour.Tone.GOOD;
            case DEGRADED -> Colour.Tone.ODD;
            case DOWN -> Colour.Tone.BAD;
            case UNKNOWN -> Colour.Tone.FAINT;
        };
    }

    private List<String> detail(TargetSnapshot target, Instant now, int columns) {
        WindowStatistics window = target.window();
        List<String> lines = new ArrayList<>(List.of(
                "",
                "  " + WatchWords.both(target.target()),
                "",
                "  state      " + WatchWords.state(target.state()) + " for "
                        + duration(Duration.between(target.since(), now))
                        + (target.local() ? "; the latest probe met trouble of this machine" : ""),
                "  asked      every " + duration(target.interval()),
                "  probes     " + target.sent() + " sent, " + target.received() + " received, " + target.lost()
                        + " lost",
                "             " + target.late() + " late, " + target.duplicates() + " duplicates, "
                        + target.localTrouble() + " local trouble, " + target.skipped() + " skipped",
                "  window     " + window.sent() + " probes, loss " + WatchWords.loss(window.loss())
                        + ", longest outage " + duration(Duration.ofNanos(window.longestOutageNanos())),
                "  round trip " + WatchWords.millis(window.minNanos()) + " min, "
                        + WatchWords.millis(window.meanNanos()) + " mean, " + WatchWords.millis(window.maxNanos())
                        + " max ms",
                "             " + WatchWords.millis(window.percentileNanos(50)) + " p50, "
                        + WatchWords.millis(window.percentileNanos(90)) + " p90, "
                        + WatchWords.millis(window.percentileNanos(99)) + " p99, "
                        + WatchWords.millis(window.jitterNanos()) + " jitter ms"));
        target.lastError()
                .ifPresent(error -> lines.add("  last error " + error.name() + ' ' + error.type() + '/' + error.code()
                        + error.from()
                                .map(from -> " from " + AddressText.of(from))
                                .orElse("")
                        + target.lastErrorAt()
                                .map(at -> ", " + duration(Duration.between(at, now)) + " ago")
                                .orElse("")));
        target.unresolved().ifPresent(message -> lines.add("  name       not found: " + VisibleText.of(message)));
        lines.add("");
        lines.add("  " + Sparkline.of(window, Math.max(1, Math.min(columns - 4, window.sent())), plain));
        return lines;
    }

    /** Returns a duration in its two largest units: {@code 1h05m}, {@code 3m20s}, {@code 12s}, {@code 200ms}. */
    static String duration(Duration duration) {
        Duration shown = duration.isNegative() ? Duration.ZERO : duration;
        if (shown.toDays() > 0) {
            return shown.toDays() + "d" + two(shown.toHoursPart()) + 'h';
        }
        if (shown.toHours() > 0) {
            return shown.toHours() + "h" + two(shown.toMinutesPart()) + 'm';
        }
        if (shown.toMinutes() > 0) {
            return shown.toMinutes() + "m" + two(shown.toSecondsPart()) + 's';
        }
        if (shown.toSeconds() > 0 || shown.isZero()) {
            return shown.toSeconds() + "s";
        }
        return shown.toMillis() + "ms";
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private String shortened(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + (plain ? '~' : '…');
    }

    private static void left(StringBuilder out, String text, int width) {
        out.append(text).append(" ".repeat(Math.max(0, width - text.length())));
    }

    private static void right(StringBuilder out, String text, int width) {
        out.append(" ".repeat(Math.max(1, width - text.length()))).append(text);
    }

    private static String cut(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, Math.max(0, columns));
    }
}
