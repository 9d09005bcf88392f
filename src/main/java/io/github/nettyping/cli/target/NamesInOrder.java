package io.github.nettyping.cli.target;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Resolves names many at once and hands over what comes of them one by one, in their order. What is under way is bounded,
 * however many names there are. Stateless.
 */
final class NamesInOrder {

    /** Enough for the threads of {@link NameLookup} to go on for seconds behind a name that takes long. */
    private static final int AHEAD = 1_024;

    private record Asked(String name, CompletableFuture<List<InetAddress>> answer) {}

    private NamesInOrder() {}

    /**
     * Asks for all names and waits.
     *
     * @param found    takes a name and what it leads to, one address at least
     * @param notFound takes a message that names what leads nowhere, and says why
     * @return whether the end was reached; if not, the lookup has been closed
     */
    static boolean resolve(
            Iterable<String> names,
            Function<String, CompletableFuture<List<InetAddress>>> lookup,
            BiConsumer<String, List<InetAddress>> found,
            Consumer<String> notFound) {
        Iterator<String> rest = names.iterator();
        Queue<Asked> asked = new ArrayDeque<>();
        while (true) {
            while (rest.hasNext() && asked.size() < AHEAD) {
                String name = rest.next();
                asked.add(new Asked(name, lookup.apply(name)));
            }
            Asked next = asked.poll();
            if (next == null) {
                return true;
            }
            try {
                found.accept(next.name(), next.answer().join());
            } catch (CancellationException e) {
                return false;
            } catch (CompletionException e) {
                notFound.accept(message(e));
            }
        }
    }

    private static String message(CompletionException failure) {
        if (failure.getCause() instanceof UnknownHostException unknown) {
            return String.valueOf(unknown.getMessage());
        }
        throw failure;
    }
}
