package io.github.nettyping.codec;

import io.netty.buffer.ByteBuf;

/**
 * Layout of the IPv6 header and of the extension headers that may precede ICMPv6: offsets of fields in bytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8200#section-3">RFC 8200, sections 3 and 4</a>
 */
final class Ipv6Header {

    /** Version, upper 4 bits of 1 byte. */
    static final int VERSION_AND_CLASS = 0;

    /** Length of what follows this header, 2 bytes. */
    static final int PAYLOAD_LENGTH = 4;

    /** What follows this header, 1 byte. */
    static final int NEXT_HEADER = 6;

    /** Source address, 16 bytes. */
    static final int SOURCE = 8;

    /** Destination address, 16 bytes. */
    static final int DESTINATION = 24;

    /** Length of the header. */
    static final int BYTES = 40;

    /** Extension headers: what follows, 1 byte. Section 4.2. */
    static final int EXTENSION_NEXT_HEADER = 0;

    /** Extension headers but the fragment header: length in units of 8 bytes beyond the first 8, 1 byte. */
    static final int EXTENSION_LENGTH = 1;

    /** Fragment header: offset in units of 8 bytes, upper 13 bits of 2 bytes. Section 4.5. */
    static final int FRAGMENT_OFFSET = 2;

    /** Least length of an extension header, and the length of the fragment header. */
    static final int EXTENSION_MIN_BYTES = 8;

    /** Next header: hop-by-hop options. Section 4.3. */
    static final int HOP_BY_HOP = 0;

    /** Next header: routing. Section 4.4. */
    static final int ROUTING = 43;

    /** Next header: fragment. Section 4.5. */
    static final int FRAGMENT = 44;

    /** Next header: ICMPv6. RFC 4443, section 1. */
    static final int ICMPV6 = 58;

    /** Next header: destination options. Section 4.6. */
    static final int DESTINATION_OPTIONS = 60;

    static final int VERSION = 6;

    private static final int FRAGMENT_OFFSET_MASK = 0xfff8;

    private Ipv6Header() {}

    /** Tells whether a whole header, without extensions, lies between two indexes. */
    static boolean isWhole(ByteBuf buffer, int start, int end) {
        return end - start >= BYTES && buffer.getUnsignedByte(start + VERSION_AND_CLASS) >>> 4 == VERSION;
    }

    /** Returns the length of header and data as the header claims; just the header for a jumbogram, RFC 2675. */
    static int totalBytes(ByteBuf buffer, int start) {
        return BYTES + buffer.getUnsignedShort(start + PAYLOAD_LENGTH);
    }

    /** Returns the length of an extension header other than a fragment header. */
    static int extensionBytes(ByteBuf buffer, int start) {
        return EXTENSION_MIN_BYTES + buffer.getUnsignedByte(start + EXTENSION_LENGTH) * Long.BYTES;
    }

    /** Tells whether the data behind a fragment header are not the first, so that no ICMP header follows. */
    static boolean isLaterFragment(ByteBuf buffer, int start) {
        return (buffer.getUnsignedShort(start + FRAGMENT_OFFSET) & FRAGMENT_OFFSET_MASK) != 0;
    }
}
