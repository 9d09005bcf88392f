package io.github.nettyping;

import io.github.nettyping.statistics.PingStatistics;
import java.util.concurrent.CompletableFuture;

/** A series of pings under way. Safe for use by many threads. */
public final class PingSeries {

    private final CompletableFuture<PingStatistics> completion;
    private final ListenedSeries series;

    PingSeries(CompletableFuture<PingStatistics> completion, ListenedSeries series) {
        this.completion = completion;
        this.series = series;
    }

    /**
     * Returns the end of the series: all probes have their results, or it was stopped, or the pinger was closed.
     *
     * @return completes on the event loop with what it came to; exceptionally, with
     *         {@link java.nio.channels.ClosedChannelException}, only if the pinger was closed before the series began.
     *         Waiting for it on the event loop throws. If somebody else completes it, as {@code cancel} and
     *         {@code orTimeout} do, the series {@linkplain #stop() stops}
     */
    public CompletableFuture<PingStatistics> completion() {
        return completion;
    }

    /**
     * Returns what the series has come to so far; after its end, what it came to.
     *
     * @return completes on the event loop with a snapshot; exceptionally, with
     *         {@link java.nio.channels.ClosedChannelException}, only if the event loop has ended and the series never
     *         began. Waiting for it on the event loop throws
     */
    public CompletableFuture<PingStatistics> statistics() {
        return series.statistics();
    }

    /**
     * Sends no more, gives up the probes that wait, and completes. The listener hears nothing more, except for a call
     * that is under way.
     */
    public void stop() {
        series.stop();
    }
}
