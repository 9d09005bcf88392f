package io.github.nettyping.cli.output;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wish of a user or a supervisor to end early: SIGINT or SIGTERM. The first signal asks for an orderly end, a second
 * one ends the process where it stands. Safe for use by many threads.
 */
public final class Interruption {

    private final Runnable onFirst;
    private final AtomicReference<@Nullable ExitCode> first = new AtomicReference<>();

    /** Prepares for signals; {@code onFirst} runs on a thread of its own. */
    public Interruption(Runnable onFirst) {
        this.onFirst = onFirst;
    }

    /** Takes the signals over from the JVM, for the rest of the process's life. */
    public void install() {
        Signals.handle("INT", () -> onSignal(ExitCode.INTERRUPTED));
        Signals.handle("TERM", () -> onSignal(ExitCode.TERMINATED));
    }

    /** Returns the exit code of the first signal, {@link ExitCode#OK} if there was none. */
    public ExitCode exitCode() {
        ExitCode code = first.get();
        return code == null ? ExitCode.OK : code;
    }

    private void onSignal(ExitCode code) {
        if (first.compareAndSet(null, code)) {
            onFirst.run();
        } else {
            Runtime.getRuntime().halt(code.code());
        }
    }
}
