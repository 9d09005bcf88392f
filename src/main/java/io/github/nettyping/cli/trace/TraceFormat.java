package io.github.nettyping.cli.trace;

import io.github.nettyping.trace.Hop;
import java.util.concurrent.CompletableFuture;

/** How the ways to targets are printed. Confined to the event loop. */
@FunctionalInterface
interface TraceFormat {

    /** Learns of a hop that will be in a report. */
    default void expect(Hop hop) {}

    /** Appends the lines about a target, now or as soon as what they need is known. */
    void write(TraceReport report);

    /** Returns when all that was written is appended; nothing more is written then. */
    default CompletableFuture<Void> over() {
        return CompletableFuture.completedFuture(null);
    }
}
