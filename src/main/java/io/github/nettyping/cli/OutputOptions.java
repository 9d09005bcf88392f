package io.github.nettyping.cli;

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
            description = "Write results to FILE instead of standard output; what it had is lost.")
    private @Nullable Path output;

    Optional<Path> output() {
        return Optional.ofNullable(output);
    }
}
