package io.github.nettyping.cli.progress;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Shows the progress of a run again and again, on a thread of its own, until it is closed: neither a terminal that takes
 * nothing nor a run that is slow to answer keeps the other.
 */
public final class Progress implements AutoCloseable {

    /** Four times a second, and so never six times within one. */
    public static final long TERMINAL_MILLIS = 250;

    /** Lines that stay. */
    public static final long LOG_MILLIS = 1_000;

    private final ProgressLine line;
    private final Supplier<IntFunction<String>> soFar;
    private final BooleanSupplier wanted;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Creates a progress that shows nothing yet.
     *
     * @param soFar  returns the state of the run as text for a width; may throw {@link CompletionException} when that has
     *               ended
     * @param wanted whether the line may be drawn now
     */
    public Progress(ProgressLine line, Supplier<IntFunction<String>> soFar, BooleanSupplier wanted) {
        this.line = line;
        this.soFar = soFar;
        this.wanted = wanted;
    }

    public void start(long periodMillis) {
        Thread thread = new Thread(() -> run(periodMillis), "progress");
        // A terminal that takes nothing must not keep the process.
        thread.setDaemon(true);
        thread.start();
    }

    private void run(long periodMillis) {
        try {
            while (!closed.await(periodMillis, TimeUnit.MILLISECONDS)) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void tick() {
        if (!wanted.getAsBoolean()) {
            return;
        }
        try {
            line.show(soFar.get());
        } catch (CompletionException | CancellationException e) {
            // It has ended; how, it tells by itself.
            close();
        }
    }

    /** Shows nothing more. The line remains; the run ends it. */
    @Override
    public void close() {
        closed.countDown();
    }
}
