package io.github.nettyping.probe;

/** A node did not get all fragments of the probe in time. Immutable. */
public final class ReassemblyTimeoutException extends TimeExceededException {

    private static final long serialVersionUID = 1L;

    ReassemblyTimeoutException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
