package io.github.nettyping.internal.linux.netlink;

/** Constants of {@code linux/netlink.h}. */
public final class NetlinkHeader {

    /** Routes, links, neighbours and rules. netlink(7). */
    public static final int NETLINK_ROUTE = 0;

    /** The message asks for something. netlink(7). */
    public static final int NLM_F_REQUEST = 0x01;
    /** Something changed while it was told: parts may be missing or told twice. netlink(7). */
    public static final int NLM_F_DUMP_INTR = 0x10;
    /** All there is of a kind. netlink(7). */
    public static final int NLM_F_DUMP = 0x300;

    /** Nothing. netlink(7). */
    public static final int NLMSG_NOOP = 1;
    /** An errno, negated, or 0. netlink(7). */
    public static final int NLMSG_ERROR = 2;
    /** The end of an answer of several parts, since Linux 3.9 with an errno, negated, or 0. netlink(7). */
    public static final int NLMSG_DONE = 3;
    /** Messages were lost. netlink(7). */
    public static final int NLMSG_OVERRUN = 4;

    /** The bits of an attribute's type that are its number: all but the two highest of 16. */
    public static final int NLA_TYPE_MASK = ~0xc000;

    private NetlinkHeader() {}
}
