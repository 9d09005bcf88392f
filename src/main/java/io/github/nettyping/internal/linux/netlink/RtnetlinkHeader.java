package io.github.nettyping.internal.linux.netlink;

/** Constants of {@code linux/rtnetlink.h}. */
public final class RtnetlinkHeader {

    /** A network device. rtnetlink(7). */
    public static final int RTM_NEWLINK = 16;
    /** Asks for network devices. rtnetlink(7). */
    public static final int RTM_GETLINK = 18;
    /** A route. rtnetlink(7). */
    public static final int RTM_NEWROUTE = 24;
    /** Asks for routes. rtnetlink(7). */
    public static final int RTM_GETROUTE = 26;
    /** An entry of the neighbour table. rtnetlink(7). */
    public static final int RTM_NEWNEIGH = 28;
    /** Asks for the neighbour table. rtnetlink(7). */
    public static final int RTM_GETNEIGH = 30;
    /** A rule that chooses a routing table. rtnetlink(7). */
    public static final int RTM_NEWRULE = 32;
    /** Asks for rules. rtnetlink(7). */
    public static final int RTM_GETRULE = 34;

    /** The route is one the kernel made for a destination, not one of a table. rtnetlink(7). */
    public static final int RTM_F_CLONED = 0x200;

    /** Those who are told when a network device changes. rtnetlink(7). */
    public static final int RTMGRP_LINK = 1;

    /** Devices without their counters of packets. {@code linux/rtnetlink.h}. */
    public static final int RTEXT_FILTER_SKIP_STATS = 8;

    /** To a gateway or straight to the destination. rtnetlink(7). */
    public static final int RTN_UNICAST = 1;
    /** To this host. rtnetlink(7). */
    public static final int RTN_LOCAL = 2;
    /** To all hosts of a link, sent as a broadcast. rtnetlink(7). */
    public static final int RTN_BROADCAST = 3;
    /** To this host as one of several. rtnetlink(7). */
    public static final int RTN_ANYCAST = 4;
    /** To a group. rtnetlink(7). */
    public static final int RTN_MULTICAST = 5;
    /** Dropped in silence. rtnetlink(7). */
    public static final int RTN_BLACKHOLE = 6;
    /** Refused as unreachable. rtnetlink(7). */
    public static final int RTN_UNREACHABLE = 7;
    /** Refused as prohibited. rtnetlink(7). */
    public static final int RTN_PROHIBIT = 8;
    /** Left to the next table. rtnetlink(7). */
    public static final int RTN_THROW = 9;

    /** The table asked after the main one, commonly empty. rtnetlink(7). */
    public static final int RT_TABLE_DEFAULT = 253;
    /** The table that users fill. rtnetlink(7). */
    public static final int RT_TABLE_MAIN = 254;
    /** The addresses of this host; kept by the kernel. rtnetlink(7). */
    public static final int RT_TABLE_LOCAL = 255;

    /** Destination of a route. rtnetlink(7). */
    public static final int RTA_DST = 1;
    /** Index of the device a route leaves by. rtnetlink(7). */
    public static final int RTA_OIF = 4;
    /** Address of a gateway, of the route's own family. rtnetlink(7). */
    public static final int RTA_GATEWAY = 5;
    /** Metric of a route: the least wins. rtnetlink(7). */
    public static final int RTA_PRIORITY = 6;
    /** Several next hops, {@code struct rtnexthop} each. rtnetlink(7). */
    public static final int RTA_MULTIPATH = 9;
    /** Mark of the packets, which rules may look at. */
    public static final int RTA_MARK = 16;
    /** Number of a table, also one above 255. rtnetlink(7). */
    public static final int RTA_TABLE = 15;
    /** Address of a gateway of another family. rtnetlink(7). */
    public static final int RTA_VIA = 18;
    /** What packets are wrapped into: they go to the other end of a tunnel. */
    public static final int RTA_ENCAP = 22;
    /** Number of a next hop that is kept apart from its routes. */
    public static final int RTA_NH_ID = 30;

    /** The device of a next hop is down. */
    public static final int RTNH_F_DEAD = 1;

    private RtnetlinkHeader() {}
}
