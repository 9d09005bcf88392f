package io.github.nettyping.internal.linux;

/** Constants of {@code linux/errqueue.h}: {@code ee_origin} of {@code struct sock_extended_err}. */
public final class ErrqueueHeader {

    /** This host found the error. ip(7). */
    public static final int SO_EE_ORIGIN_LOCAL = 1;
    /** An ICMP message reported it. ip(7). */
    public static final int SO_EE_ORIGIN_ICMP = 2;
    /** An ICMPv6 message reported it. ipv6(7). */
    public static final int SO_EE_ORIGIN_ICMP6 = 3;

    private ErrqueueHeader() {}
}
