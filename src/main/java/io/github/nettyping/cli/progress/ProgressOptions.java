package io.github.nettyping.cli.progress;

import picocli.CommandLine.Option;

/** Whether progress is shown. To be mixed into a command; confined to its thread. */
public final class ProgressOptions {

    @Option(
            names = "--progress",
            description = "Show progress on standard error, even if that is no terminal (then as a line a second), or"
                    + " if standard output is a pipe.")
    private boolean wanted;

    @Option(names = "--no-progress", description = "Show no progress, not even on a terminal.")
    private boolean unwanted;

    /** Returns where it is shown; throws {@link IllegalArgumentException} if they contradict each other. */
    public ProgressPlace place() {
        if (wanted && unwanted) {
            throw new IllegalArgumentException("--progress and --no-progress contradict each other; name one of them");
        }
        return ProgressPlace.of(wanted, unwanted);
    }
}
