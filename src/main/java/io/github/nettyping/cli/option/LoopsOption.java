package io.github.nettyping.cli.option;

import picocli.CommandLine.Option;

/** How many event loops do the work. To be mixed into a command; confined to its thread. */
@SuppressWarnings("NullAway.Init")
public // picocli sets what has a default.
final class LoopsOption {

    @Option(
            names = "--loops",
            paramLabel = "N",
            converter = OptionTypes.Loops.class,
            description = "Use N event loops, each a thread with sockets of its own; more than there are"
                    + " processors make nothing faster (default: ${DEFAULT-VALUE}).")
    private int loops = 1;

    public int loops() {
        return loops;
    }
}
