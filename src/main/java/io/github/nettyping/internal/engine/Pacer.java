package io.github.nettyping.internal.engine;

/** Tells how many probes are due. Confined to one thread; reads no clock. */
public interface Pacer {

    /** Takes up to {@code wanted} of the probes that are due and returns how many. */
    int take(int wanted, long nowNanos);

    /** Takes back what was taken just now and not used. */
    void giveBack(int probes);

    /** Returns how long it takes until a probe is due. */
    long nanosUntilDue(long nowNanos);
}
