package io.github.nettyping.correlation;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.TimeExceededMessage;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.OtherIcmpError;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.probe.TimeExceeded;
import io.github.nettyping.probe.Unreachable;

/** An ICMP error that quotes the probe in a slot, and what was measured when it came. Immutable. */
record ErrorEvidence(int slot, int attempt, IcmpError error, long sentAtNanos, long rttNanos, RttSource rttSource) {

    /** Returns what it means for the probe if nothing better comes. */
    IcmpErrorOutcome outcome(Probe probe, int attempts) {
        if (error instanceof DestinationUnreachableMessage) {
            return new Unreachable(probe, attempts, attempt, error, sentAtNanos, rttNanos, rttSource);
        }
        if (error instanceof TimeExceededMessage) {
            return new TimeExceeded(probe, attempts, attempt, error, sentAtNanos, rttNanos, rttSource);
        }
        return new OtherIcmpError(probe, attempts, attempt, error, sentAtNanos, rttNanos, rttSource);
    }
}
