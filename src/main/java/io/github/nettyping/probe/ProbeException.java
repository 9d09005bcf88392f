package io.github.nettyping.probe;

import org.jspecify.annotations.Nullable;

/**
 * An outcome other than a reply, as an exception. Only {@link ProbeOutcome#orThrow()} throws it; elsewhere network
 * results are values. Its message is for people and names the target and what is known.
 *
 * <table class="striped">
 * <caption>Which outcome becomes which exception</caption>
 * <thead><tr><th scope="col">outcome</th><th scope="col">exception</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@link Unreachable}</th><td>{@link DestinationUnreachableException} and its subclasses</td></tr>
 * <tr><th scope="row">{@link TimeExceeded}</th><td>{@link TimeExceededException} and its subclasses</td></tr>
 * <tr><th scope="row">{@link OtherIcmpError}</th><td>{@link FragmentationNeededException} for "packet too big" of
 * ICMPv6, else {@link IcmpErrorException}</td></tr>
 * <tr><th scope="row">{@link TimedOut}</th><td>{@link ProbeTimeoutException}</td></tr>
 * <tr><th scope="row">{@link NotSent}</th><td>{@link NotSentException}</td></tr>
 * <tr><th scope="row">{@link DroppedLocally}</th><td>{@link DroppedLocallyException}</td></tr>
 * </tbody></table>
 *
 * <p>Immutable. An outcome cannot be serialised: after serialisation only the message is left.
 */
public abstract sealed class ProbeException extends RuntimeException
        permits IcmpErrorException, ProbeTimeoutException, NotSentException, DroppedLocallyException {

    private static final long serialVersionUID = 1L;

    /** Null after deserialisation. */
    private final transient @Nullable ProbeOutcome outcome;

    ProbeException(String message, ProbeOutcome outcome) {
        super(message);
        this.outcome = outcome;
    }

    ProbeException(String message, ProbeOutcome outcome, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
    }

    /**
     * {@return the outcome whose {@link ProbeOutcome#orThrow()} threw this, with its probe}
     *
     * @throws IllegalStateException if this exception has been serialised, which an outcome cannot be
     */
    public ProbeOutcome outcome() {
        ProbeOutcome thrown = outcome;
        if (thrown == null) {
            throw new IllegalStateException("the outcome was left behind when this exception was serialised");
        }
        return thrown;
    }
}
