package io.github.nettyping.internal.linux;

/** Constants of {@code linux/errqueue.h}: what stands in {@code struct sock_extended_err}. */
public final class ErrqueueHeader {

    /** This host found the error. ip(7). */
    public static final int SO_EE_ORIGIN_LOCAL = 1;
    /** An ICMP message reported it. ip(7). */
    public static final int SO_EE_ORIGIN_ICMP = 2;
    /** An ICMPv6 message reported it. ipv6(7). */
    public static final int SO_EE_ORIGIN_ICMP6 = 3;
    /** No error: the stamp of a packet that was sent. {@code Documentation/networking/timestamping.rst}. */
    public static final int SO_EE_ORIGIN_TIMESTAMPING = 4;

    /** {@code ee_info} of a stamp made when the driver got the packet. {@code Documentation/networking/timestamping.rst}. */
    public static final int SCM_TSTAMP_SND = 0;

    private ErrqueueHeader() {}
}
