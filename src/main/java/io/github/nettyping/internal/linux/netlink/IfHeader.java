package io.github.nettyping.internal.linux.netlink;

/** Constants of {@code net/if.h} and {@code linux/if.h}: flags and states of a network device. netdevice(7). */
public final class IfHeader {

    /** Switched on. */
    public static final int IFF_UP = 0x1;
    /** Leads back to this host. */
    public static final int IFF_LOOPBACK = 0x8;
    /** Has one other end. */
    public static final int IFF_POINTOPOINT = 0x10;
    /** Asks for no link-layer addresses. */
    public static final int IFF_NOARP = 0x80;

    /** Parts of it are missing. {@code linux/if.h}, RFC 2863. */
    public static final int IF_OPER_NOTPRESENT = 1;
    /** It passes no packets. {@code linux/if.h}, RFC 2863. */
    public static final int IF_OPER_DOWN = 2;
    /** The device below it passes no packets. {@code linux/if.h}, RFC 2863. */
    public static final int IF_OPER_LOWERLAYERDOWN = 3;

    private IfHeader() {}
}
