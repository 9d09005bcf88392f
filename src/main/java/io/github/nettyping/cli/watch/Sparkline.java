package io.github.nettyping.cli.watch;

import io.github.nettyping.monitor.WindowStatistics;
import java.util.OptionalLong;

/** The last probes of a target as a row of small bars: the longest round trip of the window is the highest. Stateless. */
final class Sparkline {

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String ASCII = ".:-=+*#%";

    private Sparkline() {}

    /**
     * Returns the newest probes, the newest last, padded in front.
     *
     * @param plain whether the terminal shows ASCII alone
     */
    static String of(WindowStatistics window, int width, boolean plain) {
        String bars = plain ? ASCII : BARS;
        StringBuilder text = new StringBuilder(width);
        int from = Math.max(0, window.sent() - width);
        text.append(" ".repeat(width - (window.sent() - from)));
        long longest = window.maxNanos().orElse(1);
        for (int i = from; i < window.sent(); i++) {
            OptionalLong rtt = window.rttNanos(i);
            text.append(
                    rtt.isEmpty() ? (plain ? '!' : '×') : bars.charAt(height(rtt.getAsLong(), longest, bars.length())));
        }
        return text.toString();
    }

    private static int height(long nanos, long longest, int steps) {
        return (int) Math.min(steps - 1, nanos * steps / Math.max(1, longest));
    }
}
