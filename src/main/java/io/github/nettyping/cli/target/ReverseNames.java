package io.github.nettyping.cli.target;

import io.github.nettyping.packet.IpAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The reverse names of very many addresses. Each look-up has a limit of its own, from its beginning, and only so many are
 * open. If one look-up after the other is in vain, nobody is asked for a while: a resolver that says nothing would hold up
 * everything that waits for names. Safe for use by many threads.
 */
public final class ReverseNames implements AutoCloseable {

    private static final int MOST_OPEN = 65_536;

    /** A thread stays with a question that nobody waits for any more, until the resolver gives up: 10 s by default. */
    static final int THREADS = 128;

    private static final long PAUSE_LIMITS = 5;

    private final NameLookup lookup;
    private final Duration limit;
    private final Semaphore free = new Semaphore(MOST_OPEN);
    private final AtomicInteger inVain = new AtomicInteger();
    private final AtomicLong unknown = new AtomicLong();
    private volatile long pausedUntilNanos = System.nanoTime();

    /** Asks the system; {@code limit} is for each look-up. */
    public ReverseNames(Duration limit) {
        this(new NameLookup(Optional.empty(), THREADS), limit);
    }

    ReverseNames(NameLookup lookup, Duration limit) {
        this.lookup = lookup;
        this.limit = limit;
    }

    /**
     * Returns the name of an address.
     *
     * @return empty if it has none, or none in time; never fails; completes on any thread
     */
    public CompletableFuture<Optional<String>> of(IpAddress address) {
        if (System.nanoTime() - pausedUntilNanos < 0 || !free.tryAcquire()) {
            unknown.incrementAndGet();
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return lookup.name(address.toInetAddress(), limit).handle((name, failure) -> {
            free.release();
            if (failure == null) {
                inVain.set(0);
                return name;
            }
            unknown.incrementAndGet();
            if (failure instanceof TimeoutException && inVain.incrementAndGet() >= THREADS) {
                inVain.set(0);
                pausedUntilNanos = System.nanoTime() + PAUSE_LIMITS * limit.toNanos();
                lookup.abandonAll();
            }
            return Optional.empty();
        });
    }

    /** Returns how many addresses may have a name that was not waited for. */
    public long unknown() {
        return unknown.get();
    }

    /** Leaves everything without name that has none yet. */
    @Override
    public void close() {
        lookup.close();
    }
}
