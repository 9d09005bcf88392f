package io.github.nettyping.packet;

/**
 * The four kinds of ICMP socket Linux offers, and every way in which they differ. Immutable.
 *
 * <table class="striped">
 * <caption>What the kernel does</caption>
 * <thead><tr><th scope="col">kind</th><th scope="col">needs</th><th scope="col">identifier chosen by</th>
 * <th scope="col">checksum written by</th><th scope="col">delivers the IP header</th>
 * <th scope="col">delivers</th></tr></thead>
 * <tbody>
 * <tr><th scope="row">{@link #IPV4_DGRAM}</th><td>{@code net.ipv4.ping_group_range}</td><td>kernel</td>
 * <td>kernel</td><td>no</td><td>own echo replies</td></tr>
 * <tr><th scope="row">{@link #IPV4_RAW}</th><td>{@code CAP_NET_RAW}</td><td>sender</td><td>sender</td>
 * <td>yes</td><td>a copy of every ICMP packet, before its checksum is verified</td></tr>
 * <tr><th scope="row">{@link #IPV6_DGRAM}</th><td>{@code net.ipv4.ping_group_range}</td><td>kernel</td>
 * <td>kernel</td><td>no</td><td>own echo replies</td></tr>
 * <tr><th scope="row">{@link #IPV6_RAW}</th><td>{@code CAP_NET_RAW}</td><td>sender</td><td>kernel</td>
 * <td>no</td><td>a copy of every ICMPv6 packet, checksum verified</td></tr>
 * </tbody></table>
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/icmp.7.html">icmp(7)</a>, raw(7)
 */
public enum SocketKind {
    /** Unprivileged IPv4 ping socket: {@code socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)}. */
    IPV4_DGRAM(IpFamily.IPV4, false),
    /** IPv4 raw socket: {@code socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)}. */
    IPV4_RAW(IpFamily.IPV4, true),
    /** Unprivileged IPv6 ping socket: {@code socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6)}. */
    IPV6_DGRAM(IpFamily.IPV6, false),
    /** IPv6 raw socket: {@code socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6)}. */
    IPV6_RAW(IpFamily.IPV6, true);

    private final IpFamily family;
    private final boolean raw;

    SocketKind(IpFamily family, boolean raw) {
        this.family = family;
        this.raw = raw;
    }

    /**
     * {@return the kind for a family and a privilege}
     *
     * @param family the address family
     * @param raw    whether a raw socket is meant, rather than a ping socket
     */
    public static SocketKind of(IpFamily family, boolean raw) {
        if (family == IpFamily.IPV4) {
            return raw ? IPV4_RAW : IPV4_DGRAM;
        }
        return raw ? IPV6_RAW : IPV6_DGRAM;
    }

    /** {@return the address family of the socket and of all its peers} */
    public IpFamily family() {
        return family;
    }

    /** {@return whether it is a {@code SOCK_RAW} socket, which needs {@code CAP_NET_RAW}, and no ping socket} */
    public boolean isRaw() {
        return raw;
    }

    /**
     * {@return whether the kernel overwrites the identifier of an echo request with the socket's own, as ping sockets
     * do}
     */
    public boolean kernelSetsIdentifier() {
        return !raw;
    }

    /**
     * {@return whether the kernel writes the ICMP checksum of an outgoing message; only {@link #IPV4_RAW} leaves it to
     * the sender}
     */
    public boolean kernelWritesChecksum() {
        return this != IPV4_RAW;
    }

    /**
     * {@return whether the kernel has verified the checksum of what it delivers} Where it has, a packet with a bad one
     * never arrives; on {@link #IPV4_RAW} the copy is made before the kernel looks.
     */
    public boolean kernelVerifiesChecksum() {
        return this != IPV4_RAW;
    }

    /** {@return whether a received packet begins with the IPv4 header, rather than the ICMP header} */
    public boolean deliversIpHeader() {
        return this == IPV4_RAW;
    }
}
