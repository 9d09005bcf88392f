package io.github.nettyping.cli.fping;

import io.github.nettyping.cli.output.Output;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Standard output and standard error, which may lead to one place: what is added to one is written before what is added
 * to the other afterwards. Confined to one thread at a time.
 */
final class FpingStreams {

    private final Output out;
    private final Output err;
    private Output last;

    /**
     * Creates empty ones.
     *
     * @param later     runs a task in a moment, before the caller waits for anything
     * @param onFailure called if one of them cannot be written any more
     */
    FpingStreams(Output.Sink outSink, Output.Sink errSink, Consumer<Runnable> later, Runnable onFailure) {
        this.out = new Output(outSink, later, onFailure);
        this.err = new Output(errSink, later, onFailure);
        this.last = out;
    }

    void out(CharSequence text) {
        to(out).append(text);
    }

    void err(CharSequence text) {
        to(err).append(text);
    }

    private Output to(Output output) {
        if (output != last) {
            last.flush();
            last = output;
        }
        return output;
    }

    void flush() {
        last.flush();
    }

    /** Returns why one of them takes nothing more. */
    Optional<IOException> failure() {
        return out.failure().or(err::failure);
    }
}
