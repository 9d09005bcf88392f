package io.github.nettyping.probe;

/** Nothing came in answer to the probe in time, and this host has lost nothing. Immutable. */
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
