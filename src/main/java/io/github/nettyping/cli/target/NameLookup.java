package io.github.nettyping.cli.target;

import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.TargetSyntaxException;
import io.github.nettyping.target.TargetWord;
import io.github.nettyping.target.Targets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Resolves host names by the JDK, up to 16 at once, on daemon threads of its own, never on an event loop; what it returns
 * completes on those. Safe for use by many threads.
 */
public final class NameLookup implements AutoCloseable {

    /** Asks, and blocks until there is an answer. Safe for use by many threads. */
    interface Resolver {

        /** Returns the addresses of a name in ASCII, at least one. */
        InetAddress[] addresses(String name) throws UnknownHostException;

        Optional<String> name(InetAddress address) throws UnknownHostException;
    }

    private static final int THREADS = 16;
    private static final long IDLE_SECONDS = 1;

    /** What gai_strerror(3) says of EAI_NONAME, and so ping(8). */
    private static final String NOT_KNOWN = "Name or service not known";
    /** The same of EAI_ADDRFAMILY. */
    private static final String NOT_OF_FAMILY = "Address family for hostname not supported";

    private final Optional<IpFamily> family;
    private final Resolver resolver;
    private final Set<Lookup<?>> pending = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;

    /** Asks the system, only for addresses of a family; empty for both, IPv4 first. */
    public NameLookup(Optional<IpFamily> family) {
        this(family, THREADS);
    }

    /** The same on so many threads. */
    NameLookup(Optional<IpFamily> family, int mostThreads) {
        this(family, new SystemResolver(), mostThreads);
    }

    public NameLookup(Optional<IpFamily> family, Resolver resolver) {
        this(family, resolver, THREADS);
    }

    NameLookup(Optional<IpFamily> family, Resolver resolver, int mostThreads) {
        this.family = family;
        this.resolver = resolver;
        this.threads = new ThreadPoolExecutor(
                mostThreads,
                mostThreads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                NameLookup::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "nettyping-names");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Returns the addresses of a name, or the one that is given as a literal, with or without scope, which is not looked
     * up and may be of any family.
     *
     * @param word a host name or a literal, as typed
     * @return at least one address; fails with {@link UnknownHostException}, whose message is the word, a colon, and what
     *         the resolver said, or with {@link java.util.concurrent.CancellationException} once closed
     */
    public CompletableFuture<List<InetAddress>> addresses(String word) {
        return addresses(word, family);
    }

    /** Returns the same of both families, whichever is asked for otherwise. */
    public CompletableFuture<List<InetAddress>> addressesOfBothFamilies(String word) {
        return addresses(word, Optional.empty());
    }

    private CompletableFuture<List<InetAddress>> addresses(String word, Optional<IpFamily> only) {
        try {
            if (TargetWord.of(word) != TargetWord.NAME) {
                return CompletableFuture.completedFuture(List.of(literal(word)));
            }
            Targets.builder().hostNames(wellFormed -> {}).add(word);
            String name = AsciiName.of(word);
            return submit(new Lookup<>(() -> select(word, ask(word, name), only)));
        } catch (TargetSyntaxException e) {
            return CompletableFuture.failedFuture(unknown(
                    word, "no host name and no address, character " + e.character() + ": expected " + e.expected()));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns the name that leads back to an address; empty if there is none, or once closed. Never fails. */
    public CompletableFuture<Optional<String>> name(InetAddress address) {
        return submit(new Lookup<>(() -> resolver.name(address))).exceptionally(failure -> Optional.empty());
    }

    /**
     * Returns the name that leads back to an address; empty if there is none.
     *
     * @param limit from the moment at which the resolver is asked, which may be later
     * @return fails with {@link TimeoutException}, or with {@link java.util.concurrent.CancellationException} once closed
     */
    CompletableFuture<Optional<String>> name(InetAddress address, Duration limit) {
        Lookup<Optional<String>> lookup = new Lookup<>(() -> {
            try {
                return resolver.name(address);
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        });
        lookup.limit = limit;
        return submit(lookup);
    }

    /** Abandons what is under way. */
    void abandonAll() {
        pending.forEach(Lookup::abandon);
    }

    /** Abandons what is under way. A thread that waits for the resolver ends as soon as that answers. */
    @Override
    public void close() {
        threads.shutdown();
        // Before threads are interrupted, lest that looks like an answer.
        abandonAll();
        threads.shutdownNow();
    }

    private <T> CompletableFuture<T> submit(Lookup<T> lookup) {
        pending.add(lookup);
        try {
            threads.execute(lookup);
        } catch (RejectedExecutionException e) {
            lookup.abandon();
        }
        return lookup.result;
    }

    private static InetAddress literal(String word) throws UnknownHostException {
        // Neither may stand in an address; behind the % is the name of an interface, which may hold a dash.
        boolean single = word.split("%", 2)[0].chars().noneMatch(c -> c == '-' || c == ',') && word.indexOf('/') < 0;
        if (!single) {
            throw unknown(word, "no host name and no address, but a set of them");
        }
        return Targets.parse(word).get(0).toInetAddress();
    }

    private InetAddress[] ask(String word, String name) throws UnknownHostException {
        try {
            return resolver.addresses(name);
        } catch (UnknownHostException e) {
            throw unknown(word, reason(name, e));
        }
    }

    /** Cuts off the name that the JDK puts in front. For 10 s after a failure it says nothing but the name. */
    private static String reason(String name, UnknownHostException failure) {
        String message = failure.getMessage();
        if (message == null || message.equals(name)) {
            return NOT_KNOWN;
        }
        String prefix = name + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    private static List<InetAddress> select(String word, InetAddress[] addresses, Optional<IpFamily> only)
            throws UnknownHostException {
        List<InetAddress> selected = new ArrayList<>(Arrays.asList(addresses));
        only.ifPresent(wanted -> selected.removeIf(address -> IpFamily.of(address) != wanted));
        if (selected.isEmpty()) {
            throw unknown(word, NOT_OF_FAMILY);
        }
        // Stable: within a family the resolver's order stays, which RFC 6724 is about.
        selected.sort(Comparator.comparing(IpFamily::of));
        return List.copyOf(selected);
    }

    private static UnknownHostException unknown(String word, String reason) {
        return new UnknownHostException(word + ": " + reason);
    }

    /** A question under way, in the set of those from its birth to its answer. */
    private final class Lookup<T> implements Runnable {

        final CompletableFuture<T> result = new CompletableFuture<>();
        private final Callable<T> question;
        private @Nullable Duration limit;

        Lookup(Callable<T> question) {
            this.question = question;
        }

        @Override
        public void run() {
            try {
                if (!result.isDone()) {
                    if (limit != null) {
                        result.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
                    }
                    result.complete(question.call());
                }
            } catch (Throwable e) {
                result.completeExceptionally(e);
            } finally {
                pending.remove(this);
            }
        }

        void abandon() {
            result.cancel(false);
            pending.remove(this);
        }
    }

    /** The JDK, which asks the C library unless it is told otherwise. */
    private static final class SystemResolver implements Resolver {

        @Override
        public InetAddress[] addresses(String name) throws UnknownHostException {
            return InetAddress.getAllByName(name);
        }

        @Override
        public Optional<String> name(InetAddress address) throws UnknownHostException {
            // A fresh one, since an address remembers the name it was found by, without asking.
            InetAddress bare = InetAddress.getByAddress(address.getAddress());
            String name = bare.getHostName();
            // The JDK has the address for its name then.
            return name.equals(bare.getHostAddress()) ? Optional.empty() : Optional.of(name);
        }
    }
}
