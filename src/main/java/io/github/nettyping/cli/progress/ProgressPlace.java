package io.github.nettyping.cli.progress;

import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.output.Terminal;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Where progress is shown. Immutable.
 *
 * @param shown    whether it is shown at all
 * @param terminal whether standard error is a terminal
 */
public record ProgressPlace(boolean shown, boolean terminal) {

    /**
     * Looks at the standard streams. By itself, progress is for a terminal, and not if another program reads the results:
     * that one may write to the same terminal.
     */
    static ProgressPlace of(boolean wanted, boolean unwanted) {
        boolean terminal = !unwanted && Terminal.is(Terminal.STANDARD_ERROR);
        return new ProgressPlace(wanted || (terminal && !Terminal.isPipe(Terminal.STANDARD_OUTPUT)), terminal);
    }

    /** Returns the line on standard error; {@code results} are those that pass by it. */
    public ProgressLine line(PrintWriter err, Output.Sink results) {
        IntSupplier columns = terminal
                ? new Terminal(Terminal.STANDARD_ERROR, Optional.ofNullable(System.getenv("COLUMNS")))
                : () -> Terminal.DEFAULT_COLUMNS;
        return new ProgressLine(err, terminal, columns, results);
    }

    /** Begins to show text in a line, if anything is to be shown. */
    public Optional<Progress> start(ProgressLine line, Supplier<IntFunction<String>> soFar) {
        if (!shown) {
            return Optional.empty();
        }
        Progress progress = new Progress(line, soFar, () -> !terminal || Terminal.isForeground());
        progress.start(terminal ? Progress.TERMINAL_MILLIS : Progress.LOG_MILLIS);
        return Optional.of(progress);
    }
}
