package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What an error quotes of the echo request that caused it. Nothing in it is proven: whoever sends the error writes
 * the quote. Only 8 bytes after the IP header are sure to be quoted (RFC 792); newer nodes quote more. Immutable.
 */
public final class Quote {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final IpAddress destination;
    private final Optional<IpAddress> source;
    private final int type;
    private final int identifier;
    private final int sequence;
    private final byte[] payload;

    /** Takes the array without a copy: nobody else may keep it. */
    Quote(IpAddress destination, Optional<IpAddress> source, int type, int identifier, int sequence, byte[] payload) {
        this.destination = destination;
        this.source = source;
        this.type = type;
        this.identifier = identifier;
        this.sequence = sequence;
        this.payload = payload;
    }

    /**
     * {@return the quote of an echo request}
     *
     * @param destination where the request went
     * @param source      where it came from, if that is known
     * @param identifier  0 to 65535
     * @param sequence    0 to 65535
     * @param payload     the quoted bytes after the 8-byte ICMP header; copied
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Quote of(
            IpAddress destination, Optional<IpAddress> source, int identifier, int sequence, byte[] payload) {
        EchoMessage.checkFields(0, identifier, sequence);
        int type = IcmpType.ECHO_REQUEST.value(destination.family());
        return new Quote(destination, source, type, identifier, sequence, payload.clone());
    }

    /** {@return where the request went; a link-local address has the interface of the error, if that was known} */
    public IpAddress destination() {
        return destination;
    }

    /**
     * {@return where the request came from; empty if the error came by the error queue, where the kernel leaves it out}
     */
    public Optional<IpAddress> source() {
        return source;
    }

    /** {@return the ICMP type of the quoted message, an echo request: 8 for ICMPv4, 128 for ICMPv6} */
    public int type() {
        return type;
    }

    /** {@return the identifier, 0 to 65535} */
    public int identifier() {
        return identifier;
    }

    /** {@return the sequence number, 0 to 65535} */
    public int sequence() {
        return sequence;
    }

    /** {@return how many bytes of the payload are quoted, without the 8-byte ICMP header} */
    public int payloadBytes() {
        return payload.length;
    }

    /**
     * {@return eight bytes of the payload, in network order}
     *
     * @param offset of the first of them, 0 to {@link #payloadBytes()} - 8
     * @throws IndexOutOfBoundsException if they are not all quoted
     */
    public long payloadLong(int offset) {
        return (long) LONGS.get(payload, offset);
    }

    /**
     * {@return four bytes of the payload, in network order}
     *
     * @param offset of the first of them, 0 to {@link #payloadBytes()} - 4
     * @throws IndexOutOfBoundsException if they are not all quoted
     */
    public int payloadInt(int offset) {
        return (int) INTS.get(payload, offset);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quote that
                && destination.equals(that.destination)
                && source.equals(that.source)
                && type == that.type
                && identifier == that.identifier
                && sequence == that.sequence
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(destination, source, type, identifier, sequence, Arrays.hashCode(payload));
    }

    /** Returns the fields and the length of the payload, for logs. */
    @Override
    public String toString() {
        return "Quote(destination=" + destination
                + source.map(address -> ", source=" + address).orElse("") + ", identifier=" + identifier + ", sequence="
                + sequence + ", " + payload.length + " payload bytes)";
    }
}
