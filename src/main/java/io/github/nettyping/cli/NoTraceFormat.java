package io.github.nettyping.cli;

import io.github.nettyping.Hop;
import java.util.concurrent.CompletableFuture;

/** Prints nothing. Stateless. */
final class NoTraceFormat implements TraceFormat {

    @Override
    public void expect(Hop hop) {}

    @Override
    public void write(TraceReport report) {}

    @Override
    public CompletableFuture<Void> over() {
        return CompletableFuture.completedFuture(null);
    }
}
