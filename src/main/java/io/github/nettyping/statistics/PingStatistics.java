package io.github.nettyping.statistics;

import java.util.OptionalDouble;

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

    /** {@return whether the host has answered at all} */
    public boolean isAlive() {
        return received > 0;
    }

    /** {@return which share of the probes was not answered, 0 to 1; 0 if nothing was sent} */
    public double loss() {
        return sent == 0 ? 0 : (double) (sent - received) / sent;
    }
}
