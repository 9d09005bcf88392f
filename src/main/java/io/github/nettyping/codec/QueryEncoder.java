package io.github.nettyping.codec;

import io.github.nettyping.codec.ExtendedEchoReply.NeighborState;
import io.github.nettyping.packet.IpFamily;
import io.netty.buffer.ByteBuf;

/** Writes query messages, all but their checksum, which is left 0. */
final class QueryEncoder {

    private QueryEncoder() {}

    /**
     * Appends a message.
     *
     * @throws IllegalArgumentException if the family has no such message
     */
    static void write(ByteBuf out, IpFamily family, QueryMessage message) {
        if (message instanceof TimestampRequest request) {
            writeHeader(out, IcmpType.TIMESTAMP_REQUEST.value(family), 0, request);
            out.writeShort(request.sequence());
            writeTimes(out, request.originate(), new TimeOfDay(0), new TimeOfDay(0));
        } else if (message instanceof TimestampReply reply) {
            writeHeader(out, IcmpType.TIMESTAMP_REPLY.value(family), reply.code(), reply);
            out.writeShort(reply.sequence());
            writeTimes(out, reply.originate(), reply.receive(), reply.transmit());
        } else if (message instanceof ExtendedEchoRequest request) {
            writeHeader(out, IcmpType.EXTENDED_ECHO_REQUEST.value(family), 0, request);
            out.writeByte(request.sequence()).writeByte(request.local() ? ExtendedEchoRequest.LOCAL : 0);
            IdentificationCodec.writeStructure(out, request.interfaceAsked());
        } else if (message instanceof ExtendedEchoReply reply) {
            writeHeader(out, IcmpType.EXTENDED_ECHO_REPLY.value(family), reply.code(), reply);
            out.writeByte(reply.sequence()).writeByte(flags(reply));
        }
    }

    /** Writes what comes before the sequence number: all messages have it in the same place. */
    private static void writeHeader(ByteBuf out, int type, int code, QueryMessage message) {
        out.writeByte(type).writeByte(code).writeShort(0).writeShort(message.identifier());
    }

    private static void writeTimes(ByteBuf out, TimeOfDay originate, TimeOfDay receive, TimeOfDay transmit) {
        out.writeInt(originate.bits()).writeInt(receive.bits()).writeInt(transmit.bits());
    }

    private static int flags(ExtendedEchoReply reply) {
        return reply.state().map(NeighborState::value).orElse(0) << ExtendedEchoReply.STATE_SHIFT
                | (reply.active() ? ExtendedEchoReply.ACTIVE : 0)
                | (reply.ipv4() ? ExtendedEchoReply.IPV4 : 0)
                | (reply.ipv6() ? ExtendedEchoReply.IPV6 : 0);
    }
}
