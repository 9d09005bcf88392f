package io.github.nettyping.cli.ping;

import io.github.nettyping.packet.IpAddress;
import java.util.Optional;

/**
 * What the kernel says of the way to a host. Immutable.
 *
 * @param source  the address of this machine that packets come from, if it is known
 * @param refusal why there is no way, in the words of ping(8); then the host does not answer
 * @param barred  whether it is not asked at all for that reason
 * @param group   whether several hosts may answer
 */
record PingRoute(
        Optional<IpAddress> source, Optional<String> refusal, boolean barred, boolean group, Optional<String> warning) {

    /** A way about which nothing is known but whether several hosts may be at its end. */
    static PingRoute unknown(boolean group) {
        return new PingRoute(Optional.empty(), Optional.empty(), false, group, Optional.empty());
    }

    static PingRoute from(IpAddress source, boolean group) {
        return new PingRoute(Optional.of(source), Optional.empty(), false, group, Optional.empty());
    }

    static PingRoute refused(String refusal, boolean group) {
        return new PingRoute(Optional.empty(), Optional.of(refusal), false, group, Optional.empty());
    }

    static PingRoute barred(String refusal) {
        return new PingRoute(Optional.empty(), Optional.of(refusal), true, false, Optional.empty());
    }

    PingRoute warning(String text) {
        return new PingRoute(source, refusal, barred, group, Optional.of(text));
    }
}
