package io.github.nettyping.probe;

/**
 * No answer to any try came before the last deadline, and this host is known to have lost nothing. Immutable.
 *
 * @param probe       the probe
 * @param attempts    tries made
 * @param sentAtNanos when the last try was sent: {@code CLOCK_REALTIME} in nanoseconds since 1970
 */
public record TimedOut(Probe probe, int attempts, long sentAtNanos) implements ProbeOutcome {

    @Override
    public Kind kind() {
        return Kind.TIMED_OUT;
    }
}
