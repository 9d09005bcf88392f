package io.github.nettyping.cli.option;

import io.github.nettyping.cli.target.TargetArguments;
import io.github.nettyping.cli.target.TargetSelection;
import io.github.nettyping.cli.target.TargetSelectionOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who is asked, beside those whom the words of a command line name. To be mixed into a command; confined to its thread. */
public final class TargetOptions {

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "Ask also the targets listed in FILE (first word of each line); - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--all-addresses", description = "Ask network and broadcast address of IPv4 prefixes too.")
    private boolean allAddresses;

    @Mixin
    private TargetSelectionOptions selection = new TargetSelectionOptions();

    /** Does what {@code --all-addresses} does. */
    public void askAllAddresses() {
        allAddresses = true;
    }

    /** Returns them together with the words of a command line. */
    public TargetArguments with(List<String> words, TargetSelection.Groups groups) {
        return new TargetArguments(words, files, allAddresses, selection.selection(groups));
    }
}
