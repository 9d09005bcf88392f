package io.github.nettyping.channel;

import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import java.util.List;

/**
 * Which kinds of ICMP socket to use, in order of preference. Immutable.
 *
 * <p>A ping socket (DGRAM) needs no privilege where {@code net.ipv4.ping_group_range} admits the caller, and the kernel
 * gives it only its own replies, so several do not disturb each other. A raw socket needs {@code CAP_NET_RAW} and sees
 * every ICMP packet of the machine before its filter drops it.
 */
public enum SocketPolicy {
    /** Ping sockets only. */
    DGRAM,
    /** Raw sockets only. */
    RAW,
    /** A ping socket, or a raw one where that is refused. */
    DGRAM_RAW,
    /** A raw socket, or a ping socket where that is refused. */
    RAW_DGRAM;

    /**
     * {@return the one or two kinds this policy tries for a family, the preferred one first}
     *
     * @param family the address family
     */
    public List<SocketKind> kinds(IpFamily family) {
        SocketKind dgram = SocketKind.of(family, false);
        SocketKind raw = SocketKind.of(family, true);
        return switch (this) {
            case DGRAM -> List.of(dgram);
            case RAW -> List.of(raw);
            case DGRAM_RAW -> List.of(dgram, raw);
            case RAW_DGRAM -> List.of(raw, dgram);
        };
    }
}
