package io.github.nettyping.cli.progress;

import io.github.nettyping.cli.output.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * The one line of standard error that shows the progress, and the way of results past it: on a terminal the line is erased
 * before anything else is written there. Safe for use by many threads.
 */
public final class ProgressLine implements Output.Sink {

    /** To the first column, and erase what is right of it. ECMA-48, EL; all terminals of today have it. */
    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final IntSupplier columns;
    private final Output.Sink results;
    private boolean drawn;
    private boolean ended;

    /**
     * Creates a line that is not shown yet.
     *
     * @param terminal whether that is a terminal, so that the line can be drawn over itself
     * @param columns  the width of that; asked each time, for windows change
     * @param results  where results go that pass by here
     */
    public ProgressLine(PrintWriter err, boolean terminal, IntSupplier columns, Output.Sink results) {
        this.err = err;
        this.terminal = terminal;
        this.columns = columns;
        this.results = results;
    }

    /** Draws the line, which is text for a width, over the one that is there; elsewhere than on a terminal, writes another line. */
    synchronized void show(IntFunction<String> text) {
        if (ended) {
            return;
        }
        if (terminal) {
            // Not into the last column: some terminals go to the next line then.
            err.print(ERASE + text.apply(columns.getAsInt() - 1));
            drawn = true;
        } else {
            err.print(text.apply(Integer.MAX_VALUE) + '\n');
        }
        err.flush();
    }

    /** Writes something else to standard error, or to the terminal; nothing once it has ended. */
    public synchronized void aside(Runnable print) {
        if (!ended) {
            erase();
            print.run();
        }
    }

    /** Erases the line, for good. */
    public synchronized void end() {
        erase();
        ended = true;
    }

    private void erase() {
        if (drawn) {
            drawn = false;
            err.print(ERASE);
            err.flush();
        }
    }

    /** Writes results. {@link Output} holds this line until all of them are written, so that it is not drawn between. */
    @Override
    public synchronized int write(ByteBuffer bytes, int position, int limit) throws IOException {
        erase();
        return results.write(bytes, position, limit);
    }
}
