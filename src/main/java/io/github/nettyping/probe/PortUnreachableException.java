package io.github.nettyping.probe;

/** Nothing on the target takes the packet; firewalls that reject a packet say so, too. Immutable. */
public final class PortUnreachableException extends DestinationUnreachableException {

    private static final long serialVersionUID = 1L;

    PortUnreachableException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
