package io.github.nettyping.cli.format;

import io.github.nettyping.probe.ProbeOutcome;
import org.jspecify.annotations.Nullable;

/** How one result is printed. Confined to the event loop. */
@FunctionalInterface
public interface ResultFormat {

    /** The formats by the names the command line has for them. */
    enum Name {
        TEXT,
        JSONL,
        CSV
    }

    /** Appends the lines of one result; {@code name} is that of the host, as far as it has one. */
    void write(ProbeOutcome outcome, @Nullable String name);
}
