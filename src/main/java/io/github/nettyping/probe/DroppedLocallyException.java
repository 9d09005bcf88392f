package io.github.nettyping.probe;

/**
 * No answer to the probe came, but this host dropped received packets meanwhile. This says nothing about the target.
 * Immutable.
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
