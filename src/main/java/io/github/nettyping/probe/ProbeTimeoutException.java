package io.github.nettyping.probe;

/** No answer to the probe came in time, and this host has lost nothing. Immutable. */
public final class ProbeTimeoutException extends ProbeException {

    private static final long serialVersionUID = 1L;

    ProbeTimeoutException(String message, TimedOut outcome) {
        super(message, outcome);
    }

    @Override
    public TimedOut outcome() {
        return (TimedOut) super.outcome();
    }
}
