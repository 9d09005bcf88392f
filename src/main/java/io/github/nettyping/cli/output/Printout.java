package io.github.nettyping.cli.output;

import io.github.nettyping.channel.IcmpEventLoops;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** A text that is complete, on its way to standard output. Stateless. */
public final class Printout {

    private Printout() {}

    /**
     * Prints a text for which no socket was needed. Where Netty's native library does not load, a closed pipe cannot be told
     * from a full disk; everything else is the same.
     *
     * @return what became of it
     */
    public static ExitCode print(CommandSpec spec, String text) {
        try {
            load();
        } catch (UnsupportedOperationException e) {
            spec.commandLine().getOut().print(text);
            return ExitCode.OK;
        }
        return print(text, spec.commandLine().getErr());
    }

    /** Loads Netty's native library, or throws {@link UnsupportedOperationException}. */
    public static void load() {
        // Netty does it with its loops.
        IcmpEventLoops.newGroup(1, "print").shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Prints a text, and returns what became of it. Netty's native library must be loaded. */
    public static ExitCode print(String text, PrintWriter err) {
        Output output = new Output(new StandardOutput(), flush -> {}, () -> {});
        output.append(text);
        output.flush();
        Optional<IOException> failure = output.failure();
        return failure.isEmpty() ? ExitCode.OK : Complaints.failed(err, failure.get());
    }
}
