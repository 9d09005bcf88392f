package io.github.nettyping.internal.linux;

/** Constants of {@code netinet/in.h} and {@code linux/in6.h}. */
public final class InHeader {

    /** Level of the IPv4 options. ip(7). */
    public static final int IPPROTO_IP = 0;
    /** ICMP. RFC 792. */
    public static final int IPPROTO_ICMP = 1;
    /** Level of the IPv6 options. ipv6(7). */
    public static final int IPPROTO_IPV6 = 41;
    /** ICMPv6. RFC 4443. */
    public static final int IPPROTO_ICMPV6 = 58;

    /** Type of service of outgoing packets. ip(7). */
    public static final int IP_TOS = 1;
    /** Time to live of outgoing packets; type of the control message with that of a received one. ip(7). */
    public static final int IP_TTL = 2;
    /** Path MTU discovery of outgoing packets, one of {@code IP_PMTUDISC_*}. ip(7). */
    public static final int IP_MTU_DISCOVER = 10;
    /** Sets "don't fragment" and takes no notice of the known path MTU. ip(7). */
    public static final int IP_PMTUDISC_PROBE = 3;
    /** Queues ICMP errors on the socket; type of the control message that carries one. ip(7). */
    public static final int IP_RECVERR = 11;
    /** Passes the time to live of a received packet as a control message. ip(7). */
    public static final int IP_RECVTTL = 12;

    /** As {@link #IP_MTU_DISCOVER} for IPv6. ipv6(7). */
    public static final int IPV6_MTU_DISCOVER = 23;
    /** As {@link #IP_RECVERR} for IPv6. ipv6(7). */
    public static final int IPV6_RECVERR = 25;
    /** Passes the hop limit of a received packet as a control message. RFC 3542, section 6.3. */
    public static final int IPV6_RECVHOPLIMIT = 51;
    /** Type of the control message with the hop limit of a received packet. RFC 3542, section 6.3. */
    public static final int IPV6_HOPLIMIT = 52;
    /** Traffic class of outgoing packets. RFC 3542, section 6.5. */
    public static final int IPV6_TCLASS = 67;

    private InHeader() {}
}
