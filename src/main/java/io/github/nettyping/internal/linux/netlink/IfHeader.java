package io.github.nettyping.internal.linux.netlink;

/** Constants of {@code net/if.h}: flags of a network device. netdevice(7). */
public final class IfHeader {

    /** Leads back to this host. */
    public static final int IFF_LOOPBACK = 0x8;
    /** Has one other end. */
    public static final int IFF_POINTOPOINT = 0x10;
    /** Asks for no link-layer addresses. */
    public static final int IFF_NOARP = 0x80;

    private IfHeader() {}
}
