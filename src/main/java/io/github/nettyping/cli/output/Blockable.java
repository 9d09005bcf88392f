package io.github.nettyping.cli.output;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Operations that last as long as somebody else likes, such as a write to a pipe that nobody reads. A signal shall end the program
 * all the same. Safe for use by many threads.
 */
public final class Blockable {

    private static final Map<Thread, String> INSIDE = new ConcurrentHashMap<>();

    private Blockable() {}

    /** An operation. */
    @FunctionalInterface
    public interface Call<T, E extends IOException> {
        T run() throws E;
    }

    /**
     * Runs an operation.
     *
     * @param what names what may not be ready, for a message: {@code --output results.fifo}
     */
    public static <T, E extends IOException> T call(String what, Call<T, E> operation) throws E {
        Thread thread = Thread.currentThread();
        String outer = INSIDE.put(thread, what);
        try {
            return operation.run();
        } finally {
            if (outer == null) {
                INSIDE.remove(thread);
            } else {
                INSIDE.put(thread, outer);
            }
        }
    }

    /** Returns what some thread is in now, if there is any. */
    static Optional<String> now() {
        return INSIDE.values().stream().findFirst();
    }
}
