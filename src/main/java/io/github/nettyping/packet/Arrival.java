package io.github.nettyping.packet;

/**
 * Where a received packet came in. Immutable.
 *
 * @param destination    the destination in its IP header: an address of this machine, or the group it was sent to
 * @param interfaceIndex the interface it came in by, 1 or more, as in {@code ip link}
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7), IP_PKTINFO</a>, RFC 3542, section 6.2
 */
public record Arrival(IpAddress destination, int interfaceIndex) {}
