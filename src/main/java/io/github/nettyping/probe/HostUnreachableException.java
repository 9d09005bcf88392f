package io.github.nettyping.probe;

/** The last router does not reach the target itself: nobody answers for its address. Immutable. */
public final class HostUnreachableException extends DestinationUnreachableException {

    private static final long serialVersionUID = 1L;

    HostUnreachableException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
