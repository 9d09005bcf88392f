package io.github.nettyping.probe;

import io.github.nettyping.codec.IcmpError;

/**
 * A node reported an ICMP error instead of a reply. This class itself stands for errors other than "destination
 * unreachable" and "time exceeded", such as "parameter problem". Immutable.
 */
public sealed class IcmpErrorException extends ProbeException
        permits DestinationUnreachableException, TimeExceededException {

    private static final long serialVersionUID = 1L;

    IcmpErrorException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }

    @Override
    public IcmpErrorOutcome outcome() {
        return (IcmpErrorOutcome) super.outcome();
    }

    /**
     * {@return what was reported and by whom, with type, code, sender, quote and extensions}
     *
     * @throws IllegalStateException if this exception has been serialised
     */
    public IcmpError error() {
        return outcome().error();
    }
}
