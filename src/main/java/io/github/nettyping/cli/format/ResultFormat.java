package io.github.nettyping.cli.format;

import io.github.nettyping.probe.ProbeOutcome;

/** How one result is printed. Confined to the event loop. */
@FunctionalInterface
public interface ResultFormat {

    /** The formats by the names the command line has for them. */
    enum Name {
        TEXT,
        JSONL,
        CSV
    }

    /** Appends the lines of one result. */
    void write(ProbeOutcome outcome);
}
