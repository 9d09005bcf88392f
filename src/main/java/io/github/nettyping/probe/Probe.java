package io.github.nettyping.probe;

import io.github.nettyping.packet.IpAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question to one host: is it there, and how far away? It is written to a channel and comes back in exactly one
 * {@link ProbeOutcome}, however many tries that takes. After its outcome it may be written again.
 *
 * <p>Immutable but for the place it has while in flight; confined to its channel's event loop from the write on.
 */
public final class Probe {

    private final IpAddress target;
    private final ProbeOptions options;
    private final @Nullable Object context;

    private boolean inFlight;
    private long key;

    /**
     * Makes a probe without context.
     *
     * @param target  the host
     * @param options how long to wait, how often to try
     * @throws IllegalArgumentException if the options are for the other family, see {@link ProbeOptions#requireFor}
     */
    public Probe(IpAddress target, ProbeOptions options) {
        this(target, options, null);
    }

    /**
     * Makes a probe.
     *
     * @param target  the host
     * @param options how long to wait, how often to try
     * @param context whatever the writer wants to find again in the outcome; never looked at
     * @throws IllegalArgumentException if the options are for the other family, see {@link ProbeOptions#requireFor}
     */
    public Probe(IpAddress target, ProbeOptions options, @Nullable Object context) {
        this.target = Objects.requireNonNull(target, "target");
        this.options = Objects.requireNonNull(options, "options");
        this.context = context;
        options.requireFor(target);
    }

    /**
     * Returns the host that is asked.
     *
     * @return destination of every try
     */
    public IpAddress target() {
        return target;
    }

    /**
     * Returns how it is asked.
     *
     * @return the options
     */
    public ProbeOptions options() {
        return options;
    }

    /**
     * Returns what the writer gave along.
     *
     * @return the context, if there is one
     */
    public Optional<Object> context() {
        return Optional.ofNullable(context);
    }

    /**
     * Tells whether the probe has been written and has no outcome yet.
     *
     * @return whether a channel holds it
     */
    public boolean isInFlight() {
        return inFlight;
    }

    /**
     * Returns the name under which the handler that holds the probe finds it; for that handler.
     *
     * @return what was given to {@link #enterFlight}
     * @throws IllegalStateException if the probe is not in flight
     */
    public long key() {
        if (!inFlight) {
            throw new IllegalStateException(this + " is not in flight");
        }
        return key;
    }

    /**
     * Notes that a handler holds the probe from now on; for that handler.
     *
     * @param flightKey the handler's own name for it
     * @throws IllegalStateException if a handler holds it already
     */
    public void enterFlight(long flightKey) {
        if (inFlight) {
            throw new IllegalStateException(this + " is in flight already; write it again after its outcome");
        }
        inFlight = true;
        key = flightKey;
    }

    /** Notes that no handler holds the probe any more; for the handler that held it. */
    public void leaveFlight() {
        inFlight = false;
    }

    /** Returns the target, for logs. */
    @Override
    public String toString() {
        return "Probe(" + target + ')';
    }
}
