package io.github.nettyping.cli.output;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The wish of a user or a supervisor to end early: SIGINT, SIGTERM or SIGHUP. The first signal asks for an orderly end, which it
 * gets within a second or, if an output is blocked, a disorderly one; a second signal ends the process where it stands. Safe
 * for use by many threads.
 */
public final class Interruption {

    /** A signal to a whole pipeline may reach the reader of our output before us. */
    private static final long SAME_SIGNAL_MILLIS = 100;

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

    /** Returns the exit code of the first signal, {@link ExitCode#OK} if there was none. */
    public ExitCode exitCode() {
        return first.getNow(ExitCode.OK);
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
        try {
            first.get(SAME_SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure;
        } catch (ExecutionException e) {
            throw new AssertionError("nobody fails it", e);
        }
    }

    private void onSignal(ExitCode code) {
        if (!first.complete(code)) {
            Runtime.getRuntime().halt(code.code());
        }
        onFirst.run();
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
        String line =
                "nettyping: ended by a signal while " + blocked.get() + " was blocked; what it had not taken is lost\n";
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
