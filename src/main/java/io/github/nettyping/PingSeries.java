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
     * @return completes on the event loop with what it came to
     */
    public CompletableFuture<PingStatistics> completion() {
        return completion;
    }

    /** Sends no more, gives up the probes that wait, and completes. */
    public void stop() {
        stop.run();
    }
}
