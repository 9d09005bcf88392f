package io.github.nettyping.cli.option;

import picocli.CommandLine.Option;

/** How many probes may wait for replies at once. To be mixed into a command; confined to its thread. */
public final class InFlightOption {

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            converter = OptionTypes.InFlight.class,
            description = "Let at most N probes wait for replies at once, or as many as the receive buffer can"
                    + " hold (default: ${DEFAULT-VALUE}).")
    private int most = 65_536;

    public int most() {
        return most;
    }
}
