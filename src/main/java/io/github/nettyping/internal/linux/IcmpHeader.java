package io.github.nettyping.internal.linux;

/** Constants of {@code linux/icmp.h} and {@code linux/icmpv6.h}. */
public final class IcmpHeader {

    /** Level of the options of IPv4 raw sockets. {@code linux/socket.h}. */
    public static final int SOL_RAW = 255;
    /** Mask of ICMP types <em>not</em> to deliver, one bit for each of the types 0 to 31. raw(7). */
    public static final int ICMP_FILTER = 1;
    /** Level of the options of ICMPv6 sockets. {@code linux/socket.h}. */
    public static final int SOL_ICMPV6 = 58;
    /** Mask of the 256 ICMPv6 types <em>not</em> to deliver. RFC 3542, section 3.2; {@code linux/icmpv6.h}. */
    public static final int ICMPV6_FILTER = 1;

    /** Echo reply. RFC 792. */
    public static final int ICMP_ECHOREPLY = 0;
    /** Echo request. RFC 792. */
    public static final int ICMP_ECHO = 8;
    /** Source quench. RFC 792. */
    public static final int ICMP_SOURCE_QUENCH = 4;
    /** Redirect. RFC 792. */
    public static final int ICMP_REDIRECT = 5;
    /** Timestamp reply. RFC 792. */
    public static final int ICMP_TIMESTAMPREPLY = 14;
    /** Extended echo reply. RFC 8335. */
    public static final int ICMP_EXT_ECHOREPLY = 43;
    /** Echo request. RFC 4443. */
    public static final int ICMPV6_ECHO_REQUEST = 128;
    /** Echo reply. RFC 4443. */
    public static final int ICMPV6_ECHO_REPLY = 129;
    /** Extended echo reply. RFC 8335. */
    public static final int ICMPV6_EXT_ECHO_REPLY = 161;

    private IcmpHeader() {}
}
