package io.github.nettyping.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Room for a header before the readable bytes of a buffer. */
final class Headroom {

    private Headroom() {}

    /**
     * Returns a buffer with the same readable bytes and enough writable bytes before them: the buffer itself, or a
     * direct copy.
     *
     * @param buffer takes ownership of it unless this method throws
     */
    static ByteBuf before(ByteBufAllocator alloc, ByteBuf buffer, int bytes) {
        if (isBefore(buffer, bytes)) {
            return buffer;
        }
        ByteBuf copy = copy(alloc, buffer, bytes);
        buffer.release();
        return copy;
    }

    static boolean isBefore(ByteBuf buffer, int bytes) {
        return buffer.readerIndex() >= bytes && !buffer.isReadOnly();
    }

    /** Returns a direct copy of the readable bytes with room before them. */
    static ByteBuf copy(ByteBufAllocator alloc, ByteBuf buffer, int bytes) {
        ByteBuf copy = alloc.directBuffer(bytes + buffer.readableBytes());
        copy.setIndex(bytes, bytes);
        return copy.writeBytes(buffer, buffer.readerIndex(), buffer.readableBytes());
    }
}
