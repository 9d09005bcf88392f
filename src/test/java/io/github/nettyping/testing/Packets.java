package io.github.nettyping.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * Builds and sums IPv4/ICMP and IPv6/ICMPv6 packets, independent of the code under test. Safe for use by many
 * threads.
 *
 * <p>Packets are network-order buffers that start with the IP header, from index 0 to their limit.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc791">RFC 791</a>, RFC 792, RFC 1071, RFC 4443, RFC 8200
 */
public final class Packets {

    // Assigned protocol numbers, which are IPv6 next headers too.
    static final int HOP_BY_HOP = 0;
    static final int ICMPV4 = 1;
    static final int FRAGMENT = 44;
    static final int ICMPV6 = 58;
    static final int DESTINATION_OPTIONS = 60;

    /** Without options. */
    static final int IPV4_HEADER_BYTES = 20;

    static final int IPV6_HEADER_BYTES = 40;
    static final int ICMP_HEADER_BYTES = 8;

    static final int HOP_LIMIT = 64;
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private Packets() {}

    /**
     * Returns the address that a literal writes; asks no resolver.
     *
     * @param literal such as {@code 198.51.100.1} or {@code fd00:51::1}
     * @return the address
     */
    public static InetAddress address(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("literal: " + literal + " (expected: an IP address)");
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("literal: " + literal, e);
        }
    }

    /**
     * Returns the ICMP part of an echo request; its checksum is that of IPv4, and 0 for IPv6, where the kernel or
     * {@link #packet} fills it in.
     *
     * @param ipv6       type 128 instead of 8
     * @param identifier 0 to 65,535
     * @param sequence   0 to 65,535
     * @param payload    what follows the 8-byte header
     * @return a new array
     */
    public static byte[] echoRequest(boolean ipv6, int identifier, int sequence, byte... payload) {
        return message(ipv6 ? 128 : 8, 0, ipv6, identifier << 16 | (sequence & 0xffff), payload);
    }

    /**
     * Returns the ICMP part of an echo reply, as {@link #echoRequest}.
     *
     * @param ipv6       type 129 instead of 0
     * @param identifier 0 to 65,535
     * @param sequence   0 to 65,535
     * @param payload    what follows the 8-byte header
     * @return a new array
     */
    public static byte[] echoReply(boolean ipv6, int identifier, int sequence, byte... payload) {
        return message(ipv6 ? 129 : 0, 0, ipv6, identifier << 16 | (sequence & 0xffff), payload);
    }

    /**
     * Returns any ICMP message; its checksum is that of IPv4, and 0 for IPv6.
     *
     * @param type 0 to 255
     * @param code 0 to 255
     * @param ipv6 whether it is ICMPv6, whose checksum needs addresses
     * @param rest bytes 4 to 7 of the header
     * @param body what follows the header
     * @return a new array
     */
    public static byte[] message(int type, int code, boolean ipv6, int rest, byte... body) {
        ByteBuffer message = ByteBuffer.allocate(ICMP_HEADER_BYTES + body.length);
        message.put((byte) type)
                .put((byte) code)
                .putShort((short) 0)
                .putInt(rest)
                .put(body);
        if (!ipv6) {
            message.putShort(2, (short) checksum(message, 0, message.capacity(), 0));
        }
        return message.array();
    }

    /**
     * Returns an IP packet with an ICMP message, all lengths and checksums right.
     *
     * @param source      either family
     * @param destination of the same family
     * @param message     ICMP header and body, such as {@link #echoRequest}
     * @return a new buffer
     */
    public static ByteBuffer packet(InetAddress source, InetAddress destination, byte... message) {
        byte[] from = source.getAddress();
        byte[] to = destination.getAddress();
        boolean ipv6 = from.length == 16;
        int header = ipv6 ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES;
        ByteBuffer packet = ByteBuffer.allocate(header + message.length);
        putHeader(packet, ipv6);
        packet.put(header - 2 * from.length, from).put(header - to.length, to).put(header, message);
        finish(packet);
        return packet;
    }

    /** Writes an IP header for ICMP without addresses, lengths and checksum. */
    static void putHeader(ByteBuffer packet, boolean ipv6) {
        if (ipv6) {
            packet.putLong(0, 0x6000_0000_0000_0000L | ICMPV6 << 8 | HOP_LIMIT);
        } else {
            packet.putLong(0, 0x4500_0000_0000_0000L);
            packet.putInt(8, HOP_LIMIT << 24 | ICMPV4 << 16);
        }
    }

    /**
     * Makes room for 8 bytes of IP options before the ICMP header, of which the last 8 bytes up to the limit are lost:
     * no-operations in IPv4, a destination option of unknown kind, to be skipped, in IPv6.
     */
    static void insertOptions(ByteBuffer packet, int icmp) {
        for (int i = packet.limit() - 1; i >= icmp + 8; i--) {
            packet.put(i, packet.get(i - 8));
        }
        if (isIpv6(packet)) {
            packet.put(6, (byte) DESTINATION_OPTIONS);
            // Next header, no further 8 bytes; option 0x1e (RFC 4727, skip if unknown) with 4 bytes of data.
            packet.putLong(icmp, 0x3a00_1e04_0102_0304L);
        } else {
            packet.put(0, (byte) (packet.get(0) + 2));
            packet.putLong(icmp, 0x0101_0101_0101_0100L);
        }
    }

    /** Sets IP's total or payload length from the limit, and IPv4's header checksum. */
    static void putLength(ByteBuffer packet) {
        if (isIpv6(packet)) {
            packet.putShort(4, (short) (packet.limit() - IPV6_HEADER_BYTES));
        } else {
            packet.putShort(2, (short) packet.limit());
            sumIpv4Header(packet);
        }
    }

    /**
     * Sets lengths and checksums from what the packet holds: IP's total or payload length from the limit, IPv4's
     * header checksum, the ICMP checksum.
     *
     * @param packet IPv4 with ICMP, or IPv6 with ICMPv6 behind any hop-by-hop or destination options
     */
    public static void finish(ByteBuffer packet) {
        int end = packet.limit();
        int icmp = icmpOffset(packet);
        putLength(packet);
        if (end - icmp >= 4) {
            packet.putShort(icmp + 2, (short) 0);
            packet.putShort(icmp + 2, (short) icmpChecksum(packet));
        }
    }

    /** Sets the checksum of an IPv4 header. */
    static void sumIpv4Header(ByteBuffer packet) {
        packet.putShort(10, (short) 0);
        packet.putShort(10, (short) checksum(packet, 0, (packet.get(0) & 15) * 4, 0));
    }

    /**
     * Returns the ICMP checksum over what the packet holds; 0 if the packet's own checksum is right.
     *
     * @param packet as {@link #finish}
     * @return 0 to 65,535
     */
    public static int icmpChecksum(ByteBuffer packet) {
        int icmp = icmpOffset(packet);
        int end = packet.limit();
        if (!isIpv6(packet)) {
            return checksum(packet, icmp, end, 0);
        }
        // RFC 8200, section 8.1: addresses, upper-layer length, next header.
        int pseudo = end - icmp + ICMPV6;
        for (int i = 8; i < IPV6_HEADER_BYTES; i += 2) {
            pseudo += packet.getShort(i) & 0xffff;
        }
        return checksum(packet, icmp, end, pseudo);
    }

    /**
     * Returns the Internet checksum of a range (RFC 1071).
     *
     * @param buffer  network order
     * @param from    index of the first byte
     * @param to      index after the last byte; an odd one out counts as the high byte of a word
     * @param initial a sum of words to start from
     * @return 0 to 65,535
     */
    public static int checksum(ByteBuffer buffer, int from, int to, int initial) {
        long sum = initial;
        int i = from;
        for (; i + 1 < to; i += 2) {
            sum += buffer.getShort(i) & 0xffff;
        }
        if (i < to) {
            sum += (buffer.get(i) & 0xff) << 8;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) ~sum & 0xffff;
    }

    static boolean isIpv6(ByteBuffer packet) {
        return packet.get(0) >> 4 == 6;
    }

    /** Returns where the ICMP header starts, or the limit where a header chain leads past it or elsewhere. */
    static int icmpOffset(ByteBuffer packet) {
        if (!isIpv6(packet)) {
            return Math.min((packet.get(0) & 15) * 4, packet.limit());
        }
        int next = packet.get(6) & 0xff;
        int offset = IPV6_HEADER_BYTES;
        while (next == HOP_BY_HOP || next == DESTINATION_OPTIONS) {
            if (offset + 1 >= packet.limit()) {
                return packet.limit();
            }
            next = packet.get(offset) & 0xff;
            offset += ((packet.get(offset + 1) & 0xff) + 1) * 8;
        }
        return next == ICMPV6 ? Math.min(offset, packet.limit()) : packet.limit();
    }
}
