package io.github.nettyping.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.junit.jupiter.api.Test;

class IcmpPacketTest {

    private static final IpAddress PEER = IpAddress.ofIpv4(0x7f000001);
    private static final SendOptions THREE_HOPS =
            SendOptions.builder().hopLimit(3).build();
    private static final Arrival WHERE = new Arrival(IpAddress.ofIpv4(0xe0000001), 2);

    private static IcmpPacket packet() {
        return IcmpPacket.of(Unpooled.buffer(8).writeLong(1), PEER);
    }

    @Test
    void carriesNoOptionsUntilItIsGivenSome() {
        IcmpPacket packet = packet();
        assertThat(packet.hasSendOptions()).isFalse();
        assertThat(packet.sendOptions().isNone()).isTrue();

        packet.sendWith(THREE_HOPS);
        assertThat(packet.hasSendOptions()).isTrue();
        assertThat(packet.sendOptions()).isEqualTo(THREE_HOPS);
        assertThat(packet).asString().contains("with hopLimit=3");

        packet.sendWith(SendOptions.builder().build());
        assertThat(packet.hasSendOptions()).isFalse();
        packet.release();
    }

    @Test
    void whatAPacketArrivedWithIsNotWhatItIsSentWith() {
        IcmpPacket packet = packet().hopLimit(57).trafficClass(0x28);

        assertThat(packet.hopLimit()).hasValue(57);
        assertThat(packet.trafficClass()).hasValue(0x28);
        assertThat(packet.hasSendOptions()).isFalse();
        packet.release();
    }

    @Test
    void tellsOctetsWithoutNewObjects() {
        IcmpPacket packet = packet().hopLimit(255).trafficClass(0);

        assertThat(packet.hopLimit()).hasValue(255).isSameAs(packet.hopLimit());
        assertThat(packet.trafficClass()).hasValue(0).isSameAs(packet.trafficClass());
        packet.release();
    }

    @Test
    void otherBytesKeepTheMetadata() {
        IcmpPacket packet =
                packet().hopLimit(57).trafficClass(0x28).arrival(WHERE).sendWith(THREE_HOPS);
        IcmpPacket copy = packet.copy();

        assertThat(copy.hopLimit()).hasValue(57);
        assertThat(copy.trafficClass()).hasValue(0x28);
        assertThat(copy.arrival()).contains(WHERE);
        assertThat(copy.sendOptions()).isEqualTo(THREE_HOPS);
        copy.release();
        packet.release();
    }

    @Test
    void aRecycledPacketKnowsNothingOfTheOneBefore() throws InterruptedException {
        // The pool works on Netty's threads alone.
        Thread thread = new FastThreadLocalThread(() -> {
            ByteBuf bytes = Unpooled.buffer(8).writeLong(1);
            IcmpPacket before =
                    packet().hopLimit(57).trafficClass(0x28).arrival(WHERE).sendWith(THREE_HOPS);
            before.release();
            IcmpPacket after = IcmpPacket.of(bytes, PEER);

            assertThat(after).isSameAs(before);
            assertThat(after.hopLimit()).isEmpty();
            assertThat(after.trafficClass()).isEmpty();
            assertThat(after.arrival()).isEmpty();
            assertThat(after.hasSendOptions()).isFalse();
            after.release();
        });
        Throwable[] failure = new Throwable[1];
        thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        thread.start();
        thread.join();
        assertThat(failure[0]).isNull();
    }
}
