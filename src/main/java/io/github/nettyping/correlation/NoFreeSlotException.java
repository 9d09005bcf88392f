package io.github.nettyping.correlation;

/** A probe was written while as many were in flight as the channel may have. Immutable; has no stack trace. */
public final class NoFreeSlotException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoFreeSlotException(int inFlight) {
        super(inFlight + " probes in flight (expected: fewer; wait for outcomes, or raise maxInFlight)");
    }

    /** Does nothing: a writer that is too fast gets one of these for every probe. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
