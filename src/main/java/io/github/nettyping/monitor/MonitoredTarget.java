package io.github.nettyping.monitor;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target of a {@link Monitor}, and what the monitor knows of it. What is public is safe for use by many threads; the rest is
 * confined to its event loop.
 */
public final class MonitoredTarget {

    final MonitorWorker worker;
    final History history;

    /** Its number among those that were ever added, from 0: decides when in its interval it is asked. */
    final long number;

    private volatile MonitorTarget asked;
    private volatile TargetState state = TargetState.UNKNOWN;
    private volatile @Nullable IpAddress address;

    // Its place in the structures of its loop.

    boolean removed;
    /** Whether it has had all its probes. */
    boolean finished;
    /** Number of the latest probe. */
    long sequence;

    int index = -1;

    @Nullable
    MonitoredTarget next;
    /** When the next probe is due, and within which interval: both as the wheel counts time. */
    long dueNanos;

    long intervalNanos;
    /** For how long it is not to be resolved again. */
    long resolveAtNanos;

    boolean resolving;

    @Nullable
    ProbeOptions probe;

    MonitoredTarget(MonitorWorker worker, long number, MonitorTarget asked, History history) {
        this.worker = worker;
        this.number = number;
        this.asked = asked;
        this.history = history;
        this.address = asked.address().orElse(null);
    }

    /** {@return what the user asked for: that of the latest change} */
    public MonitorTarget asked() {
        return asked;
    }

    /** {@return the name or address that was given} */
    public String host() {
        return asked.host();
    }

    /** {@return the address that is asked; empty as long as its name has none} */
    public Optional<IpAddress> address() {
        return Optional.ofNullable(address);
    }

    /** {@return the present state} */
    public TargetState state() {
        return state;
    }

    void asked(MonitorTarget changed) {
        asked = changed;
    }

    void address(IpAddress found) {
        address = found;
    }

    @Nullable
    IpAddress addressOrNull() {
        return address;
    }

    void state(TargetState changed) {
        state = changed;
    }

    @Override
    public String toString() {
        return host() + ' ' + state;
    }
}
