package io.github.nettyping.cli.output;

import io.github.nettyping.internal.VisibleText;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The wish of a user or a supervisor to end early: SIGINT, SIGTERM or SIGHUP. The first signal asks for an orderly end, which it
 * gets within a second or, if an output is blocked, a disorderly one; a second signal ends the process where it stands. Safe
 * for use by many threads.
 */
public final class Interruption {

    private static final int STANDARD_OUTPUT = 1;

    /** A signal to a whole pipeline may reach the reader of our output before us. */
    private static final long SAME_SIGNAL_MILLIS = 300;

    /** So long at least the reader of a pipe has to end by the signal that ends this program, too. */
    private static final long READER_ENDS_MILLIS = 150;

    private static final long STEP_MILLIS = 5;
    private static final long ORDERLY_END_MILLIS = 700;
    private static final long POLL_MILLIS = 20;
    private static final long LAST_WORDS_MILLIS = 100;

    private final Runnable onFirst;
    private final CompletableFuture<ExitCode> first = new CompletableFuture<>();
    private volatile Supplier<String> lastWords = () -> "";

    /** Prepares for signals; {@code onFirst} runs on a thread of its own. */
    public Interruption(Runnable onFirst) {
        this.onFirst = onFirst;
    }

    /** Takes the signals over from the JVM, for the rest of the process's life. One that was ignored at first stays so. */
    public void install() {
        Signals.handle("INT", () -> onSignal(ExitCode.INTERRUPTED));
        Signals.handle("TERM", () -> onSignal(ExitCode.TERMINATED));
        Signals.handle("HUP", () -> onSignal(ExitCode.HUNG_UP));
    }

    /** The same, but that SIGHUP ends nothing and runs this, on a thread of its own. */
    public void install(Runnable onHangUp) {
        install();
        Signals.handle("HUP", onHangUp);
    }

    /**
     * Returns the exit code of the first signal, {@link ExitCode#OK} if there was none. Once a reader has turned out to have had
     * enough, it stays {@link ExitCode#READER_GONE}.
     */
    public ExitCode exitCode() {
        return first.getNow(ExitCode.OK);
    }

    /** Tells whether a signal has come; not if a reader had enough before. */
    public boolean isSignalled() {
        return exitCode() != ExitCode.OK && exitCode() != ExitCode.READER_GONE;
    }

    /** From now on this is what can be said if the end is a disorderly one, whole lines; for any thread. */
    public void lastWords(Supplier<String> words) {
        lastWords = words;
    }

    /**
     * Returns why an output failed, unless its reader went by the same signal that ends this program: then it is no reader that
     * had enough. Waits a moment for that signal.
     */
    public <T extends Throwable> Optional<T> unlessBySignal(Optional<T> failure) {
        if (failure.isEmpty() || !StandardOutput.isReaderGone(failure.get())) {
            return failure;
        }
        pause(SAME_SIGNAL_MILLIS, first::isDone);
        // What comes later does not change the end any more: either there is a summary and the code of a signal, or
        // neither.
        first.complete(ExitCode.READER_GONE);
        return isSignalled() ? Optional.empty() : failure;
    }

    /**
     * After a signal, waits for a moment unless standard output is a terminal. What is written to a pipe while its reader is about
     * to end by the same signal would be lost, and nothing would tell.
     */
    public void letReaderEnd() {
        if (isSignalled() && !Terminal.is(STANDARD_OUTPUT)) {
            pause(READER_ENDS_MILLIS, () -> false);
        }
    }

    /**
     * Waits in small steps: on a machine so busy that each of them takes longer, a signal takes longer to get from the kernel
     * through the JVM's threads, and other programs to end.
     */
    private static void pause(long millis, BooleanSupplier over) {
        for (long passed = 0; passed < millis && !over.getAsBoolean(); passed += STEP_MILLIS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS));
        }
    }

    /** Does what control-C does, for a terminal in a mode in which that is a key. From any thread. */
    public void interrupt() {
        new Thread(() -> onSignal(ExitCode.INTERRUPTED), "SIGINT by key").start();
    }

    /** Takes a signal; returns whether it is the first. */
    boolean take(ExitCode code) {
        return first.complete(code);
    }

    private void onSignal(ExitCode code) {
        if (!take(code)) {
            Runtime.getRuntime().halt(exitCode().code());
        }
        try {
            onFirst.run();
        } catch (RejectedExecutionException e) {
            // Its event loop has ended already, and the process is about to.
        }
        try {
            endIfBlocked(code);
        } catch (InterruptedException e) {
            Runtime.getRuntime().halt(code.code());
        }
    }

    /** The process ends, and this thread with it, or an output is blocked. */
    private void endIfBlocked(ExitCode code) throws InterruptedException {
        Thread.sleep(ORDERLY_END_MILLIS);
        Optional<String> blocked = Blockable.now();
        while (blocked.isEmpty()) {
            Thread.sleep(POLL_MILLIS);
            blocked = Blockable.now();
        }
        String line = "nettyping: ended by a signal while " + VisibleText.of(blocked.get())
                + " was blocked; what it had not taken is lost\n";
        // Standard error may be blocked, too.
        Thread speaker = new Thread(() -> {
            System.err.print(line + lastWords.get());
            System.err.flush();
        });
        speaker.setDaemon(true);
        speaker.start();
        speaker.join(LAST_WORDS_MILLIS);
        Runtime.getRuntime().halt(code.code());
    }
}
