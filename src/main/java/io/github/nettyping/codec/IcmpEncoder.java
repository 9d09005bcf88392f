package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Turns each {@link EchoRequest} into its {@link IcmpPacket}, with the ICMP header before the payload, and each
 * {@link QueryMessage} into a new packet; other messages pass.
 *
 * <p>The header of an echo request goes into the {@link EchoRequest#HEADROOM} of the payload's buffer. The checksum is
 * left 0 where the kernel writes it. Holds nothing but the kind of socket: safe for use by many channels.
 */
@Sharable
public final class IcmpEncoder extends ChannelOutboundHandlerAdapter {

    private static final int CODE_SHIFT = 48;
    private static final int TYPE_SHIFT = 56;
    private static final int IDENTIFIER_SHIFT = 16;

    /** Room for every query message except those that identify an interface by a long name. */
    private static final int QUERY_BYTES = 48;

    private final IpFamily family;
    private final long type;
    private final boolean writesChecksum;

    /**
     * Makes an encoder.
     *
     * @param kind the kind of socket of every channel it is used in
     */
    public IcmpEncoder(SocketKind kind) {
        this.family = kind.family();
        this.type = IcmpType.ECHO_REQUEST.value(family);
        this.writesChecksum = !kind.kernelWritesChecksum();
    }

    /**
     * Writes the packet of an echo request or a query, or passes the message on.
     *
     * @throws IllegalStateException    if somebody else holds the request too; it is released
     * @throws IllegalArgumentException if the family of the socket has no such query
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The returned future is the promise, which the writer has.
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        Object out = msg;
        if (msg instanceof EchoRequest request) {
            out = encode(ctx.alloc(), request);
        } else if (msg instanceof QueryMessage query) {
            out = encode(ctx.alloc(), query);
        }
        ctx.write(out, promise);
    }

    /**
     * Returns the packet of a request, so that the caller can change its bytes before they are sent.
     *
     * @param alloc   makes the buffer if the payload's leaves no room for the header
     * @param request takes ownership of it
     * @return the packet that held the request, which the caller now owns; its content begins with the ICMP header
     * @throws IllegalStateException if somebody else holds the request too; it is released
     */
    public IcmpPacket encode(ByteBufAllocator alloc, EchoRequest request) {
        // One store for the whole header: type, code, checksum 0, identifier, sequence. See IcmpHeader.
        long header = type << TYPE_SHIFT
                | (long) request.code() << CODE_SHIFT
                | (long) request.identifier() << IDENTIFIER_SHIFT
                | request.sequence();
        IcmpPacket packet = detach(request);
        try {
            ByteBuf message = withHeadroom(alloc, packet);
            int start = message.readerIndex() - IcmpHeader.BYTES;
            message.setLong(start, header);
            message.readerIndex(start);
            writeChecksum(message);
            return packet;
        } catch (Throwable t) {
            packet.release();
            throw t;
        }
    }

    /**
     * Returns a packet that holds a query, so that the caller can learn when it is sent ({@link IcmpPacket#onSend}) or
     * change its bytes before.
     *
     * @param alloc makes the buffer
     * @param query the message
     * @return the packet, to the query's peer, which the caller now owns; its content begins with the ICMP header
     * @throws IllegalArgumentException if the family of the socket has no such query
     */
    public IcmpPacket encode(ByteBufAllocator alloc, QueryMessage query) {
        if (query.peer().family() != family) {
            throw new IllegalArgumentException("peer: " + query.peer() + " (expected: an address of " + family + ')');
        }
        ByteBuf message = alloc.directBuffer(QUERY_BYTES);
        try {
            QueryEncoder.write(message, family, query);
            writeChecksum(message);
        } catch (Throwable t) {
            message.release();
            throw t;
        }
        return IcmpPacket.of(message, query.peer());
    }

    private void writeChecksum(ByteBuf message) {
        if (writesChecksum) {
            int start = message.readerIndex();
            int checksum = InternetChecksum.of(message, start, message.readableBytes());
            message.setShort(start + IcmpHeader.CHECKSUM, checksum);
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

    private static ByteBuf withHeadroom(ByteBufAllocator alloc, IcmpPacket packet) {
        ByteBuf payload = packet.content();
        if (Headroom.isBefore(payload, IcmpHeader.BYTES)) {
            return payload;
        }
        ByteBuf copy = Headroom.copy(alloc, payload, IcmpHeader.BYTES);
        packet.withContent(copy);
        return copy;
    }
}
