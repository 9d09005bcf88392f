package io.github.nettyping.trace;

import io.github.nettyping.packet.IpAddress;

/**
 * Learns what a {@link Trace} finds. Called on the pinger's event loop, by one thread; it must not block. What it throws is
 * logged once for each trace and does not disturb it.
 */
@FunctionalInterface
public interface TraceListener {

    /**
     * The way to a target is known, as far as it will be.
     *
     * @param result one for each target, in the order in which they became final
     */
    void onResult(TraceResult result);

    /**
     * A hop has all answers of the first cycle, and so have those before it. Of each target, hops are told in their order
     * and once; what is told need not be the end of it, for more cycles may follow, and a later answer may show that the
     * way is shorter.
     *
     * @param target where the way leads
     * @param hop    as it is known by now
     */
    default void onHop(IpAddress target, Hop hop) {}

    /**
     * A cycle is over: each hop has been asked once more. Told after the last one, too, right before
     * {@link #onResult}; not told of a target to which nothing was sent.
     *
     * @param cycle from 1
     * @param soFar what is known by now, of this cycle and those before
     */
    default void onCycle(int cycle, TraceResult soFar) {}
}
