package io.github.nettyping.codec;

import io.github.nettyping.codec.UndecodablePacket.Reason;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;

/**
 * Turns each {@link IcmpPacket} into one {@link IcmpMessage}, whatever its bytes; other messages pass.
 *
 * <p>An {@link EchoMessage} takes over the packet; for every other message the packet is released. Checksums are
 * verified where the kernel has not done it. Holds nothing but the kind of socket: safe for use by many channels.
 */
@Sharable
public final class IcmpDecoder extends ChannelInboundHandlerAdapter {

    private final SocketKind kind;
    private final IpFamily family;

    /**
     * Makes a decoder.
     *
     * @param kind the kind of socket of every channel it is used in
     */
    public IcmpDecoder(SocketKind kind) {
        this.kind = kind;
        this.family = kind.family();
    }

    /** Passes up the decoded message of a packet, or any other message as it is. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ctx.fireChannelRead(msg instanceof IcmpPacket packet ? decode(packet) : msg);
    }

    private IcmpMessage decode(IcmpPacket packet) {
        boolean passedOn = false;
        try {
            Optional<QueuedError> error = packet.queuedError();
            IcmpMessage message =
                    error.isPresent() ? ErrorDecoder.ofQueued(packet, error.get(), family) : ofPacket(packet);
            passedOn = message instanceof EchoMessage;
            return message;
        } finally {
            if (!passedOn) {
                packet.release();
            }
        }
    }

    private IcmpMessage ofPacket(IcmpPacket packet) {
        ByteBuf content = packet.content();
        int start = content.readerIndex();
        int end = content.writerIndex();
        if (kind.deliversIpHeader()) {
            // The checksum of a packet that was cut off cannot be verified.
            if (packet.isTruncated() || !Ipv4Layout.isIcmp(content, start, end)) {
                return new UndecodablePacket(Reason.MALFORMED, packet.peer());
            }
            if (packet.hopLimit().isEmpty()) {
                packet.hopLimit(content.getUnsignedByte(start + Ipv4Layout.TTL));
            }
            end = Math.min(end, start + Ipv4Layout.totalBytes(content, start));
            start += Ipv4Layout.bytes(content, start);
        }
        if (end - start < IcmpHeader.BYTES) {
            return new UndecodablePacket(Reason.MALFORMED, packet.peer());
        }
        if (!kind.kernelVerifiesChecksum() && !InternetChecksum.isValid(content, start, end - start)) {
            return new UndecodablePacket(Reason.CHECKSUM, packet.peer());
        }
        return ofMessage(packet, content, start, end);
    }

    private IcmpMessage ofMessage(IcmpPacket packet, ByteBuf content, int start, int end) {
        int number = content.getUnsignedByte(start + IcmpHeader.TYPE);
        int code = content.getUnsignedByte(start + IcmpHeader.CODE);
        IcmpType type = IcmpType.of(family, number);
        return switch (type) {
            case ECHO_REPLY, ECHO_REQUEST -> {
                int identifier = content.getUnsignedShort(start + IcmpHeader.IDENTIFIER);
                int sequence = content.getUnsignedShort(start + IcmpHeader.SEQUENCE);
                int first = content.readerIndex();
                content.setIndex(start + IcmpHeader.BYTES, end);
                EchoMessage message = type == IcmpType.ECHO_REPLY
                        ? EchoReply.of(packet, code, identifier, sequence)
                        : EchoRequest.of(packet, code, identifier, sequence);
                if (kind.deliversIpHeader()) {
                    message.ipv4HeaderAt(first);
                }
                yield message;
            }
            case OTHER -> new OtherMessage(family, number, code, packet.peer());
            case DESTINATION_UNREACHABLE, PACKET_TOO_BIG, TIME_EXCEEDED, PARAMETER_PROBLEM, SOURCE_QUENCH, REDIRECT ->
                ErrorDecoder.ofPacket(packet, family, type, start, end);
            case TIMESTAMP_REQUEST, TIMESTAMP_REPLY, EXTENDED_ECHO_REQUEST, EXTENDED_ECHO_REPLY ->
                QueryDecoder.decode(packet, type, start, end);
        };
    }
}
