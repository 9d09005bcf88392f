package io.github.nettyping.probe;

/** The time to live or hop limit of the probe reached 0 at a router. Immutable. */
public final class HopLimitExceededException extends TimeExceededException {

    private static final long serialVersionUID = 1L;

    HopLimitExceededException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
