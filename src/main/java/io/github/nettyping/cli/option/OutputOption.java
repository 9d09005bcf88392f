package io.github.nettyping.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go. To be mixed into a command; confined to its thread. */
public final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OptionTypes.FileName.class,
            description = "Write results to FILE instead of standard output; FILE is emptied first.")
    private @Nullable Path output;

    public Optional<Path> file() {
        return Optional.ofNullable(output);
    }
}
