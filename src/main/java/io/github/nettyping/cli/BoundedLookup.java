package io.github.nettyping.cli;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Asks a resolver for the names of addresses, but has only so many questions open: further addresses have no name, so that
 * a slow resolver does not make a queue without end. Safe for use by many threads.
 */
final class BoundedLookup implements Function<InetAddress, CompletableFuture<Optional<String>>> {

    private final Function<InetAddress, CompletableFuture<Optional<String>>> resolver;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    /** Asks a resolver, which does not fail, {@code most} questions at the same time. */
    BoundedLookup(Function<InetAddress, CompletableFuture<Optional<String>>> resolver, int most) {
        this.resolver = resolver;
        this.most = most;
    }

    @Override
    public CompletableFuture<Optional<String>> apply(InetAddress address) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return resolver.apply(address).whenComplete((name, failure) -> open.decrementAndGet());
    }
}
