package io.github.nettyping.cli.watch;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.cli.format.Numbers;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.monitor.MonitoredTarget;
import io.github.nettyping.monitor.StateReason;
import io.github.nettyping.monitor.TargetSnapshot;
import io.github.nettyping.monitor.TargetState;
import io.github.nettyping.monitor.WindowStatistics;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How targets, states and reasons are written. Stateless. */
final class WatchWords {

    private static final int LOSS_DECIMALS = 4;

    private WatchWords() {}

    static String state(TargetState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the address, or the name as long as it has none. */
    static String target(MonitoredTarget target) {
        return target.address().map(AddressText::of).orElse(target.host());
    }

    /** Returns the typed name, if it was one. */
    static Optional<String> name(MonitoredTarget target) {
        return target.asked().address().isPresent() ? Optional.empty() : Optional.of(target.host());
    }

    /** Returns both, visible, as a sweep has them. */
    static String both(MonitoredTarget target) {
        String address = VisibleText.of(target(target));
        return name(target).isEmpty() || target.address().isEmpty()
                ? address
                : address + " (" + VisibleText.of(target.host()) + ')';
    }

    static String reason(StateReason reason) {
        if (reason instanceof StateReason.Answered answered) {
            return answered.probes() + " answered in a row";
        }
        if (reason instanceof StateReason.Lost lost) {
            return lost.probes() + " lost in a row";
        }
        if (reason instanceof StateReason.Behind behind) {
            return "behind " + both(behind.parent()) + ", " + behind.probes() + " lost in a row";
        }
        if (reason instanceof StateReason.WindowLoss loss) {
            return loss.probes() + " of " + loss.window() + " lost";
        }
        StateReason.WindowRoundTrips slow = (StateReason.WindowRoundTrips) reason;
        return slow.slow() + " of " + slow.answered() + " answers slow";
    }

    static JsonObject reasonObject(StateReason reason) {
        JsonObject object = new JsonObject();
        if (reason instanceof StateReason.Answered answered) {
            return object.put("answered_in_a_row", answered.probes());
        }
        if (reason instanceof StateReason.Lost lost) {
            return object.put("lost_in_a_row", lost.probes());
        }
        if (reason instanceof StateReason.Behind behind) {
            return object.put("behind", target(behind.parent())).put("lost_in_a_row", behind.probes());
        }
        if (reason instanceof StateReason.WindowLoss loss) {
            return object.put("lost_in_window", loss.probes()).put("window", loss.window());
        }
        StateReason.WindowRoundTrips slow = (StateReason.WindowRoundTrips) reason;
        return object.put("slow_in_window", slow.slow()).put("answered_in_window", slow.answered());
    }

    static JsonObject window(WindowStatistics window) {
        return new JsonObject()
                .put("sent", window.sent())
                .put("received", window.received())
                .putDecimal("loss", window.loss(), LOSS_DECIMALS)
                .put(
                        "rtt_ns",
                        new JsonObject()
                                .put("min", window.minNanos())
                                .put("mean", window.meanNanos())
                                .put("p50", window.percentileNanos(50))
                                .put("p99", window.percentileNanos(99))
                                .put("max", window.maxNanos()))
                .put("jitter_ns", window.jitterNanos())
                .put("longest_outage_ns", window.longestOutageNanos());
    }

    /** Returns what is known of a target, in a line for people. */
    static String summary(TargetSnapshot target) {
        WindowStatistics window = target.window();
        StringBuilder text = new StringBuilder(both(target.target()))
                .append('\t')
                .append(state(target.state()))
                .append(target.local() ? " (local)" : "")
                .append('\t')
                .append(target.sent())
                .append(" sent, ")
                .append(target.received())
                .append(" received");
        append(text, target.lost(), "lost");
        append(text, target.late(), "late");
        append(text, target.duplicates(), "duplicates");
        append(text, target.localTrouble(), "local trouble");
        append(text, target.skipped(), "skipped");
        target.unresolved().ifPresent(message -> text.append(", not found: ").append(VisibleText.of(message)));
        text.append("\tloss ")
                .append(loss(window.loss()))
                .append(", p50/p99 ")
                .append(millis(window.percentileNanos(50)));
        return text.append('/')
                .append(millis(window.percentileNanos(99)))
                .append(" ms")
                .toString();
    }

    private static void append(StringBuilder text, long number, String what) {
        if (number > 0) {
            text.append(", ").append(number).append(' ').append(what);
        }
    }

    static String loss(OptionalDouble loss) {
        return loss.isPresent() ? Numbers.decimal(100 * loss.getAsDouble(), 1) + '%' : "-";
    }

    static String millis(OptionalLong nanos) {
        return nanos.isPresent() ? Numbers.millis(nanos.getAsLong()) : "-";
    }
}
