package io.github.nettyping.channel;

import io.github.nettyping.packet.ConfinedReferenceCounted;
import io.github.nettyping.packet.IcmpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Packets written between two flushes, as one entry of the channel's outbound buffer. Reused once all of them have
 * left. Confined to the channel's event loop.
 */
final class PacketBatch extends ConfinedReferenceCounted {

    private final @Nullable IcmpPacket[] packets = new IcmpPacket[BatchSender.BATCH];
    private int first;
    private int end;
    private int bytes;

    /** Adds a packet and takes ownership of it; the batch must not be full. */
    void add(IcmpPacket packet) {
        packets[end++] = packet;
        bytes += packet.content().readableBytes();
    }

    boolean isFull() {
        return end == packets.length;
    }

    boolean isEmpty() {
        return first == end;
    }

    /** Returns how many packets are left. */
    int size() {
        return end - first;
    }

    /** Returns how many bytes have been added. */
    int bytes() {
        return bytes;
    }

    /** Returns packet {@code i} of those left. */
    IcmpPacket get(int i) {
        IcmpPacket packet = packets[first + i];
        if (packet == null) {
            throw new IndexOutOfBoundsException(i);
        }
        return packet;
    }

    /** Takes out the first packet of those left; the caller owns it from now on. */
    IcmpPacket removeFirst() {
        IcmpPacket packet = get(0);
        packets[first++] = null;
        return packet;
    }

    /** Makes it as good as new; those who hold it must have released it. */
    void reuse() {
        first = 0;
        end = 0;
        bytes = 0;
        revive();
    }

    @Override
    public PacketBatch touch(@Nullable Object hint) {
        for (int i = 0; i < size(); i++) {
            get(i).touch(hint);
        }
        return this;
    }

    @Override
    protected void deallocate() {
        while (!isEmpty()) {
            removeFirst().release();
        }
    }
}
