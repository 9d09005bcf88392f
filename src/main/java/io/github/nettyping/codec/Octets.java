package io.github.nettyping.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.HexFormat;

/** A run of bytes that nobody can change, for fields without a type of their own. Immutable. */
public final class Octets {

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * {@return bytes as a value}
     *
     * @param bytes any number of them; copied
     */
    public static Octets of(byte... bytes) {
        return new Octets(bytes.clone());
    }

    /** Returns the bytes from {@code start} to before {@code end}; copied. */
    static Octets copyOf(ByteBuf buffer, int start, int end) {
        return new Octets(ByteBufUtil.getBytes(buffer, start, end - start));
    }

    /**
     * Returns the number of bytes.
     *
     * @return 0 or more
     */
    public int length() {
        return bytes.length;
    }

    /** {@return a copy of the bytes, in network order} */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Appends the bytes. */
    void writeTo(ByteBuf out) {
        out.writeBytes(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns two hexadecimal digits for each byte. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
