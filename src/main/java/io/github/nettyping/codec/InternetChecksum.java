package io.github.nettyping.codec;

import io.netty.buffer.ByteBuf;

/**
 * The checksum of the Internet protocols: the complement of the one's complement sum of 16-bit words, an odd last
 * byte being padded with a zero. Safe for use by many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1071">RFC 1071</a>
 */
public final class InternetChecksum {

    private InternetChecksum() {}

    /**
     * {@return the checksum of a range of bytes, 0 to 65535, to be written in network order} The bytes of the checksum
     * field itself must be 0.
     *
     * @param buffer  holds the bytes; its indexes do not matter and do not move
     * @param index   of the first byte
     * @param length  number of bytes, odd or even; 0 gives 65535
     * @throws IndexOutOfBoundsException if the range is not within the buffer's capacity
     */
    public static int of(ByteBuf buffer, int index, int length) {
        return ~sum(buffer, index, length) & 0xffff;
    }

    /**
     * {@return whether a range of bytes fits the checksum it contains}
     *
     * @param buffer  holds the bytes; its indexes do not matter and do not move
     * @param index   of the first byte
     * @param length  number of bytes, odd or even; none fit
     * @throws IndexOutOfBoundsException if the range is not within the buffer's capacity
     */
    public static boolean isValid(ByteBuf buffer, int index, int length) {
        return sum(buffer, index, length) == 0xffff;
    }

    /**
     * One's complement sum. Adding wider words and folding at the end gives the same sum, RFC 1071, section 2(C): the
     * halves of 2^28 longs, more than a buffer holds, stay far below 2^63.
     */
    private static int sum(ByteBuf buffer, int index, int length) {
        long sum = 0;
        int i = index;
        int end = index + length;
        for (; end - i >= Long.BYTES; i += Long.BYTES) {
            long word = buffer.getLong(i);
            sum += (word >>> 32) + (word & 0xffff_ffffL);
        }
        if (end - i >= Integer.BYTES) {
            sum += buffer.getUnsignedInt(i);
            i += Integer.BYTES;
        }
        if (end - i >= Short.BYTES) {
            sum += buffer.getUnsignedShort(i);
            i += Short.BYTES;
        }
        if (i < end) {
            sum += buffer.getUnsignedByte(i) << 8;
        }
        sum = (sum >>> 32) + (sum & 0xffff_ffffL);
        sum = (sum >>> 32) + (sum & 0xffff_ffffL);
        int folded = (int) (sum >>> 16) + (int) (sum & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (folded >>> 16) + folded & 0xffff;
    }
}
