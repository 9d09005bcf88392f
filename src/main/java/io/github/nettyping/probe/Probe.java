package io.github.nettyping.probe;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question to one host: does it answer, and how fast? It is written to a channel and comes back in exactly one
 * {@link ProbeOutcome}, whatever number of tries that takes. After its outcome it may be written again.
 *
 * <p>Immutable, except for a key that the channel keeps in it while it is in flight, and unless {@link #aim} is used.
 * Confined to its channel's event loop from the write on.
 */
public final class Probe {

    private @Nullable IpAddress target;
    private long targetHigh;
    private long targetLow;
    private int targetScopeId;
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
     * @param context any object that the writer wants to find again in the outcome; never used here
     * @throws IllegalArgumentException if the options are for the other family, see {@link ProbeOptions#requireFor}
     */
    public Probe(IpAddress target, ProbeOptions options, @Nullable Object context) {
        this.target = Objects.requireNonNull(target, "target");
        this.targetHigh = target.high();
        this.targetLow = target.low();
        this.targetScopeId = target.scopeId();
        this.options = Objects.requireNonNull(options, "options");
        this.context = context;
        options.requireFor(target.family());
    }

    /**
     * Makes a probe of an address that is no object; see {@link IpAddress} for the halves.
     *
     * @param targetHigh    bytes 0 to 7 of the host's address
     * @param targetLow     bytes 8 to 15 of it
     * @param targetScopeId interface index, 0 for none
     * @param options       how long to wait, how often to try
     * @throws IllegalArgumentException if the options are for the other family, see {@link ProbeOptions#requireFor}
     */
    public Probe(long targetHigh, long targetLow, int targetScopeId, ProbeOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        this.context = null;
        aim(targetHigh, targetLow, targetScopeId);
    }

    /**
     * Gives this probe another target for its next write. So a writer of millions needs only as many objects as it has
     * in flight. Earlier outcomes of this probe that somebody has kept, observers included, then tell the new target.
     *
     * @param high    bytes 0 to 7 of the host's address
     * @param low     bytes 8 to 15 of it
     * @param scopeId interface index, 0 for none
     * @return this probe
     * @throws IllegalStateException    if it is in flight
     * @throws IllegalArgumentException if its options are for the other family
     */
    public Probe aim(long high, long low, int scopeId) {
        if (inFlight) {
            throw new IllegalStateException(this + " is in flight");
        }
        options.requireFor(IpFamily.of(high, low));
        target = null;
        targetHigh = high;
        targetLow = low;
        targetScopeId = scopeId;
        return this;
    }

    /** {@return the host that is asked by every try} */
    public IpAddress target() {
        IpAddress known = target;
        if (known == null) {
            known = new IpAddress(targetHigh, targetLow, targetScopeId);
            target = known;
        }
        return known;
    }

    /** {@return the upper half of the target's address: bytes 0 to 7, see {@link IpAddress}} */
    public long targetHigh() {
        return targetHigh;
    }

    /** {@return the lower half of the target's address: bytes 8 to 15, see {@link IpAddress}} */
    public long targetLow() {
        return targetLow;
    }

    /** {@return the scope of the target's address: the interface index of a link-local one, else 0} */
    public int targetScopeId() {
        return targetScopeId;
    }

    /** {@return how it is asked} */
    public ProbeOptions options() {
        return options;
    }

    /**
     * Returns the writer's context.
     *
     * @return the context, if there is one
     */
    public Optional<Object> context() {
        return Optional.ofNullable(context);
    }

    /** {@return whether the probe has been written and has no outcome yet} */
    public boolean isInFlight() {
        return inFlight;
    }

    /**
     * {@return the name under which the handler that holds the probe finds it, see {@link #enterFlight}}
     *
     * @throws IllegalStateException if the probe is not in flight
     */
    @Internal
    public long key() {
        if (!inFlight) {
            throw new IllegalStateException(this + " is not in flight");
        }
        return key;
    }

    /**
     * Notes that a handler holds the probe from now on.
     *
     * @param flightKey the handler's own name for it
     * @throws IllegalStateException if a handler holds it already
     */
    @Internal
    public void enterFlight(long flightKey) {
        if (inFlight) {
            throw new IllegalStateException(this + " is in flight already; write it again after its outcome");
        }
        inFlight = true;
        key = flightKey;
    }

    /** Notes that no handler holds the probe any more. */
    @Internal
    public void leaveFlight() {
        inFlight = false;
    }

    /** Returns the target, for logs. */
    @Override
    public String toString() {
        return "Probe(" + target() + ')';
    }
}
