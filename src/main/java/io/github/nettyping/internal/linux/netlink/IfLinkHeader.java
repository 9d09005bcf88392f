package io.github.nettyping.internal.linux.netlink;

/** Constants of {@code linux/if_link.h}: attributes of a network device. rtnetlink(7). */
public final class IfLinkHeader {

    /** Its name. */
    public static final int IFLA_IFNAME = 3;
    /** Longest packet it carries. */
    public static final int IFLA_MTU = 4;
    /** Its state by RFC 2863, {@code IF_OPER_*}. */
    public static final int IFLA_OPERSTATE = 16;
    /** What the asker wants to be told, {@code RTEXT_FILTER_*}. */
    public static final int IFLA_EXT_MASK = 29;
    /** Whether there is a carrier. */
    public static final int IFLA_CARRIER = 33;
    /** How often the carrier came or went. */
    public static final int IFLA_CARRIER_CHANGES = 35;
    /** How often the carrier came; since Linux 4.16. */
    public static final int IFLA_CARRIER_UP_COUNT = 47;
    /** How often the carrier went; since Linux 4.16. */
    public static final int IFLA_CARRIER_DOWN_COUNT = 48;

    private IfLinkHeader() {}
}
