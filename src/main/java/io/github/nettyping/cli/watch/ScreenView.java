package io.github.nettyping.cli.watch;

import io.github.nettyping.monitor.TargetSnapshot;
import io.github.nettyping.monitor.TargetState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a user has chosen to see of the targets: order, filter, place. Confined to the thread of the screen. */
final class ScreenView {

    /** What rows are sorted by. */
    enum Order {
        WORST,
        TARGET,
        LOSS,
        ROUND_TRIP,
        CHANGE;

        Order next() {
            List<Order> all = List.of(values());
            return all.get((all.indexOf(this) + 1) % all.size());
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private Order order = Order.WORST;
    private String filter = "";
    private boolean typing;
    private boolean paused;
    private boolean help;
    private boolean detail;
    private int selected;
    private int top;
    private List<TargetSnapshot> all = List.of();
    private List<TargetSnapshot> shown = List.of();

    /** Takes what is known now, unless the picture is paused. */
    void update(List<TargetSnapshot> targets) {
        if (!paused) {
            all = targets;
            arrange();
        }
    }

    private void arrange() {
        @Nullable Object before = selected < shown.size() ? shown.get(selected).target() : null;
        String wanted = filter.toLowerCase(Locale.ROOT);
        shown = all.stream()
                .filter(target -> wanted.isEmpty()
                        || (WatchWords.both(target.target()) + ' ' + WatchWords.state(target.state()))
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted))
                .sorted(comparator())
                .toList();
        if (detail && before != null) {
            // Who looks at one target wants to see that one.
            for (int i = 0; i < shown.size(); i++) {
                if (shown.get(i).target() == before) {
                    selected = i;
                }
            }
        }
        selected = Math.max(0, Math.min(selected, shown.size() - 1));
    }

    private Comparator<TargetSnapshot> comparator() {
        Comparator<TargetSnapshot> byTarget = Comparator.comparing(
                        (TargetSnapshot target) -> target.address().isEmpty())
                .thenComparing((one, other) -> compareAddresses(one, other))
                .thenComparing(target -> target.target().host());
        Comparator<TargetSnapshot> byLoss =
                Comparator.comparingDouble(target -> -target.window().loss().orElse(-1));
        Comparator<TargetSnapshot> byRoundTrip = Comparator.comparingLong(
                target -> -target.window().percentileNanos(50).orElse(-1));
        return switch (order) {
            case WORST ->
                Comparator.comparingInt(ScreenView::badness)
                        .thenComparing(byLoss)
                        .thenComparing(byTarget);
            case TARGET -> byTarget;
            case LOSS -> byLoss.thenComparing(byTarget);
            case ROUND_TRIP -> byRoundTrip.thenComparing(byTarget);
            case CHANGE ->
                Comparator.comparing(TargetSnapshot::since).reversed().thenComparing(byTarget);
        };
    }

    private static int compareAddresses(TargetSnapshot one, TargetSnapshot other) {
        if (one.address().isEmpty() || other.address().isEmpty()) {
            return 0;
        }
        int high = Long.compareUnsigned(
                one.address().get().high(), other.address().get().high());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        one.address().get().low(), other.address().get().low());
    }

    private static int badness(TargetSnapshot target) {
        return switch (target.state()) {
            case DOWN -> 0;
            case DEGRADED -> 1;
            case UNKNOWN -> 2;
            case UP -> 3;
        };
    }

    /**
     * Does what a key means.
     *
     * @param rows how many rows a page has
     * @return whether it asks for the end
     */
    boolean press(Key key, char character, int rows) {
        if (typing) {
            type(key, character);
            return false;
        }
        switch (key) {
            case UP -> selected--;
            case DOWN -> selected++;
            case PAGE_UP -> selected -= rows;
            case PAGE_DOWN -> selected += rows;
            case HOME -> selected = 0;
            case END -> selected = shown.size() - 1;
            case ENTER -> detail = !detail;
            case ESCAPE, BACKSPACE -> leave();
            case CHARACTER -> {
                if (command(character)) {
                    return true;
                }
            }
            case NONE -> {}
        }
        selected = Math.max(0, Math.min(selected, shown.size() - 1));
        return false;
    }

    private void leave() {
        if (help || detail) {
            help = false;
            detail = false;
        } else {
            filter = "";
            arrange();
        }
    }

    private boolean command(char character) {
        switch (character) {
            case 'q' -> {
                return true;
            }
            case 's' -> {
                order = order.next();
                arrange();
            }
            case '/' -> typing = true;
            case 'p' -> paused = !paused;
            case '?', 'h' -> help = !help;
            case 'k' -> selected--;
            case 'j' -> selected++;
            default -> {}
        }
        return false;
    }

    private void type(Key key, char character) {
        switch (key) {
            case ENTER -> typing = false;
            case ESCAPE -> {
                typing = false;
                filter = "";
            }
            case BACKSPACE -> filter = filter.isEmpty() ? filter : filter.substring(0, filter.length() - 1);
            case CHARACTER -> filter += character;
            default -> {}
        }
        arrange();
    }

    /** Returns the rows of a page, so that the selected one is among them. */
    List<TargetSnapshot> page(int rows) {
        if (selected < top) {
            top = selected;
        } else if (selected >= top + rows) {
            top = selected - rows + 1;
        }
        top = Math.max(0, Math.min(top, shown.size() - rows));
        return shown.subList(top, Math.min(shown.size(), top + rows));
    }

    /** Returns which row of the page is selected. */
    int selectedRow() {
        return selected - top;
    }

    @Nullable
    TargetSnapshot selectedTarget() {
        return selected < shown.size() ? shown.get(selected) : null;
    }

    long count(TargetState state) {
        return all.stream().filter(target -> target.state() == state).count();
    }

    long local() {
        return all.stream().filter(TargetSnapshot::local).count();
    }

    int targets() {
        return all.size();
    }

    int matching() {
        return shown.size();
    }

    Order order() {
        return order;
    }

    String filter() {
        return filter;
    }

    boolean isTyping() {
        return typing;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isHelp() {
        return help;
    }

    boolean isDetail() {
        return detail;
    }

    /** Keys of a terminal. */
    enum Key {
        NONE,
        CHARACTER,
        ENTER,
        ESCAPE,
        BACKSPACE,
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END
    }
}
