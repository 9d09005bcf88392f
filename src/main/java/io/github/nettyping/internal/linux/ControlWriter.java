package io.github.nettyping.internal.linux;

import java.nio.ByteBuffer;

/**
 * Writes the control messages of one packet to be sent, one after the other. Each method returns where the next begins.
 * Stateless.
 *
 * <p>Each must begin at a multiple of 8 bytes, and the length of the whole includes the gaps between them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>, ip(7), ipv6(7), RFC 3542
 */
public final class ControlWriter {

    /** Room for one control message that holds an {@code int}. */
    public static final int INT_SPACE = space(Integer.BYTES);

    /**
     * Room for one packet: source and interface, hop limit, traffic class, mark, IPv6 flow label, "don't fragment", and the
     * number of its stamp.
     */
    public static final int BYTES = space(ControlMessages.IN6_PKTINFO_BYTES) + 6 * INT_SPACE;

    private ControlWriter() {}

    /** Writes a message that holds an {@code int}. */
    public static int putInt(ByteBuffer out, int at, int level, int type, int value) {
        putHeader(out, at, level, type, Integer.BYTES);
        out.putInt(at + ControlMessages.CMSG_DATA, value);
        return at + INT_SPACE;
    }

    /** Writes {@code IPV6_FLOWINFO}, which is in network order. */
    public static int putFlowLabel(ByteBuffer out, int at, int label) {
        return putInt(out, at, InHeader.IPPROTO_IPV6, InHeader.IPV6_FLOWINFO, SockAddrs.bigEndian(label));
    }

    /** Writes {@code IP_PKTINFO}: the interface to leave by and the source; 0 leaves either to the kernel. */
    public static int putIpv4Source(ByteBuffer out, int at, int interfaceIndex, int address) {
        putHeader(out, at, InHeader.IPPROTO_IP, InHeader.IP_PKTINFO, ControlMessages.IN_PKTINFO_BYTES);
        int data = at + ControlMessages.CMSG_DATA;
        out.putInt(data + ControlMessages.IPI_IFINDEX, interfaceIndex);
        out.putInt(data + ControlMessages.IPI_SPEC_DST, SockAddrs.bigEndian(address));
        out.putInt(data + ControlMessages.IPI_ADDR, 0);
        return at + space(ControlMessages.IN_PKTINFO_BYTES);
    }

    /** Writes {@code IPV6_PKTINFO}: the interface to leave by and the source; 0 leaves either to the kernel. */
    public static int putIpv6Source(ByteBuffer out, int at, int interfaceIndex, long high, long low) {
        putHeader(out, at, InHeader.IPPROTO_IPV6, InHeader.IPV6_PKTINFO, ControlMessages.IN6_PKTINFO_BYTES);
        int data = at + ControlMessages.CMSG_DATA;
        out.putLong(data + ControlMessages.IPI6_ADDR, SockAddrs.bigEndian(high));
        out.putLong(data + ControlMessages.IPI6_ADDR + Long.BYTES, SockAddrs.bigEndian(low));
        out.putInt(data + ControlMessages.IPI6_IFINDEX, interfaceIndex);
        return at + space(ControlMessages.IN6_PKTINFO_BYTES);
    }

    private static void putHeader(ByteBuffer out, int at, int level, int type, int dataBytes) {
        out.putLong(at + ControlMessages.CMSG_LEN, ControlMessages.CMSG_DATA + dataBytes);
        out.putInt(at + ControlMessages.CMSG_LEVEL, level);
        out.putInt(at + ControlMessages.CMSG_TYPE, type);
    }

    /** {@code CMSG_SPACE}. */
    private static int space(int dataBytes) {
        return (ControlMessages.CMSG_DATA + dataBytes + 7) & ~7;
    }
}
