package io.github.nettyping.cli.sweep;

import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Results that wait for the names of their hosts, and leave in the order in which they came. The event loop waits for
 * nothing. If too many results wait, the oldest leaves without a name. Confined to the event loop.
 */
final class NamedLines {

    /** Each takes a few hundred bytes. */
    static final int MOST_WAITING = 16_384;

    private record Waiting(ProbeOutcome outcome, CompletableFuture<Optional<String>> name) {}

    private final EventExecutor loop;
    private final BiConsumer<ProbeOutcome, @Nullable String> writer;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);

    /** {@code writer} takes results with the names they have. */
    NamedLines(EventExecutor loop, BiConsumer<ProbeOutcome, @Nullable String> writer) {
        this.loop = loop;
        this.writer = writer;
    }

    /** Adds a result, whose name will be known on any thread. */
    void add(ProbeOutcome outcome, CompletableFuture<Optional<String>> name) {
        if (outcome instanceof Replied reply) {
            reply.keep();
        }
        if (waiting.isEmpty()) {
            empty = new CompletableFuture<>();
        }
        waiting.add(new Waiting(outcome, name));
        if (name.isDone()) {
            writeKnown();
        } else {
            name.whenComplete((found, failure) -> wake());
        }
        if (waiting.size() > MOST_WAITING) {
            write(waiting.remove());
        }
    }

    /** Returns when all that have been added have left. */
    CompletableFuture<Void> empty() {
        return empty;
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            try {
                loop.execute(() -> {
                    woken.set(false);
                    writeKnown();
                });
            } catch (RejectedExecutionException e) {
                // The sweep broke off; nobody waits for its lines.
            }
        }
    }

    private void writeKnown() {
        for (Waiting first = waiting.peek(); first != null && first.name().isDone(); first = waiting.peek()) {
            waiting.remove();
            write(first);
        }
        if (waiting.isEmpty()) {
            empty.complete(null);
        }
    }

    private void write(Waiting line) {
        writer.accept(line.outcome(), line.name().getNow(Optional.empty()).orElse(null));
    }
}
