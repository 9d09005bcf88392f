package io.github.nettyping.packet;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of a socket's error queue: {@code struct sock_extended_err} of {@code linux/errqueue.h}. Immutable.
 *
 * @param errno    the error the kernel makes of it
 * @param origin   who found the error
 * @param type     ICMP type, 0 to 255, if the origin is ICMP
 * @param code     ICMP code, 0 to 255, if the origin is ICMP
 * @param info     {@code ee_info}: the MTU of the next hop for "fragmentation needed" and "packet too big"
 * @param offender the node that reported the error, if it is known
 * @param extensionsOffset bytes from the start of what is quoted to the extension structure of RFC 4884 behind it,
 *                         {@code ee_rfc4884.len}, whether the kernel finds that valid or not; empty if the kernel tells
 *                         none
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7), IP_RECVERR</a>
 */
public record QueuedError(
        int errno,
        Origin origin,
        int type,
        int code,
        int info,
        Optional<IpAddress> offender,
        OptionalInt extensionsOffset) {

    /**
     * Makes an entry of which the kernel tells no extensions.
     *
     * @param errno    the error the kernel makes of it
     * @param origin   who found the error
     * @param type     ICMP type
     * @param code     ICMP code
     * @param info     {@code ee_info}
     * @param offender the node that reported the error
     */
    public QueuedError(int errno, Origin origin, int type, int code, int info, Optional<IpAddress> offender) {
        this(errno, origin, type, code, info, offender, OptionalInt.empty());
    }

    /** Who found an error: {@code ee_origin}. */
    public enum Origin {
        /** This host, before the packet left it. */
        LOCAL,
        /** A node of the network, by ICMP (IPv4). */
        ICMP,
        /** A node of the network, by ICMPv6. */
        ICMPV6,
        /** Anything else. */
        OTHER
    }
}
