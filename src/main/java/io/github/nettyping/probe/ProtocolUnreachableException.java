package io.github.nettyping.probe;

/** The target does not take the protocol of the packet. Immutable. */
public final class ProtocolUnreachableException extends DestinationUnreachableException {

    private static final long serialVersionUID = 1L;

    ProtocolUnreachableException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
