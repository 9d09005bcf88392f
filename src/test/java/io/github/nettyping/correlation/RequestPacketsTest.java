package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestPacketsTest {

    private static final int MANY = 1_000;

    private final RequestPackets packets = new RequestPackets();

    private IcmpPacket take(int capacity) {
        return packets.take(UnpooledByteBufAllocator.DEFAULT, capacity, 0, IpAddress.ipv4Low(0x7f000001), 0);
    }

    private static <T> Set<T> distinct() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    @Test
    void usesAPacketAndItsBufferAgainOnceItHasBeenReleased() {
        Set<IcmpPacket> used = distinct();
        Set<ByteBuf> buffers = distinct();
        for (int i = 0; i < MANY; i++) {
            IcmpPacket packet = take(72);
            used.add(packet);
            buffers.add(packet.content());
            packet.release();
        }

        assertThat(used).hasSize(128);
        assertThat(buffers).hasSize(128);
        packets.release();
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void neverHandsOutAPacketThatSomebodyHolds() {
        List<IcmpPacket> held = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            held.add(take(72));
        }
        Set<IcmpPacket> different = distinct();
        different.addAll(held);

        assertThat(different).hasSize(MANY);
        packets.release();
        assertThat(held).allMatch(packet -> packet.content().refCnt() == 1);
        List<ByteBuf> buffers = held.stream().map(IcmpPacket::content).toList();
        held.forEach(IcmpPacket::release);
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @Test
    void neverHandsOutABufferThatSomebodyHolds() {
        IcmpPacket packet = take(72);
        ByteBuf held = packet.content().retain();
        packet.release();
        for (int i = 0; i < MANY; i++) {
            IcmpPacket other = take(72);
            assertThat(other.content()).isNotSameAs(held);
            other.release();
        }

        packets.release();
        assertThat(held.refCnt()).isEqualTo(1);
        held.release();
    }

    @Test
    void replacesABufferThatIsTooSmall() {
        for (int i = 0; i < MANY; i++) {
            take(24).release();
        }
        IcmpPacket large = take(1_400);

        assertThat(large.content().capacity()).isGreaterThanOrEqualTo(1_400);
        large.release();
        packets.release();
    }
}
