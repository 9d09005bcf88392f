package io.github.nettyping.packet;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Version of the Internet Protocol. Immutable. */
public enum IpFamily {
    /** IPv4, RFC 791; its control protocol is ICMP, RFC 792. */
    IPV4,
    /** IPv6, RFC 8200; its control protocol is ICMPv6, RFC 4443. */
    IPV6;

    /**
     * {@return the family of an address, {@link #IPV6} exactly for an {@link Inet6Address}}
     *
     * @param address any address
     */
    public static IpFamily of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }

    /**
     * {@return the family of an address that is no object, {@link #IPV4} for the mapped form}
     *
     * @param high bytes 0 to 7, see {@link IpAddress}
     * @param low  bytes 8 to 15
     */
    public static IpFamily of(long high, long low) {
        return IpAddress.isIpv4(high, low) ? IPV4 : IPV6;
    }
}
