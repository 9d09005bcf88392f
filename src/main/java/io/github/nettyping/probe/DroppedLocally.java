package io.github.nettyping.probe;

/**
 * No reply came, but this host dropped received packets for lack of buffer space while the probe waited, and again
 * after it was sent once more. A reply may have been among them. This says nothing about the target. Immutable.
 *
 * @param probe       the probe
 * @param attempts    tries made
 * @param sentAtNanos when the last try was sent: {@code CLOCK_REALTIME} in nanoseconds since 1970
 */
public record DroppedLocally(Probe probe, int attempts, long sentAtNanos) implements ProbeOutcome {

    @Override
    public Kind kind() {
        return Kind.DROPPED_LOCALLY;
    }
}
