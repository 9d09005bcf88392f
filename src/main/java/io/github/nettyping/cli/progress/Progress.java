package io.github.nettyping.cli.progress;

import io.github.nettyping.sweep.SweepSummary;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows the progress of a sweep again and again, on a thread of its own, until it is closed: neither a terminal that takes
 * nothing nor a sweep that is slow to answer keeps the other.
 */
public final class Progress implements AutoCloseable {

    /** Four times a second, and so never six times within one. */
    public static final long TERMINAL_MILLIS = 250;

    /** Lines that stay. */
    public static final long LOG_MILLIS = 1_000;

    private final ProgressLine line;
    private final ProgressMeter meter;
    private final LongSupplier clock;
    private final Supplier<CompletableFuture<SweepSummary>> soFar;
    private final BooleanSupplier wanted;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Creates a progress that shows nothing yet.
     *
     * @param clock  as {@link System#nanoTime()}
     * @param soFar  asks for the state of the sweep; its future may fail when that has ended
     * @param wanted whether the line may be drawn now
     */
    public Progress(
            ProgressLine line,
            ProgressMeter meter,
            LongSupplier clock,
            Supplier<CompletableFuture<SweepSummary>> soFar,
            BooleanSupplier wanted) {
        this.line = line;
        this.meter = meter;
        this.clock = clock;
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
            SweepSummary state = soFar.get().join();
            line.show(meter.add(clock.getAsLong(), state));
        } catch (CompletionException | CancellationException e) {
            // The sweep has ended; how, it tells by itself.
            close();
        }
    }

    /** Shows nothing more. The line remains; the sweep ends it. */
    @Override
    public void close() {
        closed.countDown();
    }
}
