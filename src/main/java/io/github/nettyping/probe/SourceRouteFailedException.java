package io.github.nettyping.probe;

/** The packet could not be forwarded along the route it prescribes. Immutable. */
public final class SourceRouteFailedException extends DestinationUnreachableException {

    private static final long serialVersionUID = 1L;

    SourceRouteFailedException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
