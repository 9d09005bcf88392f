package io.github.nettyping.probe;

/**
 * What became of a probe; each probe that is written has exactly one. Immutable.
 *
 * <p>If several packets answer, a {@link Replied} outranks an {@link IcmpErrorOutcome}, which outranks
 * {@link TimedOut}: only a reply proves anything, and anybody can forge an error.
 */
public sealed interface ProbeOutcome permits Replied, IcmpErrorOutcome, TimedOut, NotSent, DroppedLocally {

    /** The outcomes by name, for tables and {@code switch}. */
    enum Kind {
        /** {@link io.github.nettyping.probe.Replied}. */
        REPLIED,
        /** {@link io.github.nettyping.probe.Unreachable}. */
        UNREACHABLE,
        /** {@link io.github.nettyping.probe.TimeExceeded}. */
        TIME_EXCEEDED,
        /** {@link io.github.nettyping.probe.OtherIcmpError}. */
        OTHER_ICMP_ERROR,
        /** {@link io.github.nettyping.probe.TimedOut}. */
        TIMED_OUT,
        /** {@link io.github.nettyping.probe.NotSent}. */
        NOT_SENT,
        /** {@link io.github.nettyping.probe.DroppedLocally}. */
        DROPPED_LOCALLY
    }

    /** {@return the probe, the same object that was written} */
    Probe probe();

    /**
     * Returns how many tries were made: packets handed to the channel, without those repeated because this host dropped
     * packets.
     *
     * @return 0 if none was made, at most {@link ProbeOptions#attempts()}
     */
    int attempts();

    /** {@return which outcome this is: one value for each record} */
    Kind kind();

    /**
     * {@return this reply, for those who want everything else as an exception}
     *
     * @throws ProbeException if it is no reply; its class says what it is instead
     */
    default Replied orThrow() {
        if (this instanceof Replied reply) {
            return reply;
        }
        throw ProbeExceptions.of(this);
    }
}
