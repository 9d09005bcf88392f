package io.github.nettyping.internal.linux.netlink;

/** Constants of {@code linux/if_link.h}: attributes of a network device. rtnetlink(7). */
public final class IfLinkHeader {

    /** Its name. */
    public static final int IFLA_IFNAME = 3;

    private IfLinkHeader() {}
}
