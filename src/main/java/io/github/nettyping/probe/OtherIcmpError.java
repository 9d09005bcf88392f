package io.github.nettyping.probe;

import io.github.nettyping.codec.IcmpError;

/**
 * No reply came, and a node reported an error that is neither "unreachable" nor "time exceeded". Immutable.
 *
 * @param probe       the probe
 * @param attempts    tries made until the verdict
 * @param attempt     the try the error is about, from 1; times are that try's
 * @param error       what was reported and by whom
 * @param sentAtNanos when that try was sent: {@code CLOCK_REALTIME} in nanoseconds since 1970
 * @param rttNanos    time from sending that try to the arrival of the error, in nanoseconds
 * @param rttSource   the clocks that time was measured with
 */
public record OtherIcmpError(
        Probe probe, int attempts, int attempt, IcmpError error, long sentAtNanos, long rttNanos, RttSource rttSource)
        implements IcmpErrorOutcome {

    @Override
    public Kind kind() {
        return Kind.OTHER_ICMP_ERROR;
    }
}
