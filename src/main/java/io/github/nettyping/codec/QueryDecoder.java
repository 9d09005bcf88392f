package io.github.nettyping.codec;

import io.github.nettyping.codec.ExtendedEchoReply.NeighborState;
import io.github.nettyping.codec.UndecodablePacket.Reason;
import io.github.nettyping.packet.IcmpPacket;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Reads query messages. One that is too short, or whose question cannot be read, is malformed. */
final class QueryDecoder {

    // Offsets of a timestamp message's times, and its length. RFC 792, page 16.
    static final int ORIGINATE = 8;
    static final int RECEIVE = 12;
    static final int TRANSMIT = 16;
    static final int TIMESTAMP_BYTES = 20;

    private QueryDecoder() {}

    /**
     * Reads a message.
     *
     * @param packet does not retain it
     * @param type   a query's type
     * @param start  index of the ICMP header, of which all 8 bytes are there
     * @param end    index after the message
     */
    static IcmpMessage decode(IcmpPacket packet, IcmpType type, int start, int end) {
        return switch (type) {
            case TIMESTAMP_REQUEST, TIMESTAMP_REPLY ->
                end - start < TIMESTAMP_BYTES
                        ? new UndecodablePacket(Reason.MALFORMED, packet.peer())
                        : timestamp(packet, type, start);
            case EXTENDED_ECHO_REQUEST -> extendedRequest(packet, start, end);
            case EXTENDED_ECHO_REPLY -> extendedReply(packet, start);
            default -> throw new IllegalArgumentException("type: " + type + " (expected: that of a query)");
        };
    }

    private static IcmpMessage timestamp(IcmpPacket packet, IcmpType type, int start) {
        ByteBuf buffer = packet.content();
        int identifier = buffer.getUnsignedShort(start + IcmpHeader.IDENTIFIER);
        int sequence = buffer.getUnsignedShort(start + IcmpHeader.SEQUENCE);
        TimeOfDay originate = new TimeOfDay(buffer.getInt(start + ORIGINATE));
        if (type == IcmpType.TIMESTAMP_REQUEST) {
            return new TimestampRequest(packet.peer(), identifier, sequence, originate);
        }
        return new TimestampReply(
                packet.peer(),
                buffer.getUnsignedByte(start + IcmpHeader.CODE),
                identifier,
                sequence,
                originate,
                new TimeOfDay(buffer.getInt(start + RECEIVE)),
                new TimeOfDay(buffer.getInt(start + TRANSMIT)),
                Optional.of(Receipt.of(packet)));
    }

    private static IcmpMessage extendedRequest(IcmpPacket packet, int start, int end) {
        ByteBuf buffer = packet.content();
        Optional<InterfaceIdentification> asked =
                IdentificationCodec.readStructure(buffer, start + IcmpHeader.BYTES, end);
        if (asked.isEmpty()) {
            return new UndecodablePacket(Reason.MALFORMED, packet.peer());
        }
        return new ExtendedEchoRequest(
                packet.peer(),
                buffer.getUnsignedShort(start + IcmpHeader.IDENTIFIER),
                buffer.getUnsignedByte(start + IcmpHeader.SHORT_SEQUENCE),
                (buffer.getByte(start + IcmpHeader.FLAGS) & ExtendedEchoRequest.LOCAL) != 0,
                asked.get());
    }

    private static ExtendedEchoReply extendedReply(IcmpPacket packet, int start) {
        ByteBuf buffer = packet.content();
        int flags = buffer.getUnsignedByte(start + IcmpHeader.FLAGS);
        return new ExtendedEchoReply(
                packet.peer(),
                buffer.getUnsignedByte(start + IcmpHeader.CODE),
                buffer.getUnsignedShort(start + IcmpHeader.IDENTIFIER),
                buffer.getUnsignedByte(start + IcmpHeader.SHORT_SEQUENCE),
                NeighborState.of(flags >>> ExtendedEchoReply.STATE_SHIFT),
                (flags & ExtendedEchoReply.ACTIVE) != 0,
                (flags & ExtendedEchoReply.IPV4) != 0,
                (flags & ExtendedEchoReply.IPV6) != 0,
                Optional.of(Receipt.of(packet)));
    }
}
