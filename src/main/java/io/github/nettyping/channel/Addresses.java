package io.github.nettyping.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;

/** Where the bytes of a direct buffer lie. Stateless. */
final class Addresses {

    private Addresses() {}

    /** Returns the address of the byte at {@code index}. */
    static long of(ByteBuf direct, int index) {
        if (direct.hasMemoryAddress()) {
            return direct.memoryAddress() + index;
        }
        // Without Unsafe a buffer may not know its address; the JNI call behind this asks the JVM.
        ByteBuffer bytes = direct.internalNioBuffer(index, direct.capacity() - index);
        return Buffer.memoryAddress(bytes) + bytes.position();
    }
}
