package io.github.nettyping.probe;

/**
 * Nothing came in answer to the probe, but this host dropped received packets meanwhile: nothing is said about the
 * target. Immutable.
 */
public final class DroppedLocallyException extends ProbeException {

    private static final long serialVersionUID = 1L;

    DroppedLocallyException(String message, DroppedLocally outcome) {
        super(message, outcome);
    }

    @Override
    public DroppedLocally outcome() {
        return (DroppedLocally) super.outcome();
    }
}
