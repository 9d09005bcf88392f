package io.github.nettyping.cli.target;

import io.github.nettyping.packet.IpAddress;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The names of the hosts that answer: each is asked for once, and waited for a moment only. Confined to the event loop; a
 * resolver that blocks does so elsewhere.
 */
public final class PeerNames {

    /** A line is never held back longer. */
    static final long PATIENCE_MILLIS = 2_000;

    private static final int REMEMBERED = 1_024;

    private final EventLoop loop;
    private final Function<InetAddress, CompletableFuture<Optional<String>>> resolver;
    private final Map<IpAddress, Lookup> lookups = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IpAddress, Lookup> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Asks a resolver, which may complete its futures on any thread, and not with a failure. */
    public PeerNames(EventLoop loop, Function<InetAddress, CompletableFuture<Optional<String>>> resolver) {
        this.loop = loop;
        this.resolver = resolver;
    }

    /**
     * Returns a resolver that asks another one, but has only so many questions open: further addresses have no name, so that
     * a slow resolver does not make a queue without end. Safe for use by many threads.
     */
    public static Function<InetAddress, CompletableFuture<Optional<String>>> bounded(
            Function<InetAddress, CompletableFuture<Optional<String>>> resolver, int most) {
        Semaphore free = new Semaphore(most);
        return address -> free.tryAcquire()
                ? resolver.apply(address).whenComplete((name, failure) -> free.release())
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** Returns the look-up of an address, begun now unless there was one. */
    public Lookup of(IpAddress address) {
        return lookups.computeIfAbsent(address, asked -> new Lookup(resolver.apply(asked.toInetAddress())));
    }

    /** One look-up. Confined to the event loop. */
    public final class Lookup {

        private final CompletableFuture<Optional<String>> name;
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean over;

        private Lookup(CompletableFuture<Optional<String>> name) {
            this.name = name;
            this.over = name.isDone();
            if (!over) {
                name.whenCompleteAsync((found, failure) -> settle(), loop);
                loop.schedule(this::settle, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        public Optional<String> name() {
            return name.getNow(Optional.empty());
        }

        /** Tells whether there is nothing to wait for, or it has been waited for long enough. */
        public boolean isOver() {
            return over;
        }

        /** Runs an action, once, when it is over; it is not yet. */
        public void whenOver(Runnable action) {
            waiting.add(action);
        }

        private void settle() {
            over = true;
            List<Runnable> actions = List.copyOf(waiting);
            waiting.clear();
            actions.forEach(Runnable::run);
        }
    }
}
