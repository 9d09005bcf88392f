package io.github.nettyping.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or the kernel will do, by asking until it is so. Safe for use by many threads. */
public final class Await {

    /**
     * How long to wait for what will come. Nothing here takes so long, on no machine: this guards against hanging for ever and
     * judges no speed.
     */
    public static final Duration LIMIT = Duration.ofMinutes(5);

    private static final long PAUSE_NANOS = 1_000_000;

    private Await() {}

    /**
     * Returns as soon as a condition holds.
     *
     * @param what      the condition in words, for the failure's message
     * @param limit     how long to ask, about once a millisecond
     * @param condition cheap and without side effects
     * @throws AssertionError if the condition does not hold within the limit, or the thread is interrupted
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new AssertionError("not within " + limit + ": " + what);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
