package io.github.nettyping.cli.progress;

import picocli.CommandLine.Option;

/** Whether progress is shown. To be mixed into a command; confined to its thread. */
public final class ProgressOption {

    public enum When {
        /** If standard error is a terminal. */
        TERMINAL,
        ALWAYS,
        NEVER
    }

    @Option(
            names = "--progress",
            description = "Show progress as a line a second on standard error, even if that is no terminal.")
    private boolean always;

    @Option(names = "--no-progress", description = "Show no progress, not even on a terminal.")
    private boolean never;

    public When when() {
        if (always && never) {
            throw new IllegalArgumentException("--progress and --no-progress contradict each other; name one of them");
        }
        if (always) {
            return When.ALWAYS;
        }
        return never ? When.NEVER : When.TERMINAL;
    }
}
