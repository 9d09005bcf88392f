package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Turns each {@link EchoRequest} into its {@link IcmpPacket}, with the ICMP header before the payload; other messages
 * pass.
 *
 * <p>The header goes into the {@link EchoRequest#HEADROOM} of the payload's buffer. The checksum is left 0 where the
 * kernel writes it. Holds nothing but the kind of socket: safe for use by many channels.
 */
@Sharable
public final class IcmpEncoder extends ChannelOutboundHandlerAdapter {

    private static final int CODE_SHIFT = 48;
    private static final int TYPE_SHIFT = 56;
    private static final int IDENTIFIER_SHIFT = 16;

    private final long type;
    private final boolean writesChecksum;

    /**
     * Makes an encoder.
     *
     * @param kind the kind of socket of every channel it is used in
     */
    public IcmpEncoder(SocketKind kind) {
        this.type = IcmpType.ECHO_REQUEST.value(kind.family());
        this.writesChecksum = !kind.kernelWritesChecksum();
    }

    /**
     * Writes the packet of an echo request, or passes the message on.
     *
     * @throws IllegalStateException if somebody else holds the request too; it is released
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // It is the promise, which the writer has.
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        ctx.write(msg instanceof EchoRequest request ? encode(ctx, request) : msg, promise);
    }

    private IcmpPacket encode(ChannelHandlerContext ctx, EchoRequest request) {
        // One store for the whole header: type, code, checksum 0, identifier, sequence. See IcmpHeader.
        long header = type << TYPE_SHIFT
                | (long) request.code() << CODE_SHIFT
                | (long) request.identifier() << IDENTIFIER_SHIFT
                | request.sequence();
        IcmpPacket packet = detach(request);
        try {
            ByteBuf message = withHeadroom(ctx, packet);
            int start = message.readerIndex() - IcmpHeader.BYTES;
            message.setLong(start, header);
            message.readerIndex(start);
            if (writesChecksum) {
                int checksum = InternetChecksum.of(message, start, message.readableBytes());
                message.setShort(start + IcmpHeader.CHECKSUM, checksum);
            }
            return packet;
        } catch (Throwable t) {
            packet.release();
            throw t;
        }
    }

    private static IcmpPacket detach(EchoRequest request) {
        try {
            return request.detachPacket();
        } catch (IllegalStateException e) {
            // A handler that throws from write() has still consumed the message.
            request.release();
            throw e;
        }
    }

    private static ByteBuf withHeadroom(ChannelHandlerContext ctx, IcmpPacket packet) {
        ByteBuf payload = packet.content();
        if (payload.readerIndex() >= IcmpHeader.BYTES && !payload.isReadOnly()) {
            return payload;
        }
        ByteBuf copy = ctx.alloc().directBuffer(IcmpHeader.BYTES + payload.readableBytes());
        copy.setIndex(IcmpHeader.BYTES, IcmpHeader.BYTES);
        copy.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        packet.withContent(copy);
        return copy;
    }
}
