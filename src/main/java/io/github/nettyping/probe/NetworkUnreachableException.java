package io.github.nettyping.probe;

/** A router has no route to the network of the target. Immutable. */
public final class NetworkUnreachableException extends DestinationUnreachableException {

    private static final long serialVersionUID = 1L;

    NetworkUnreachableException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
