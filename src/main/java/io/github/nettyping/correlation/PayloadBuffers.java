package io.github.nettyping.correlation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Buffers of the packets sent lately, to be used again: nearly always a packet has been released by the time as many
 * others have been written, and taking its buffer back costs less than returning it to a pool and getting it out again.
 * Confined to the channel's event loop.
 */
final class PayloadBuffers {

    /** Four batches. What waits longer than that for the kernel keeps its buffer, and another one is allocated. */
    private static final int RING = 256;

    private final @Nullable ByteBuf[] ring = new ByteBuf[RING];
    private int next;

    /** Returns a direct buffer of at least this capacity, whose one reference beside ours is the caller's. */
    ByteBuf take(ByteBufAllocator allocator, int capacity) {
        int i = next;
        next = (i + 1) & (RING - 1);
        ByteBuf buffer = ring[i];
        if (buffer == null || buffer.refCnt() != 1 || buffer.capacity() < capacity) {
            if (buffer != null) {
                ring[i] = null;
                buffer.release();
            }
            buffer = allocator.directBuffer(capacity);
            ring[i] = buffer;
        }
        return buffer.retain();
    }

    /** Gives up the buffers; those under way stay their packets'. */
    void release() {
        for (int i = 0; i < RING; i++) {
            ByteBuf buffer = ring[i];
            if (buffer != null) {
                ring[i] = null;
                buffer.release();
            }
        }
    }
}
