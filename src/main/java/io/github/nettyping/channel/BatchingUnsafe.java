package io.github.nettyping.channel;

import io.github.nettyping.internal.UnawaitedPromise;
import io.github.nettyping.packet.IcmpPacket;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The channel's own operations, in which packets whose writers wait for nothing ({@link UnawaitedPromise}) share an entry
 * of the outbound buffer: an entry for each packet would take a third of the work for a packet on its way down. Order is
 * kept. Confined to the channel's event loop.
 */
@SuppressWarnings("deprecation") // RecvByteBufAllocator is part of the interface.
final class BatchingUnsafe implements Channel.Unsafe {

    private final IcmpChannel channel;
    private final IcmpChannel.IcmpUnsafe unsafe;

    private @Nullable PacketBatch batch;
    /** That of the batch's first packet; the others' would do as well. */
    private @Nullable UnawaitedPromise batchPromise;
    /** The last batch that was flushed: it has probably been sent when the next one is needed. */
    private @Nullable PacketBatch spare;

    BatchingUnsafe(IcmpChannel channel, IcmpChannel.IcmpUnsafe unsafe) {
        this.channel = channel;
        this.unsafe = unsafe;
    }

    @Override
    public void write(Object message, ChannelPromise promise) {
        if (message instanceof IcmpPacket packet
                && promise instanceof UnawaitedPromise unawaited
                && unsafe.outboundBuffer() != null) {
            add(packet, unawaited);
        } else {
            passOn();
            unsafe.write(message, promise);
        }
    }

    private void add(IcmpPacket packet, UnawaitedPromise promise) {
        IcmpPacket sendable;
        try {
            sendable = channel.sendable(packet);
        } catch (Throwable t) {
            ReferenceCountUtil.release(packet);
            promise.tryFailure(t);
            return;
        }
        PacketBatch current = batch;
        if (current == null) {
            current = take();
            batch = current;
            batchPromise = promise;
        }
        current.add(sendable);
        if (current.isFull()) {
            passOn();
        }
    }

    private PacketBatch take() {
        PacketBatch used = spare;
        if (used == null || used.refCnt() != 0) {
            return new PacketBatch();
        }
        used.reuse();
        return used;
    }

    private void passOn() {
        PacketBatch current = batch;
        UnawaitedPromise promise = batchPromise;
        if (current != null && promise != null) {
            batch = null;
            batchPromise = null;
            spare = current;
            unsafe.write(current, promise);
        }
    }

    @Override
    public void flush() {
        passOn();
        unsafe.flush();
    }

    /** Throws away what was not flushed: the channel is closed. */
    void discard() {
        PacketBatch current = batch;
        if (current != null) {
            batch = null;
            batchPromise = null;
            current.release();
        }
    }

    @Override
    public RecvByteBufAllocator.Handle recvBufAllocHandle() {
        return unsafe.recvBufAllocHandle();
    }

    @Override
    public SocketAddress localAddress() {
        return unsafe.localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
        return unsafe.remoteAddress();
    }

    @Override
    public void register(EventLoop eventLoop, ChannelPromise promise) {
        unsafe.register(eventLoop, promise);
    }

    @Override
    public void bind(SocketAddress localAddress, ChannelPromise promise) {
        unsafe.bind(localAddress, promise);
    }

    @Override
    public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
        unsafe.connect(remote, local, promise);
    }

    @Override
    public void disconnect(ChannelPromise promise) {
        unsafe.disconnect(promise);
    }

    @Override
    public void close(ChannelPromise promise) {
        unsafe.close(promise);
    }

    @Override
    public void closeForcibly() {
        unsafe.closeForcibly();
    }

    @Override
    public void deregister(ChannelPromise promise) {
        unsafe.deregister(promise);
    }

    @Override
    public void beginRead() {
        unsafe.beginRead();
    }

    @Override
    public ChannelPromise voidPromise() {
        return unsafe.voidPromise();
    }

    @Override
    public @Nullable ChannelOutboundBuffer outboundBuffer() {
        return unsafe.outboundBuffer();
    }
}
