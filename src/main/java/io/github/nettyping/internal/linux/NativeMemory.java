package io.github.nettyping.internal.linux;

import io.netty.channel.unix.Buffer;
import io.netty.util.internal.CleanableDirectBuffer;
import java.nio.ByteBuffer;

/**
 * A zeroed block of memory outside the heap, in the machine's byte order. Confined to one thread; freed by
 * {@link #close()}, after which it must not be touched.
 */
public final class NativeMemory implements AutoCloseable {

    private final CleanableDirectBuffer memory;
    private final ByteBuffer bytes;
    private final long address;
    private boolean closed;

    /** Allocates {@code size} bytes. */
    public NativeMemory(int size) {
        memory = Buffer.allocateDirectBufferWithNativeOrder(size);
        bytes = memory.buffer();
        address = Buffer.memoryAddress(bytes);
        for (int i = 0; i < size; i++) {
            bytes.put(i, (byte) 0);
        }
    }

    /** Returns the address of the first byte. */
    public long address() {
        return address;
    }

    /** Returns the bytes. Use absolute access only, which does not change position and limit. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes.capacity();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.clean();
        }
    }
}
