package io.github.nettyping.probe;

/** A router took the last hop from the time to live or hop limit of the probe. Immutable. */
public final class HopLimitExceededException extends TimeExceededException {

    private static final long serialVersionUID = 1L;

    HopLimitExceededException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
