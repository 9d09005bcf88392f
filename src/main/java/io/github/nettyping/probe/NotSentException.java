package io.github.nettyping.probe;

/**
 * Trouble on this side kept the probe from being answered. This says nothing about the target. If the kernel refused
 * the packet, the cause is its {@link io.github.nettyping.packet.SystemCallException}. Immutable.
 */
public final class NotSentException extends ProbeException {

    private static final long serialVersionUID = 1L;

    NotSentException(String message, NotSent outcome) {
        super(message, outcome, outcome.cause().orElse(null));
    }

    @Override
    public NotSent outcome() {
        return (NotSent) super.outcome();
    }

    /**
     * {@return what went wrong: the reason of the outcome}
     *
     * @throws IllegalStateException if this exception has been serialised
     */
    public NotSent.Reason reason() {
        return outcome().reason();
    }
}
