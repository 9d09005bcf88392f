package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PayloadBuffersTest {

    private static final int MANY = 1_000;

    private final PayloadBuffers buffers = new PayloadBuffers();

    private ByteBuf take(int capacity) {
        return buffers.take(UnpooledByteBufAllocator.DEFAULT, capacity);
    }

    @Test
    void usesABufferAgainOnceItsPacketHasBeenReleased() {
        Set<ByteBuf> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < MANY; i++) {
            ByteBuf buffer = take(72);
            distinct.add(buffer);
            buffer.release();
        }

        assertThat(distinct).hasSize(256);
        buffers.release();
        assertThat(distinct).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void neverHandsOutABufferThatSomebodyHolds() {
        List<ByteBuf> held = new ArrayList<>();
        Set<ByteBuf> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < MANY; i++) {
            held.add(take(72));
        }
        distinct.addAll(held);

        assertThat(distinct).hasSize(MANY);
        buffers.release();
        assertThat(held).allMatch(buffer -> buffer.refCnt() == 1);
        held.forEach(ByteBuf::release);
    }

    @Test
    void replacesABufferThatIsTooSmall() {
        for (int i = 0; i < 256; i++) {
            take(24).release();
        }
        ByteBuf large = take(1_400);

        assertThat(large.capacity()).isGreaterThanOrEqualTo(1_400);
        large.release();
        buffers.release();
    }
}
