package io.github.nettyping.cli.option;

import io.github.nettyping.probe.Timestamps;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose clocks round trips are measured by. To be mixed into a command; confined to its thread. */
public final class TimestampsOption {

    @Option(
            names = "--timestamps",
            paramLabel = "tx|rx|user",
            converter = OptionTypes.Clocks.class,
            description = "Measure round trips from the kernel's sending (tx) or from the system call (rx) to"
                    + " the kernel's receiving, or from the system call until the reply is read (user)"
                    + " (default: tx; sweep and bench: tx with a --rate up to 50k, else rx).")
    private @Nullable Timestamps timestamps;

    /** Returns what was given; empty for what fits best. */
    public Optional<Timestamps> timestamps() {
        return Optional.ofNullable(timestamps);
    }
}
