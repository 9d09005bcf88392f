package io.github.nettyping.probe;

/** A node's policy does not let the packet through: a filter, a reject route, a precedence. Immutable. */
public final class CommunicationProhibitedException extends DestinationUnreachableException {

    private static final long serialVersionUID = 1L;

    CommunicationProhibitedException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
