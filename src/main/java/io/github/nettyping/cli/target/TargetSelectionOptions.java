package io.github.nettyping.cli.target;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who of those that are named is asked. To be mixed into a command; confined to its thread. */
public final class TargetSelectionOptions {

    @Option(
            names = "--all-ips",
            description = "Ask every address of a host name, not only the first; with -4 or -6, all of that family.")
    private boolean allIps;

    @Mixin
    private ExcludeOptions excludes = new ExcludeOptions();

    public TargetSelection selection(TargetSelection.Groups groups) {
        return new TargetSelection(excludes.excludes(), groups, allIps);
    }
}
