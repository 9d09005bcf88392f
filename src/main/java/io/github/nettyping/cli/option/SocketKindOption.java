package io.github.nettyping.cli.option;

import io.github.nettyping.channel.SocketPolicy;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Option;

/** Which kinds of socket will do. To be mixed into a command; confined to its thread. */
public final class SocketKindOption {

    @Option(
            names = "--socket",
            paramLabel = "KINDS",
            defaultValue = "auto",
            converter = OptionTypes.Sockets.class,
            completionCandidates = Values.class,
            description = "Use ping sockets (dgram) or raw ones (raw), or both in order of preference:"
                    + " dgram,raw or raw,dgram; auto is dgram,raw (default: ${DEFAULT-VALUE}).")
    private SocketPolicy policy = SocketPolicy.DGRAM_RAW;

    static final class Values implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("auto", "dgram", "raw", "dgram,raw", "raw,dgram").iterator();
        }
    }

    public SocketPolicy policy() {
        return policy;
    }
}
