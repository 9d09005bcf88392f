package io.github.nettyping;

import java.util.concurrent.CompletableFuture;

/** A series of pings under way. Safe for use by many threads. */
public final class PingSeries {

    private final CompletableFuture<PingStatistics> completion;
    private final Runnable stop;

    PingSeries(CompletableFuture<PingStatistics> completion, Runnable stop) {
        this.completion = completion;
        this.stop = stop;
    }

    /**
     * Returns the end of the series: all probes have their results, or it was stopped, or the pinger was closed.
     *
     * @return completes on the event loop with what it came to; exceptionally, with
     *         {@link java.nio.channels.ClosedChannelException}, only if the pinger was closed before the series began.
     *         Waiting for it on the event loop throws. Completing or cancelling it oneself stops nothing
     */
    public CompletableFuture<PingStatistics> completion() {
        return completion;
    }

    /**
     * Sends no more, gives up the probes that wait, and completes. The listener is told nothing more, but for what is being
     * told at that moment.
     */
    public void stop() {
        stop.run();
    }
}
