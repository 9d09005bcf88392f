package io.github.nettyping.internal.linux.netlink;

import java.nio.ByteBuffer;

/**
 * A way through the attributes of a netlink message, {@code struct nlattr} each: type, length, value, padded to 4 bytes.
 * Whatever the bytes, it stays within the bounds it was given. Confined to one thread. netlink(7).
 *
 * <p>At the end, {@link #isMalformed()} tells whether a length was wrong; what was seen before stands.
 */
public final class NetlinkAttributes {

    private static final int HEADER_BYTES = 4;

    private final ByteBuffer bytes;
    private final int end;
    private int next;
    private int value;
    private int length;
    private int type;
    private boolean malformed;

    /** Stands before the first attribute in the bytes {@code begin} to {@code end - 1}, in the machine's byte order. */
    NetlinkAttributes(ByteBuffer bytes, int begin, int end) {
        this.bytes = bytes;
        this.next = begin;
        this.end = end;
    }

    /** Goes to the next attribute; returns whether there is one. */
    boolean next() {
        if (malformed || next >= end) {
            return false;
        }
        // Bytes too few for a header may only be padding of the last attribute, which the step over it has passed.
        if (end - next < HEADER_BYTES) {
            malformed = true;
            return false;
        }
        int whole = Short.toUnsignedInt(bytes.getShort(next));
        if (whole < HEADER_BYTES || whole > end - next) {
            malformed = true;
            return false;
        }
        type = Short.toUnsignedInt(bytes.getShort(next + 2)) & NetlinkHeader.NLA_TYPE_MASK;
        value = next + HEADER_BYTES;
        length = whole - HEADER_BYTES;
        next += align(whole);
        return true;
    }

    /** Returns the number of this attribute, {@code RTA_*} and the like. */
    int type() {
        return type;
    }

    /** Returns where the value begins. */
    int value() {
        return value;
    }

    /** Returns how long the value is, padding left out. */
    int length() {
        return length;
    }

    /** Returns a value of 32 bits; a value of another length is malformed, and 0. */
    int intValue() {
        if (length != Integer.BYTES) {
            malformed = true;
            return 0;
        }
        return bytes.getInt(value);
    }

    /** Returns a value of 8 bits, without a sign; a value of another length is malformed, and 0. */
    int byteValue() {
        if (length != Byte.BYTES) {
            malformed = true;
            return 0;
        }
        return Byte.toUnsignedInt(bytes.get(value));
    }

    /** Tells whether a length was wrong so far. */
    boolean isMalformed() {
        return malformed;
    }

    /** Rounds a length up to where the next attribute or message begins: {@code NLMSG_ALIGN}, {@code NLA_ALIGN}. */
    public static int align(int length) {
        return (length + 3) & ~3;
    }
}
