package io.github.nettyping.internal.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code struct sockaddr_in} and {@code sockaddr_in6} by named offsets, ip(7) and ipv6(7). Addresses are the two halves
 * of {@code IpAddress}: IPv4 in its mapped form. Stateless.
 */
public final class SockAddrs {

    /** Size of {@code struct sockaddr_in}. */
    public static final int SOCKADDR_IN_BYTES = 16;
    /** Size of {@code struct sockaddr_in6}. */
    public static final int SOCKADDR_IN6_BYTES = 28;

    static final int FAMILY = 0;
    static final int PORT = 2;
    static final int SIN_ADDR = 4;
    static final int SIN6_FLOWINFO = 4;
    static final int SIN6_ADDR = 8;
    static final int SIN6_SCOPE_ID = 24;

    private static final long IPV4_PREFIX = 0xffffL << 32;
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private SockAddrs() {}

    /** Writes an IPv4 address; returns its size. {@code port} is in host order. */
    public static int putIpv4(ByteBuffer out, int at, int address, int port) {
        out.putShort(at + FAMILY, (short) SocketHeader.AF_INET);
        putPort(out, at, port);
        out.putInt(at + SIN_ADDR, bigEndian(address));
        out.putLong(at + 8, 0);
        return SOCKADDR_IN_BYTES;
    }

    /** Writes an IPv6 address; returns its size. {@code port} is in host order. */
    public static int putIpv6(ByteBuffer out, int at, long high, long low, int scopeId, int port) {
        out.putShort(at + FAMILY, (short) SocketHeader.AF_INET6);
        putPort(out, at, port);
        out.putInt(at + SIN6_FLOWINFO, 0);
        out.putLong(at + SIN6_ADDR, bigEndian(high));
        out.putLong(at + SIN6_ADDR + 8, bigEndian(low));
        out.putInt(at + SIN6_SCOPE_ID, scopeId);
        return SOCKADDR_IN6_BYTES;
    }

    /** Tells whether {@code length} bytes hold an IPv4 or IPv6 address. */
    public static boolean isInternet(ByteBuffer in, int at, int length) {
        if (length < SOCKADDR_IN_BYTES) {
            return false;
        }
        short family = in.getShort(at + FAMILY);
        return family == SocketHeader.AF_INET || (family == SocketHeader.AF_INET6 && length >= SOCKADDR_IN6_BYTES);
    }

    /** Returns the port, in host order: the identifier of a ping socket. */
    public static int port(ByteBuffer in, int at) {
        short port = in.getShort(at + PORT);
        return (LITTLE_ENDIAN ? Short.reverseBytes(port) : port) & 0xffff;
    }

    /** Returns bytes 0 to 7 of the address. */
    public static long high(ByteBuffer in, int at) {
        return isIpv4(in, at) ? 0 : bigEndian(in.getLong(at + SIN6_ADDR));
    }

    /** Returns bytes 8 to 15 of the address. */
    public static long low(ByteBuffer in, int at) {
        return isIpv4(in, at) ? ipv4Low(in, at + SIN_ADDR) : bigEndian(in.getLong(at + SIN6_ADDR + 8));
    }

    /** Returns the lower half of the {@code struct in_addr} at an offset; its upper half is 0. */
    static long ipv4Low(ByteBuffer in, int at) {
        return IPV4_PREFIX | (bigEndian(in.getInt(at)) & 0xffff_ffffL);
    }

    /** Returns the interface index of an IPv6 address, 0 for none. */
    public static int scopeId(ByteBuffer in, int at) {
        return isIpv4(in, at) ? 0 : in.getInt(at + SIN6_SCOPE_ID);
    }

    static boolean isIpv4(ByteBuffer in, int at) {
        return in.getShort(at + FAMILY) == SocketHeader.AF_INET;
    }

    private static void putPort(ByteBuffer out, int at, int port) {
        out.putShort(at + PORT, LITTLE_ENDIAN ? Short.reverseBytes((short) port) : (short) port);
    }

    public static int bigEndian(int value) {
        return LITTLE_ENDIAN ? Integer.reverseBytes(value) : value;
    }

    public static long bigEndian(long value) {
        return LITTLE_ENDIAN ? Long.reverseBytes(value) : value;
    }
}
