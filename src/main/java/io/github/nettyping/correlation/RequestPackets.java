package io.github.nettyping.correlation;

import io.github.nettyping.packet.IcmpPacket;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Packets sent lately, to be used again with their buffers: nearly always one rests by the time as many others have been
 * written, and waking it costs less than taking packet and buffer out of their pools. Confined to the channel's event loop.
 */
final class RequestPackets {

    /** Two batches. What waits longer than that for the kernel is left alone, and another one takes its place. */
    private static final int RING = 128;

    private final @Nullable IcmpPacket[] ring = new IcmpPacket[RING];
    private int next;

    /** Returns a packet whose content is a direct buffer of at least this capacity, held by nobody else. */
    IcmpPacket take(ByteBufAllocator allocator, int capacity, long peerHigh, long peerLow, int peerScopeId) {
        int i = next;
        next = (i + 1) & (RING - 1);
        IcmpPacket packet = ring[i];
        if (packet == null || !packet.isResting(capacity)) {
            if (packet != null) {
                ring[i] = null;
                packet.dismiss();
            }
            packet = IcmpPacket.resting(allocator.directBuffer(capacity));
            ring[i] = packet;
        }
        return packet.wake(peerHigh, peerLow, peerScopeId);
    }

    /** Gives up the packets; those under way stay their holders'. */
    void release() {
        for (int i = 0; i < RING; i++) {
            IcmpPacket packet = ring[i];
            if (packet != null) {
                ring[i] = null;
                packet.dismiss();
            }
        }
    }
}
