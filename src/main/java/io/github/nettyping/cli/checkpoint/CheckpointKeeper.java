package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.StableSink;
import io.github.nettyping.cli.output.Version;
import io.github.nettyping.sweep.SweepSummary;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the checkpoint of a sweep up to date, once a second, on a thread of its own. A checkpoint never tells of a line that
 * could get lost: first it is taken, then the output is forced to the disk, then it is saved.
 */
public final class CheckpointKeeper {

    private static final long INTERVAL_MILLIS = 1_000;

    /** Saves a checkpoint, as a whole or not at all, so that it survives. */
    @FunctionalInterface
    interface Store {
        void save(byte[] content) throws FileFailure;
    }

    private final StableSink output;
    private final Store store;
    private final SweepIdentity identity;
    private final String command;
    private final Beginning beginning;
    private final Runnable onFailure;
    private final ScheduledExecutorService thread;

    /** Of the thread; to be read once that has ended. */
    private @Nullable Throwable failure;

    /** {@code beginning} has a ledger; {@code onFailure} is called once if a checkpoint cannot be saved. */
    public CheckpointKeeper(
            StableSink output,
            Store store,
            SweepIdentity identity,
            String command,
            Beginning beginning,
            Runnable onFailure) {
        this.output = output;
        this.store = store;
        this.identity = identity;
        this.command = command;
        this.beginning = beginning;
        this.onFailure = onFailure;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "checkpoint");
            created.setDaemon(true);
            return created;
        });
    }

    /** Saves what is known before anything is sent, in this thread. */
    public void saveFirst() throws FileFailure {
        save(Optional::empty, OptionalInt.empty());
    }

    /** Begins to save; {@code soFar} is called on the thread. */
    public void start(Supplier<SweepSummary> soFar) {
        thread.scheduleWithFixedDelay(
                () -> saveOrStop(() -> Optional.of(soFar.get())),
                INTERVAL_MILLIS,
                INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void saveOrStop(Supplier<Optional<SweepSummary>> part) {
        if (failure != null) {
            return;
        }
        try {
            save(part, OptionalInt.empty());
        } catch (FileFailure | RuntimeException | Error e) {
            // Nobody looks at what a task of an executor throws.
            failure = e;
            onFailure.run();
        }
    }

    /**
     * Saves for the last time, in this thread, once all lines have been written.
     *
     * @param part     what this part of the sweep has sent and received
     * @param exitCode that of the sweep if it has finished; empty if there are targets to go on with
     * @return why a checkpoint could not be saved, this one or an earlier one
     */
    public Optional<Throwable> finish(SweepSummary part, OptionalInt exitCode) {
        end();
        if (failure != null) {
            return Optional.of(failure);
        }
        try {
            save(() -> Optional.of(part), exitCode);
            return Optional.empty();
        } catch (FileFailure e) {
            return Optional.of(e);
        }
    }

    public void end() {
        thread.shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (thread.awaitTermination(1, TimeUnit.HOURS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void save(Supplier<Optional<SweepSummary>> part, OptionalInt exitCode) throws FileFailure {
        long bytes;
        long checksum;
        Ledger.Snapshot done;
        synchronized (output) {
            bytes = output.length();
            checksum = output.checksum();
            done = beginning.ledger().orElseThrow().snapshot();
        }
        // After the ledger: packets of what stands there have been counted by now.
        SweepPast past = part.get().map(beginning.past()::plus).orElse(beginning.past());
        output.force();
        store.save(CheckpointText.of(
                new Checkpoint(identity, command, Version.text(), bytes, checksum, done, past, exitCode)));
    }
}
