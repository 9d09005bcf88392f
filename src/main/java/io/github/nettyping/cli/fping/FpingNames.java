package io.github.nettyping.cli.fping;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns words into targets, in their order, though names are looked up several at a time. Of the addresses of a name the
 * first counts, as the C library has them, or all. Confined to one thread.
 */
final class FpingNames implements AutoCloseable {

    /** What comes of a word. */
    interface Listener {

        void found(FpingHost host);

        /** {@code reason}: what gai_strerror(3) says. */
        void notFound(String word, String reason);
    }

    private static final int THREADS = 16;
    private static final String NOT_KNOWN = "Name or service not known";

    private final FpingOptions options;
    private @Nullable ThreadPoolExecutor threads;

    FpingNames(FpingOptions options) {
        this.options = options;
    }

    /** Resolves words and blocks until that is done. */
    void resolve(List<String> words, Listener listener) {
        boolean reverse = options.nameOfAddress || options.nameOfAll;
        List<CompletableFuture<List<FpingHost>>> lookups = new ArrayList<>();
        // A name that is given twice is looked up once: of a second failure the JDK does not tell the reason.
        Map<String, CompletableFuture<List<FpingHost>>> known = new HashMap<>();
        for (String word : words) {
            Optional<IpAddress> literal = NumericAddress.of(word);
            if (literal.isPresent() && !reverse) {
                lookups.add(literal(word, literal.get()));
            } else {
                lookups.add(known.computeIfAbsent(word, name -> submit(() -> lookUp(name, literal))));
            }
        }
        for (int i = 0; i < words.size(); i++) {
            try {
                // Each is counted by itself.
                lookups.get(i).join().forEach(host -> listener.found(host.again()));
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof UnknownHostException unknown)) {
                    throw e;
                }
                listener.notFound(words.get(i), String.valueOf(unknown.getMessage()));
            }
        }
    }

    private CompletableFuture<List<FpingHost>> literal(String word, IpAddress address) {
        try {
            requireFamily(address);
            return CompletableFuture.completedFuture(List.of(host(word, address, true)));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<FpingHost> lookUp(String word, Optional<IpAddress> literal) throws UnknownHostException {
        if (literal.isPresent()) {
            requireFamily(literal.get());
            return List.of(host(word, literal.get(), true));
        }
        List<FpingHost> hosts = new ArrayList<>();
        for (InetAddress found : addresses(word)) {
            IpAddress address = IpAddress.of(found);
            boolean wanted = options.family.isEmpty() || options.family.get() == address.family();
            if (wanted && (options.allAddresses || hosts.isEmpty())) {
                hosts.add(host(word, address, false));
            }
        }
        if (hosts.isEmpty()) {
            throw new UnknownHostException(FpingTargets.OTHER_FAMILY);
        }
        return hosts;
    }

    private void requireFamily(IpAddress address) throws UnknownHostException {
        if (options.family.isPresent() && options.family.get() != address.family()) {
            throw new UnknownHostException(FpingTargets.OTHER_FAMILY);
        }
    }

    private static InetAddress[] addresses(String word) throws UnknownHostException {
        if (word.isEmpty() || word.indexOf(':') >= 0 || word.indexOf('/') >= 0) {
            // The JDK would take some of these for addresses.
            throw new UnknownHostException(NOT_KNOWN);
        }
        try {
            return InetAddress.getAllByName(word);
        } catch (UnknownHostException e) {
            // The JDK puts the name in front. For 10 s after a failure it says nothing but the name.
            String message = String.valueOf(e.getMessage());
            String prefix = word + ": ";
            throw new UnknownHostException(message.startsWith(prefix) ? message.substring(prefix.length()) : NOT_KNOWN);
        }
    }

    private FpingHost host(String word, IpAddress address, boolean literal) throws UnknownHostException {
        boolean reverse = options.nameOfAll || (options.nameOfAddress && literal);
        String name = reverse ? nameOf(address) : word;
        String label = name;
        if (options.addressAsName) {
            String text = AddressText.of(address);
            label = options.nameOfAll || options.nameOfAddress ? name + " (" + text + ')' : text;
        }
        return new FpingHost(word, label, address);
    }

    private static String nameOf(IpAddress address) throws UnknownHostException {
        InetAddress bare = address.toInetAddress();
        String name = bare.getHostName();
        return name.equals(bare.getHostAddress()) ? AddressText.of(address) : name;
    }

    private CompletableFuture<List<FpingHost>> submit(Callable<List<FpingHost>> question) {
        ThreadPoolExecutor pool = threads;
        if (pool == null) {
            pool = new ThreadPoolExecutor(
                    THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), FpingNames::thread);
            threads = pool;
        }
        CompletableFuture<List<FpingHost>> answer = new CompletableFuture<>();
        pool.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Throwable t) {
                answer.completeExceptionally(t);
            }
        });
        return answer;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "nettyping-names");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }

    /** Returns the families of targets. */
    static List<IpFamily> families(List<FpingHost> hosts) {
        return hosts.stream().map(host -> host.address.family()).distinct().toList();
    }
}
