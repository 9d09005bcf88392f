package io.github.nettyping.trace;

import java.util.concurrent.CompletableFuture;

/**
 * The paths to any number of targets, found at the same time over the sockets of one {@link io.github.nettyping.Pinger}. Safe for use by
 * many threads.
 *
 * <p>A probe with a hop limit of n ends at the n-th router, which reports "time exceeded". So each hop is asked who it
 * is. The hops of a target are asked side by side, and no more once the target has replied or somebody has reported
 * that it cannot be reached. Targets are begun as earlier ones leave room.
 *
 * @see io.github.nettyping.Pinger#trace(io.github.nettyping.target.Targets, TraceOptions, TraceListener)
 */
public final class Trace {

    private final CompletableFuture<TraceSummary> completion;
    private final Runnable stop;

    Trace(CompletableFuture<TraceSummary> completion, Runnable stop) {
        this.completion = completion;
        this.stop = stop;
    }

    /**
     * Returns the end of the trace: every target has its result, or it was stopped, or the pinger was closed.
     *
     * @return completes on the event loop with the summary; exceptionally with
     *         {@link java.nio.channels.ClosedChannelException} if the pinger was closed before the trace began, or with
     *         what the iteration over the targets threw. Waiting for it on the event loop throws. Completing or
     *         cancelling it oneself stops nothing
     */
    public CompletableFuture<TraceSummary> completion() {
        return completion;
    }

    /** Ends the trace early: targets without result get none, and the summary says so. */
    public void stop() {
        stop.run();
    }
}
