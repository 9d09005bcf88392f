package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.ControlMessages;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpFamily;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Receives packets by {@code recvmmsg} into pooled direct buffers. Confined to the channel's event loop.
 *
 * <p>A buffer that nobody has retained by the time its packet has been through the pipeline is used again for the next
 * batch; only the others are replaced.
 */
final class BatchReceiver implements AutoCloseable {

    private final ByteBufAllocator allocator;
    private final int bufferBytes;
    private final MmsgArray messages;
    private final ControlMessages control = new ControlMessages();
    private final @Nullable ByteBuf[] buffers;
    private int used;

    BatchReceiver(ByteBufAllocator allocator, IpFamily family, int batch, int bufferBytes) {
        this.allocator = allocator;
        this.bufferBytes = bufferBytes;
        this.messages = MmsgArray.forFamily(batch, family == IpFamily.IPV6, ControlMessages.BYTES);
        this.buffers = new ByteBuf[batch];
        this.used = batch;
    }

    int batch() {
        return buffers.length;
    }

    /** Returns how many bytes of a packet there is room for. */
    int bufferBytes() {
        return bufferBytes;
    }

    /** Receives up to one batch; returns how many packets came, or the negated errno. */
    int receive(IcmpSocket socket, int flags) {
        for (int i = 0; i < used; i++) {
            ByteBuf buffer = buffers[i];
            if (buffer == null || buffer.refCnt() != 1) {
                if (buffer != null) {
                    // Forgotten first: it is somebody else's from now on, also if no other can be had.
                    buffers[i] = null;
                    buffer.release();
                }
                buffer = allocator.directBuffer(bufferBytes, bufferBytes);
                buffers[i] = buffer;
                messages.setBuffer(i, Addresses.of(buffer, 0), bufferBytes);
            }
            messages.resetForReceive(i);
        }
        used = 0;
        int received = socket.receive(messages, buffers.length, flags);
        used = Math.max(received, 0);
        return received;
    }

    /**
     * Returns packet {@code i} of the last batch.
     *
     * @param readNanos       the monotonic clock after the batch was received
     * @param wallOffsetNanos the wall clock minus the monotonic one
     */
    IcmpPacket packet(int i, long readNanos, long wallOffsetNanos) {
        ByteBuf buffer = buffers[i];
        if (buffer == null) {
            throw new IllegalStateException("no packet " + i + " in this batch");
        }
        int length = Math.min(messages.length(i), bufferBytes);
        buffer.setIndex(0, length);
        control.parse(messages.controlBytes(), messages.controlOffset(i), messages.controlLength(i));
        boolean named = messages.hasPeer(i);
        IcmpPacket packet = IcmpPacket.of(
                buffer.retain(),
                named ? messages.peerHigh(i) : 0,
                named ? messages.peerLow(i) : 0,
                named ? messages.peerScopeId(i) : 0);
        packet.received(control.kernelNanos(), readNanos, wallOffsetNanos);
        if (control.hasHopLimit()) {
            packet.hopLimit(control.hopLimit());
        }
        if ((messages.flags(i) & SocketHeader.MSG_TRUNC) != 0) {
            packet.markTruncated();
        }
        return packet;
    }

    /** Returns the control messages of the packet last asked for. */
    ControlMessages control() {
        return control;
    }

    @Override
    public void close() {
        for (int i = 0; i < buffers.length; i++) {
            ByteBuf buffer = buffers[i];
            if (buffer != null) {
                buffers[i] = null;
                buffer.release();
            }
        }
        messages.close();
    }
}
