package io.github.nettyping.cli.option;

import picocli.CommandLine.Option;

/** Asks for the version. To be mixed into a command; picocli does the rest. */
@SuppressWarnings("UnusedVariable") // picocli reads it itself.
public final class VersionOption {

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    private boolean version;
}
