package io.github.nettyping.cli.target;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Who is left out. To be mixed into a command; confined to its thread. */
public final class ExcludeOptions {

    @Option(
            names = "--exclude",
            paramLabel = "TARGET",
            description = "Exclude these addresses, whichever target names them; a prefix means all of its"
                    + " addresses, and so does a host name. May be given several times.")
    private List<String> excludes = new ArrayList<>();

    @Option(
            names = "--exclude-file",
            paramLabel = "FILE",
            description = "Exclude the targets listed in FILE (first word of each line); - is standard input.")
    private List<String> excludeFiles = new ArrayList<>();

    @Option(
            names = "--exclude-reserved",
            description = "Exclude private, loopback, link-local, multicast and other addresses that the"
                    + " internet does not reach, by IANA's registries.")
    private boolean excludeReserved;

    public Excludes excludes() {
        return new Excludes(excludes, excludeFiles, excludeReserved);
    }
}
