package io.github.nettyping.internal.linux;

/** Constants of {@code netinet/in.h}, {@code linux/in.h} and {@code linux/in6.h}. */
public final class InHeader {

    /** Level of the IPv4 options. ip(7). */
    public static final int IPPROTO_IP = 0;
    /** ICMP. RFC 792. */
    public static final int IPPROTO_ICMP = 1;
    /** Level of the IPv6 options. ipv6(7). */
    public static final int IPPROTO_IPV6 = 41;
    /** ICMPv6. RFC 4443. */
    public static final int IPPROTO_ICMPV6 = 58;

    /** Type of service of outgoing packets; type of the control message with that of one packet. ip(7). */
    public static final int IP_TOS = 1;
    /** Time to live of outgoing packets; type of the control message with that of one packet. ip(7). */
    public static final int IP_TTL = 2;
    /** The sender writes the IP header too. raw(7). */
    public static final int IP_HDRINCL = 3;
    /** The options of the IPv4 header of outgoing packets. ip(7). */
    public static final int IP_OPTIONS = 4;
    /** Passes the options of a received packet's IPv4 header as a control message; type of that message. ip(7). */
    public static final int IP_RECVOPTS = 6;
    /**
     * Passes destination and interface of a received packet as a control message; type of that message, and of the one
     * with source and interface of a packet to be sent. ip(7).
     */
    public static final int IP_PKTINFO = 8;
    /** Path MTU discovery of outgoing packets, one of {@code IP_PMTUDISC_*}. ip(7). */
    public static final int IP_MTU_DISCOVER = 10;
    /** Never sets "don't fragment". ip(7). */
    public static final int IP_PMTUDISC_DONT = 0;
    /** Sets it, and fragments what is longer than the known path MTU. ip(7). */
    public static final int IP_PMTUDISC_WANT = 1;
    /** Sets it, and refuses what is longer than the known path MTU. ip(7). */
    public static final int IP_PMTUDISC_DO = 2;
    /** Sets it and takes no notice of the known path MTU. ip(7). */
    public static final int IP_PMTUDISC_PROBE = 3;
    /** Does not set it, takes no notice of the known path MTU, refuses what is longer than the interface's. {@code linux/in.h}. */
    public static final int IP_PMTUDISC_INTERFACE = 4;
    /** As {@link #IP_PMTUDISC_INTERFACE}, and fragments what is longer. {@code linux/in.h}. */
    public static final int IP_PMTUDISC_OMIT = 5;
    /** Queues ICMP errors on the socket; type of the control message that carries one. ip(7). */
    public static final int IP_RECVERR = 11;
    /** Passes the time to live of a received packet as a control message. ip(7). */
    public static final int IP_RECVTTL = 12;
    /** Passes the type of service of a received packet as a control message, {@link #IP_TOS}. ip(7). */
    public static final int IP_RECVTOS = 13;
    /** The path MTU that is known to a connected socket. ip(7). */
    public static final int IP_MTU = 14;
    /** Tells in a queued error where the extensions of RFC 4884 begin. {@code linux/in.h}, since Linux 5.9. */
    public static final int IP_RECVERR_RFC4884 = 26;
    /** Interface, and source, of outgoing multicast packets. ip(7). */
    public static final int IP_MULTICAST_IF = 32;
    /** Time to live of outgoing multicast packets. ip(7). */
    public static final int IP_MULTICAST_TTL = 33;
    /** Hands outgoing multicast packets to this host too. ip(7). */
    public static final int IP_MULTICAST_LOOP = 34;

    /** Type of the control message with the flow label of a packet to be sent. {@code linux/in6.h}. */
    public static final int IPV6_FLOWINFO = 11;
    /** Hop limit of outgoing unicast packets. ipv6(7). */
    public static final int IPV6_UNICAST_HOPS = 16;
    /** Interface of outgoing multicast packets. ipv6(7). */
    public static final int IPV6_MULTICAST_IF = 17;
    /** Hop limit of outgoing multicast packets. ipv6(7). */
    public static final int IPV6_MULTICAST_HOPS = 18;
    /** As {@link #IP_MULTICAST_LOOP} for IPv6. ipv6(7). */
    public static final int IPV6_MULTICAST_LOOP = 19;
    /** As {@link #IP_MTU_DISCOVER} for IPv6. ipv6(7). */
    public static final int IPV6_MTU_DISCOVER = 23;
    /** As {@link #IP_MTU} for IPv6. ipv6(7). */
    public static final int IPV6_MTU = 24;
    /** As {@link #IP_RECVERR} for IPv6. ipv6(7). */
    public static final int IPV6_RECVERR = 25;
    /** As {@link #IP_RECVERR_RFC4884} for IPv6. {@code linux/in6.h}, since Linux 5.9. */
    public static final int IPV6_RECVERR_RFC4884 = 31;
    /** Sends the flow label in the destination's {@code sin6_flowinfo}. {@code linux/in6.h}. */
    public static final int IPV6_FLOWINFO_SEND = 33;
    /** Passes destination and interface of a received packet as a control message. RFC 3542, section 6.2. */
    public static final int IPV6_RECVPKTINFO = 49;
    /** Type of that message, and of the one with source and interface of a packet to be sent. RFC 3542, section 6.2. */
    public static final int IPV6_PKTINFO = 50;
    /** Passes the hop limit of a received packet as a control message. RFC 3542, section 6.3. */
    public static final int IPV6_RECVHOPLIMIT = 51;
    /** Type of the control message with the hop limit of one packet. RFC 3542, section 6.3. */
    public static final int IPV6_HOPLIMIT = 52;
    /** Type of the control message that forbids to fragment a packet to be sent. RFC 3542, section 11.2. */
    public static final int IPV6_DONTFRAG = 62;
    /** Passes the traffic class of a received packet as a control message. RFC 3542, section 6.5. */
    public static final int IPV6_RECVTCLASS = 66;
    /** Traffic class of outgoing packets; type of the control message with that of one packet. RFC 3542, section 6.5. */
    public static final int IPV6_TCLASS = 67;
    /** Lets the kernel choose flow labels. {@code linux/in6.h}. */
    public static final int IPV6_AUTOFLOWLABEL = 70;

    private InHeader() {}
}
