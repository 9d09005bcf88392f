package io.github.nettyping.monitor;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import java.util.Optional;

/**
 * Is told what a {@link Monitor} learns. Called on its event loops, so it must not block, and with several loops it must be
 * safe for use by many threads; for one target always by the same thread. What it throws is logged once and disturbs nobody.
 */
public interface MonitorListener {

    /** Does nothing. */
    MonitorListener NONE = new MonitorListener() {};

    /**
     * A target has another state.
     *
     * @param change which, from what, and why
     */
    default void onStateChange(StateChange change) {}

    /**
     * A probe has its outcome. Called before {@link #onStateChange} for what it changes.
     *
     * @param target   whom it asked
     * @param sequence its number among the probes to this target, from 1
     * @param outcome  what became of it
     */
    default void onResult(MonitoredTarget target, long sequence, ProbeOutcome outcome) {}

    /**
     * A further copy of an answer has come.
     *
     * @param target whose
     * @param reply  the copy
     */
    default void onDuplicate(MonitoredTarget target, Replied reply) {}

    /**
     * An answer has come after its probe was given up.
     *
     * @param target whose
     * @param reply  the answer
     */
    default void onLate(MonitoredTarget target, Replied reply) {}

    /**
     * A name stands for an address: for the first time, or for another one than before. The history goes on.
     *
     * @param target   whose name
     * @param previous the address before; empty if this is the first
     * @param address  the address from now on
     */
    default void onAddress(MonitoredTarget target, Optional<IpAddress> previous, IpAddress address) {}

    /**
     * A name could not be resolved. If there was an address before, it stays.
     *
     * @param target  whose name
     * @param message what the resolver says
     */
    default void onUnresolved(MonitoredTarget target, String message) {}
}
