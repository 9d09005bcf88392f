package io.github.nettyping.internal.engine;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;

/**
 * Keeps exceptions of a user's code from its caller: the first one is logged, and none goes further. Safe for use by
 * many threads.
 */
public final class Guard {

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(Guard.class);

    private final Object guarded;
    private boolean thrown;

    /** {@code guarded}: the log names its class. */
    public Guard(Object guarded) {
        this.guarded = guarded;
    }

    /** Runs the user's code. */
    public void run(Runnable code) {
        try {
            code.run();
        } catch (Throwable t) {
            caught(t);
        }
    }

    /** Notes what the user's code has thrown. */
    public void caught(Throwable cause) {
        if (isFirst()) {
            LOGGER.warn(
                    "{} threw. It disturbs nobody else; what more it throws is not logged.",
                    guarded.getClass().getName(),
                    cause);
        }
    }

    private synchronized boolean isFirst() {
        boolean first = !thrown;
        thrown = true;
        return first;
    }
}
