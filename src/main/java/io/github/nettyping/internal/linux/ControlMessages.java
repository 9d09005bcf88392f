package io.github.nettyping.internal.linux;

import java.nio.ByteBuffer;

/**
 * Reads the control messages of one received packet. An instance is used for one packet after the other: {@link #parse}
 * forgets the one before. Confined to one thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>, ip(7), ipv6(7)
 */
public final class ControlMessages {

    /**
     * Room for one packet: time stamps, hop limit, traffic class, destination, and either an error with the offender's
     * address or 40 bytes of IPv4 options.
     */
    public static final int BYTES = 256;

    // struct cmsghdr { size_t cmsg_len; int cmsg_level; int cmsg_type; }
    static final int CMSG_LEN = 0;
    static final int CMSG_LEVEL = 8;
    static final int CMSG_TYPE = 12;
    static final int CMSG_DATA = 16;

    // struct sock_extended_err of linux/errqueue.h; the offender's sockaddr follows it.
    private static final int EE_ERRNO = 0;
    private static final int EE_ORIGIN = 4;
    private static final int EE_TYPE = 5;
    private static final int EE_CODE = 6;
    private static final int EE_INFO = 8;
    private static final int EE_DATA = 12;
    // struct sock_ee_data_rfc4884 { __u16 len; __u8 flags; __u8 reserved; }, in place of ee_data.
    private static final int EE_RFC4884_LEN = 12;
    private static final int EE_BYTES = 16;

    // struct in_pktinfo { int ipi_ifindex; struct in_addr ipi_spec_dst; struct in_addr ipi_addr; }: ip(7).
    static final int IPI_IFINDEX = 0;
    static final int IPI_SPEC_DST = 4;
    static final int IPI_ADDR = 8;
    static final int IN_PKTINFO_BYTES = 12;
    // struct in6_pktinfo { struct in6_addr ipi6_addr; unsigned int ipi6_ifindex; }: RFC 3542, section 6.
    static final int IPI6_ADDR = 0;
    static final int IPI6_IFINDEX = 16;
    static final int IN6_PKTINFO_BYTES = 20;

    private static final int TIMESPEC_BYTES = 16;
    private static final byte[] NO_OPTIONS = {};
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private long kernelNanos;
    private int hopLimit;
    private boolean hasHopLimit;
    private int trafficClass;
    private boolean hasTrafficClass;
    private byte[] ipv4Options = NO_OPTIONS;
    private boolean hasDestination;
    private long destinationHigh;
    private long destinationLow;
    private int interfaceIndex;
    private boolean hasError;
    private int errno;
    private int origin;
    private int type;
    private int code;
    private int info;
    private int data;
    private int extensionsOffset;
    private boolean hasOffender;
    private long offenderHigh;
    private long offenderLow;
    private int offenderScopeId;

    /** Reads {@code length} bytes of control data from {@code offset} on. */
    public void parse(ByteBuffer in, int offset, int length) {
        kernelNanos = 0;
        hasHopLimit = false;
        hasTrafficClass = false;
        ipv4Options = NO_OPTIONS;
        hasDestination = false;
        hasError = false;
        int end = offset + length;
        int at = offset;
        while (end - at >= CMSG_DATA) {
            long size = in.getLong(at + CMSG_LEN);
            if (size < CMSG_DATA || size > end - at) {
                return;
            }
            message(in, in.getInt(at + CMSG_LEVEL), in.getInt(at + CMSG_TYPE), at + CMSG_DATA, (int) size - CMSG_DATA);
            at += (int) ((size + 7) & ~7L);
        }
    }

    private void message(ByteBuffer in, int level, int messageType, int data, int size) {
        if (level == SocketHeader.SOL_SOCKET) {
            if (messageType == SocketHeader.SO_TIMESTAMPING && size >= TIMESPEC_BYTES) {
                // struct scm_timestamping holds three timespecs; the first is the software's.
                kernelNanos = in.getLong(data) * NANOS_PER_SECOND + in.getLong(data + 8);
            }
        } else if (level == InHeader.IPPROTO_IP) {
            if (messageType == InHeader.IP_TTL && size >= Integer.BYTES) {
                hopLimit(in.getInt(data));
            } else if (messageType == InHeader.IP_TOS && size >= 1) {
                // One byte, unlike its IPv6 counterpart. ip(7).
                trafficClass(in.get(data));
            } else if (messageType == InHeader.IP_RECVERR) {
                error(in, data, size);
            } else if (messageType == InHeader.IP_PKTINFO && size >= IN_PKTINFO_BYTES) {
                long low = SockAddrs.ipv4Low(in, data + IPI_ADDR);
                destination(0, low, in.getInt(data + IPI_IFINDEX));
            } else if (messageType == InHeader.IP_RECVOPTS) {
                ipv4Options = new byte[size];
                in.get(data, ipv4Options);
            }
        } else if (level == InHeader.IPPROTO_IPV6) {
            if (messageType == InHeader.IPV6_HOPLIMIT && size >= Integer.BYTES) {
                hopLimit(in.getInt(data));
            } else if (messageType == InHeader.IPV6_TCLASS && size >= Integer.BYTES) {
                trafficClass(in.getInt(data));
            } else if (messageType == InHeader.IPV6_RECVERR) {
                error(in, data, size);
            } else if (messageType == InHeader.IPV6_PKTINFO && size >= IN6_PKTINFO_BYTES) {
                long high = SockAddrs.bigEndian(in.getLong(data + IPI6_ADDR));
                long low = SockAddrs.bigEndian(in.getLong(data + IPI6_ADDR + Long.BYTES));
                destination(high, low, in.getInt(data + IPI6_IFINDEX));
            }
        }
    }

    private void hopLimit(int value) {
        hasHopLimit = true;
        hopLimit = value & 0xff;
    }

    private void trafficClass(int value) {
        hasTrafficClass = true;
        trafficClass = value & 0xff;
    }

    private void destination(long high, long low, int index) {
        hasDestination = true;
        destinationHigh = high;
        destinationLow = low;
        interfaceIndex = index;
    }

    private void error(ByteBuffer in, int data, int size) {
        if (size < EE_BYTES) {
            return;
        }
        hasError = true;
        errno = in.getInt(data + EE_ERRNO);
        origin = in.get(data + EE_ORIGIN) & 0xff;
        type = in.get(data + EE_TYPE) & 0xff;
        code = in.get(data + EE_CODE) & 0xff;
        info = in.getInt(data + EE_INFO);
        this.data = in.getInt(data + EE_DATA);
        extensionsOffset = in.getShort(data + EE_RFC4884_LEN) & 0xffff;
        int offender = data + EE_BYTES;
        hasOffender = SockAddrs.isInternet(in, offender, size - EE_BYTES);
        if (hasOffender) {
            offenderHigh = SockAddrs.high(in, offender);
            offenderLow = SockAddrs.low(in, offender);
            int scopeId = SockAddrs.scopeId(in, offender);
            // An index is positive, and a mapped address has none.
            boolean mapped = offenderHigh == 0 && offenderLow >>> 32 == 0xffff;
            offenderScopeId = mapped ? 0 : Math.max(scopeId, 0);
        }
    }

    /** Returns {@code CLOCK_REALTIME} in nanoseconds when the kernel received or sent the packet, 0 without a stamp. */
    public long kernelNanos() {
        return kernelNanos;
    }

    /** Tells whether the packet's time to live or hop limit came with it. */
    public boolean hasHopLimit() {
        return hasHopLimit;
    }

    /** Returns the time to live or hop limit, 0 to 255. */
    public int hopLimit() {
        return hopLimit;
    }

    /** Tells whether the packet's type of service or traffic class came with it. */
    public boolean hasTrafficClass() {
        return hasTrafficClass;
    }

    /** Returns the type of service or traffic class, 0 to 255. */
    public int trafficClass() {
        return trafficClass;
    }

    /** Tells whether the packet had options in its IPv4 header, and they came with it. */
    public boolean hasIpv4Options() {
        return ipv4Options.length > 0;
    }

    /** Returns those options, as a new array for each packet. */
    public byte[] ipv4Options() {
        return ipv4Options;
    }

    /** Tells whether the packet's destination and interface came with it. */
    public boolean hasDestination() {
        return hasDestination;
    }

    /** Returns the upper half of the destination in the packet's IP header. */
    public long destinationHigh() {
        return destinationHigh;
    }

    /** Returns the lower half of the destination in the packet's IP header. */
    public long destinationLow() {
        return destinationLow;
    }

    /** Returns the index of the interface the packet came in by. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /** Tells whether an extended error came with the packet. */
    public boolean hasError() {
        return hasError;
    }

    /** Returns {@code ee_errno}. */
    public int errno() {
        return errno;
    }

    /** Returns {@code ee_origin}, see {@link ErrqueueHeader}. */
    public int origin() {
        return origin;
    }

    /** Returns {@code ee_type}. */
    public int type() {
        return type;
    }

    /** Returns {@code ee_code}. */
    public int code() {
        return code;
    }

    /** Returns {@code ee_info}. */
    public int info() {
        return info;
    }

    /** Tells whether this is not an error but the stamp of a packet that was sent: {@link #kernelNanos()}. */
    public boolean isTransmitStamp() {
        return hasError
                && origin == ErrqueueHeader.SO_EE_ORIGIN_TIMESTAMPING
                && info == ErrqueueHeader.SCM_TSTAMP_SND
                && kernelNanos != 0;
    }

    /** Returns {@code ee_data}: the number of the packet that was stamped. */
    public int data() {
        return data;
    }

    /**
     * Tells whether an extension structure of RFC 4884 follows the quote. The kernel also tells whether it finds the
     * structure valid; whoever reads it checks that anyway.
     *
     * @see InHeader#IP_RECVERR_RFC4884
     */
    public boolean hasExtensions() {
        return extensionsOffset > 0;
    }

    /** Returns {@code ee_rfc4884.len}: bytes from the start of what is quoted to the extension structure. */
    public int extensionsOffset() {
        return extensionsOffset;
    }

    /** Tells whether the node that caused the error is known. */
    public boolean hasOffender() {
        return hasOffender;
    }

    /** Returns the upper half of the offender's address. */
    public long offenderHigh() {
        return offenderHigh;
    }

    /** Returns the lower half of the offender's address. */
    public long offenderLow() {
        return offenderLow;
    }

    /** Returns the scope of the offender's address. */
    public int offenderScopeId() {
        return offenderScopeId;
    }
}
