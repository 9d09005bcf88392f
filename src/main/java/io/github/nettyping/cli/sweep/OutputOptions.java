package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.option.OptionTypes;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go. To be mixed into a command; confined to its thread. */
final class OutputOptions {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OptionTypes.FileName.class,
            description = "Write results to FILE instead of standard output; FILE is emptied first, unless"
                    + " --checkpoint continues it.")
    private @Nullable Path output;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            converter = OptionTypes.FileName.class,
            description = "Save in FILE how far the sweep has come, and continue from there if FILE exists;"
                    + " needs --output.")
    private @Nullable Path checkpoint;

    /**
     * Returns both.
     *
     * @throws IllegalArgumentException if they do not fit together
     */
    OutputChoice choice() {
        if (checkpoint == null) {
            return new OutputChoice(Optional.ofNullable(output), Optional.empty());
        }
        if (output == null) {
            throw new IllegalArgumentException("--checkpoint " + checkpoint
                    + " needs --output FILE: nobody could take back" + " what standard output has got beyond it");
        }
        if (checkpoint
                .toAbsolutePath()
                .normalize()
                .equals(output.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException("--checkpoint and --output are the same file, " + output + "; name two");
        }
        return new OutputChoice(Optional.of(output), Optional.of(checkpoint));
    }
}
