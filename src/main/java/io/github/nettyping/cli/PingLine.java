package io.github.nettyping.cli;

import io.github.nettyping.packet.IpAddress;
import java.util.Optional;

/**
 * A line of text that may name a host in its midst: the name is looked up while the line waits. Immutable.
 *
 * @param before what stands before the host, or the whole line
 * @param host   whom it names
 * @param after  what stands behind the host
 */
record PingLine(String before, Optional<IpAddress> host, String after) {

    static PingLine of(String line) {
        return new PingLine(line, Optional.empty(), "");
    }

    static PingLine naming(String before, IpAddress host, String after) {
        return new PingLine(before, Optional.of(host), after);
    }
}
