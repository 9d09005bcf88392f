package io.github.nettyping.internal.engine;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** A probe, and what is done when something happens to it. Confined to the event loop, once made. */
public abstract class Request implements ProbeObserver {

    private final Probe probe;
    /** Its place in the queue, if it waits. */
    private @Nullable RequestQueue queue;

    public Request(IpAddress target, ProbeOptions options) {
        this.probe = new Probe(target, options, this);
    }

    /** Returns the request that a probe of ours was made by. */
    static Request of(Probe probe) {
        return (Request) probe.context().orElseThrow();
    }

    public final Probe probe() {
        return probe;
    }

    final @Nullable public RequestQueue queue() {
        return queue;
    }

    public final void queue(@Nullable RequestQueue newQueue) {
        queue = newQueue;
    }

    /** Whether it wants to hear what happens to its probe beside {@link #outcome}; mostly not. */
    @Override
    public boolean observes(Probe same) {
        return false;
    }

    /** The probe has its outcome. */
    public abstract void outcome(ProbeOutcome outcome);

    /** The pinger closed before the probe had an outcome. */
    public abstract void closed(ClosedChannelException cause);
}
