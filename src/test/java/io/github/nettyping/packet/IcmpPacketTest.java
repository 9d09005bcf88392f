package io.github.nettyping.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void aPacketThatRestsKeepsItsContentAndForgetsTheRest() {
        ByteBuf bytes = Unpooled.buffer(8).writeLong(1);
        IcmpPacket packet = IcmpPacket.resting(bytes);
        assertThat(packet.isResting(8)).isTrue();
        assertThat(packet.isResting(9)).isFalse();
        assertThatThrownBy(packet::content).isInstanceOf(IllegalReferenceCountException.class);

        packet.wake(PEER.high(), PEER.low(), 0)
                .hopLimit(57)
                .trafficClass(0x28)
                .arrival(WHERE)
                .markTruncated()
                .received(1, 2, 3)
                .sendWith(THREE_HOPS);
        assertThat(packet.content()).isSameAs(bytes);
        assertThat(packet.release()).isTrue();
        assertThat(bytes.refCnt()).isEqualTo(1);

        packet.wake(0, 1, 4);
        assertThat(packet.peer()).isEqualTo(new IpAddress(0, 1, 4));
        assertThat(packet.hopLimit()).isEmpty();
        assertThat(packet.trafficClass()).isEmpty();
        assertThat(packet.arrival()).isEmpty();
        assertThat(packet.isTruncated()).isFalse();
        assertThat(packet.hasKernelReceiveTime()).isFalse();
        assertThat(packet.hasSendOptions()).isFalse();
        packet.dismiss();
        assertThat(bytes.refCnt()).as("in use").isEqualTo(1);
        packet.release();
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void aPacketOfWhichSomebodyHoldsSomethingDoesNotRest() {
        ByteBuf bytes = Unpooled.buffer(8).writeLong(1);
        IcmpPacket packet = IcmpPacket.resting(bytes).wake(PEER.high(), PEER.low(), 0);

        packet.retain();
        packet.release();
        assertThat(packet.isResting(0)).isFalse();
        assertThatThrownBy(() -> packet.wake(0, 0, 0)).isInstanceOf(IllegalReferenceCountException.class);

        bytes.retain();
        packet.release();
        assertThat(packet.isResting(0)).isFalse();
        assertThat(bytes.refCnt()).isEqualTo(1);
        bytes.release();
    }

    @Test
    void aPacketReleasedInAnotherThreadDoesNotRest() throws InterruptedException {
        ByteBuf bytes = Unpooled.buffer(8).writeLong(1);
        IcmpPacket packet = IcmpPacket.resting(bytes).wake(PEER.high(), PEER.low(), 0);
        Thread other = new Thread(packet::release);
        other.start();
        other.join();

        assertThat(packet.isResting(0)).isFalse();
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void aPacketWithOtherContentDoesNotRest() {
        ByteBuf bytes = Unpooled.buffer(8).writeLong(1);
        ByteBuf others = Unpooled.buffer(8).writeLong(2);
        IcmpPacket packet = IcmpPacket.resting(bytes).wake(PEER.high(), PEER.low(), 0);

        packet.withContent(others);
        assertThat(bytes.refCnt()).isZero();
        packet.release();
        assertThat(packet.isResting(0)).isFalse();
        assertThat(others.refCnt()).isZero();
    }

    @Test
    void tellsAnUnsettledListenerBeforeItRests() {
        ByteBuf bytes = Unpooled.buffer(8).writeLong(1);
        List<Long> discarded = new ArrayList<>();
        IcmpPacket packet = IcmpPacket.resting(bytes).wake(PEER.high(), PEER.low(), 0);
        packet.onSend(
                new SendListener() {
                    @Override
                    public void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos) {}

                    @Override
                    public void refused(long key, SystemCallException cause) {}

                    @Override
                    public void discarded(long key) {
                        discarded.add(key);
                    }
                },
                7);
        packet.release();
        packet.wake(0, 0, 0).release();

        assertThat(discarded).containsExactly(7L);
        packet.dismiss();
    }

    @Test
    void countsReferencesAsEveryReferenceCountedObjectDoes() {
        IcmpPacket packet = packet();
        assertThat(packet.retain(2).refCnt()).isEqualTo(3);
        assertThat(packet.release(2)).isFalse();
        assertThatThrownBy(() -> packet.retain(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packet.release(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packet.release(2)).isInstanceOf(IllegalReferenceCountException.class);
        assertThatThrownBy(() -> packet.retain(Integer.MAX_VALUE)).isInstanceOf(IllegalReferenceCountException.class);
        assertThat(packet.refCnt()).isEqualTo(1);

        assertThat(packet.release()).isTrue();
        assertThatThrownBy(packet::retain).isInstanceOf(IllegalReferenceCountException.class);
        assertThatThrownBy(packet::release).isInstanceOf(IllegalReferenceCountException.class);
    }
}
