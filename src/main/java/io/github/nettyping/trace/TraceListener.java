package io.github.nettyping.trace;

import io.github.nettyping.packet.IpAddress;

/**
 * Is told what a {@link Trace} finds. Called on the pinger's event loop, by one thread; it must not block. What it
 * throws is logged once for each trace and does not disturb it.
 */
@FunctionalInterface
public interface TraceListener {

    /**
     * The path to a target is known, as far as it will be.
     *
     * @param result one for each target, in the order in which they became final
     */
    void onResult(TraceResult result);

    /**
     * A hop has all answers of the first cycle, and so have those before it. The hops of each target are told once, in
     * their order. This need not be final: more cycles may follow, and a later answer may show that the path is
     * shorter.
     *
     * @param target the host that is traced
     * @param hop    as it is known by now
     */
    default void onHop(IpAddress target, Hop hop) {}

    /**
     * A cycle is over: each hop has been asked once more. Also called after the last one, right before
     * {@link #onResult}; not called for a target to which nothing was sent.
     *
     * @param cycle from 1
     * @param soFar what is known by now, of this cycle and those before
     */
    default void onCycle(int cycle, TraceResult soFar) {}
}
