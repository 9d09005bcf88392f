package io.github.nettyping.statistics;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The result of a number of pings. Immutable.
 *
 * @param sent       probes the kernel took
 * @param received   those that were answered
 * @param duplicates further replies to probes that had been answered
 * @param late       replies to probes that had been given up
 * @param errors     ICMP errors about the probes
 * @param notSent    probes that trouble on this side ended, {@link io.github.nettyping.probe.NotSent}; some were sent
 *                   before, for an earlier try
 * @param roundTrips the round trips of those that were answered; percentiles as precise as the recorder
 * @param jitterNanos the interarrival jitter, 0 for a single reply, empty without: a running mean of the differences
 *                   between each round trip and the one before it, in the order of the replies, of which each new one
 *                   counts a sixteenth (RFC 3550, section 6.4.1)
 * @see PingRecorder
 */
public record PingStatistics(
        long sent,
        long received,
        long duplicates,
        long late,
        long errors,
        long notSent,
        Distribution roundTrips,
        OptionalDouble jitterNanos) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** {@return whether the host has answered at all} */
    public boolean isAlive() {
        return received > 0;
    }

    /** {@return which share of the probes was not answered, 0 to 1; 0 if nothing was sent} */
    public double loss() {
        return sent == 0 ? 0 : (double) (sent - received) / sent;
    }

    /** {@return a line for logs: what was sent, what became of it, and the round trips; not meant to be parsed} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(sent).append(" sent, ").append(received).append(" received");
        if (sent > 0) {
            text.append(String.format(Locale.ROOT, ", %.1f%% loss", 100 * loss()));
        }
        append(text, duplicates, "duplicates");
        append(text, late, "late");
        append(text, errors, "errors");
        append(text, notSent, "not sent");
        if (roundTrips.count() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    ", round trip min/mean/p99/max %.3f/%.3f/%.3f/%.3f ms",
                    millis(roundTrips.minNanos()),
                    roundTrips.meanNanos().orElseThrow() / NANOS_PER_MILLI,
                    millis(roundTrips.percentileNanos(99)),
                    millis(roundTrips.maxNanos())));
        }
        if (jitterNanos.isPresent()) {
            text.append(String.format(Locale.ROOT, ", jitter %.3f ms", jitterNanos.getAsDouble() / NANOS_PER_MILLI));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String word) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(word);
        }
    }

    private static double millis(OptionalLong nanos) {
        return nanos.orElseThrow() / NANOS_PER_MILLI;
    }
}
