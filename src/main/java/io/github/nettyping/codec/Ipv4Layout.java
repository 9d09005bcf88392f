package io.github.nettyping.codec;

import io.netty.buffer.ByteBuf;

/**
 * Layout of the IPv4 header: offsets of fields in bytes, and the checks to make before using them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc791#section-3.1">RFC 791, section 3.1</a>
 */
final class Ipv4Layout {

    /** Version, upper 4 bits, and header length in units of 4 bytes ("IHL"), lower 4 bits. */
    static final int VERSION_AND_LENGTH = 0;

    /** Type of service, 1 byte: six bits of DSCP, two of ECN. RFC 2474, section 3; RFC 3168, section 5. */
    static final int TYPE_OF_SERVICE = 1;

    /** Length of the packet, header included, 2 bytes. */
    static final int TOTAL_LENGTH = 2;

    /** What the fragments of one packet share, 2 bytes. */
    static final int IDENTIFICATION = 4;

    /** Three flags and the fragment offset in units of 8 bytes, 2 bytes together. */
    static final int FLAGS_AND_FRAGMENT_OFFSET = 6;

    /** Time to live, 1 byte. */
    static final int TTL = 8;

    /** Protocol of the data, 1 byte. */
    static final int PROTOCOL = 9;

    /** Checksum of the header, options included, 2 bytes. */
    static final int HEADER_CHECKSUM = 10;

    /** Source address, 4 bytes. */
    static final int SOURCE = 12;

    /** Destination address, 4 bytes. */
    static final int DESTINATION = 16;

    /** Length of the header without options. */
    static final int MIN_BYTES = 20;

    /** Protocol number of ICMP: {@code IPPROTO_ICMP} of {@code linux/in.h}. */
    static final int PROTOCOL_ICMP = 1;

    static final int VERSION = 4;
    static final int VERSION_SHIFT = 4;

    // Bits of FLAGS_AND_FRAGMENT_OFFSET; the highest one is reserved.
    static final int DONT_FRAGMENT = 0x4000;
    static final int MORE_FRAGMENTS = 0x2000;
    static final int FRAGMENT_OFFSET_MASK = 0x1fff;

    /** Unit of the fragment offset. */
    static final int FRAGMENT_UNIT_BYTES = 8;

    static final int MAX_FRAGMENT_OFFSET_BYTES = FRAGMENT_OFFSET_MASK * FRAGMENT_UNIT_BYTES;

    private Ipv4Layout() {}

    /** Tells whether a whole header, options included, lies between two indexes. */
    static boolean isWhole(ByteBuf buffer, int start, int end) {
        return end - start >= MIN_BYTES
                && buffer.getUnsignedByte(start + VERSION_AND_LENGTH) >>> VERSION_SHIFT == VERSION
                && bytes(buffer, start) >= MIN_BYTES
                && bytes(buffer, start) <= end - start;
    }

    /** Tells whether a whole header, options included, of an ICMP packet lies between two indexes. */
    static boolean isIcmp(ByteBuf buffer, int start, int end) {
        return isWhole(buffer, start, end) && buffer.getUnsignedByte(start + PROTOCOL) == PROTOCOL_ICMP;
    }

    /** Returns the length of the header, options included. */
    static int bytes(ByteBuf buffer, int start) {
        return (buffer.getUnsignedByte(start + VERSION_AND_LENGTH) & 0xf) * Integer.BYTES;
    }

    /** Returns the length of the packet, header included, as the header claims. */
    static int totalBytes(ByteBuf buffer, int start) {
        return buffer.getUnsignedShort(start + TOTAL_LENGTH);
    }

    /** Tells whether the data are a fragment other than the first, so that no ICMP header follows. */
    static boolean isLaterFragment(ByteBuf buffer, int start) {
        return (buffer.getUnsignedShort(start + FLAGS_AND_FRAGMENT_OFFSET) & FRAGMENT_OFFSET_MASK) != 0;
    }
}
