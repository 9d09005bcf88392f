package io.github.nettyping.probe;

import java.util.Optional;

/**
 * No reply came, but this host dropped received packets for lack of buffer space while the probe waited, or the interface
 * it left by lost its carrier or changed its state or MTU; and again after the probe was sent once more. A reply may have
 * been lost so. This says nothing about the target. Immutable.
 *
 * @param probe         the probe
 * @param attempts      tries made
 * @param sentAtNanos   when the last try was sent: {@code CLOCK_REALTIME} in nanoseconds since 1970
 * @param lostInterface the interface, if that was it
 */
public record DroppedLocally(Probe probe, int attempts, long sentAtNanos, Optional<String> lostInterface)
        implements ProbeOutcome {

    /**
     * Creates an outcome for lack of buffer space.
     *
     * @param probe       the probe
     * @param attempts    tries made
     * @param sentAtNanos when the last try was sent
     */
    public DroppedLocally(Probe probe, int attempts, long sentAtNanos) {
        this(probe, attempts, sentAtNanos, Optional.empty());
    }

    @Override
    public Kind kind() {
        return Kind.DROPPED_LOCALLY;
    }
}
