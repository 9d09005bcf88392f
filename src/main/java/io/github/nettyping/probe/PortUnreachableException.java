package io.github.nettyping.probe;

/** The target has nobody to take the packet; firewalls say so too when they reject one. Immutable. */
public final class PortUnreachableException extends DestinationUnreachableException {

    private static final long serialVersionUID = 1L;

    PortUnreachableException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }
}
