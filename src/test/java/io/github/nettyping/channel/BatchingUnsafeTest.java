package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.UnawaitedPromise;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of writers that wait for nothing, which share an entry of the outbound buffer. */
class BatchingUnsafeTest {

    private final ChannelOnFakes on = new ChannelOnFakes(
            new FakeSyscalls().onReceive(ChannelOnFakes.host(1), new byte[16]), SocketKind.IPV4_DGRAM);

    /** What becomes of every packet, and a channel that is closed when one is sent. */
    private final class Listener implements SendListener {

        private final List<String> told = new ArrayList<>();
        private long closeAt = -1;

        @Override
        public void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos) {
            told.add("sent " + key);
            if (key == closeAt) {
                on.channel.close();
            }
        }

        @Override
        public void refused(long key, SystemCallException cause) {
            told.add("refused " + key + ' ' + cause.errnoName());
            if (key == closeAt) {
                on.channel.close();
            }
        }

        @Override
        public void discarded(long key) {
            told.add("discarded " + key);
        }
    }

    /** A void promise that counts what it is told. */
    private static class CountingPromise extends DefaultChannelPromise {

        @Nullable
        Throwable failure;

        int successes;

        CountingPromise(Channel channel) {
            super(channel, channel.eventLoop());
        }

        @Override
        public boolean isVoid() {
            return true;
        }

        @Override
        public boolean setUncancellable() {
            return true;
        }

        @Override
        public boolean trySuccess() {
            return trySuccess(null);
        }

        @Override
        public boolean trySuccess(@Nullable Void result) {
            successes++;
            return true;
        }

        @Override
        public boolean tryFailure(Throwable cause) {
            failure = cause;
            return true;
        }
    }

    private static final class Unawaited extends CountingPromise implements UnawaitedPromise {

        Unawaited(Channel channel) {
            super(channel);
        }
    }

    private final Listener listener = new Listener();
    private final Unawaited silent = new Unawaited(on.channel);
    private final List<ByteBuf> buffers = new ArrayList<>();

    private void write(int number) {
        write(number, silent);
    }

    private ChannelFuture write(int number, ChannelPromise promise) {
        ByteBuf bytes = Unpooled.directBuffer(8).writeZero(7).writeByte(number);
        buffers.add(bytes);
        return on.channel.write(
                IcmpPacket.of(bytes, ChannelOnFakes.host(number)).onSend(listener, number), promise);
    }

    private static List<Integer> numbers(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private void assertEveryBufferIsReleased() {
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 200, 1_000})
    void allAreSentInOrder(int count) {
        try (on) {
            IntStream.range(0, count).forEach(this::write);
            on.channel.flush();
            on.run();

            assertThat(on.taken())
                    .isEqualTo(IntStream.range(0, count)
                            .mapToObj(i -> (int) (byte) i)
                            .toList());
            assertThat(listener.told).hasSize(count).allMatch(told -> told.startsWith("sent"));
            assertEveryBufferIsReleased();
        }
    }

    @Test
    void orderIsKeptAmongAllWrites() {
        try (on) {
            List<ChannelFuture> waitedFor = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                if (i % 3 == 0) {
                    waitedFor.add(write(i, on.channel.newPromise()));
                } else if (i % 7 == 0) {
                    write(i, on.channel.voidPromise());
                } else {
                    write(i);
                }
            }
            on.channel.flush();

            assertThat(on.taken()).isEqualTo(numbers(20));
            assertThat(waitedFor).allMatch(ChannelFuture::isSuccess);
            assertThat(on.kernel.calls()).as("in one call").containsExactly("sendmmsg");
        }
    }

    @Test
    void onlyWritesThatNobodyWaitsForShareAnEntry() {
        try (on) {
            CountingPromise waited = new CountingPromise(on.channel);
            IntStream.range(0, 5).forEach(this::write);
            IntStream.range(5, 8).forEach(i -> write(i, waited));
            on.channel.flush();
            on.run();

            assertThat(on.taken()).isEqualTo(numbers(8));
            assertThat(silent.successes).as("one entry of five packets").isEqualTo(1);
            assertThat(waited.successes).as("void, but not of this kind").isEqualTo(3);
        }
    }

    @Test
    void shortCountsAndFullBuffersLoseNothing() {
        try (on) {
            on.kernel.onSend(2, -Errno.EINTR, 1, 1, -Errno.EAGAIN);
            IntStream.range(0, 10).forEach(this::write);
            on.channel.flush();
            assertThat(on.taken()).isEqualTo(numbers(4));
            write(10);
            on.channel.flush();

            on.writing().becomesWritable();
            on.run();
            assertThat(on.taken()).isEqualTo(numbers(11));
            assertEveryBufferIsReleased();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void aRefusalBelongsToItsPacket(int refused) {
        try (on) {
            if (refused > 0) {
                on.kernel.onSend(refused);
            }
            on.kernel.onSend(-Errno.EHOSTUNREACH);
            IntStream.range(0, 5).forEach(this::write);
            on.channel.flush();

            assertThat(listener.told)
                    .hasSize(5)
                    .contains("refused " + refused + " EHOSTUNREACH")
                    .filteredOn(told -> told.startsWith("sent"))
                    .hasSize(4);
            assertThat(on.taken()).hasSize(4).doesNotContain(refused);
            assertEveryBufferIsReleased();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9})
    void aListenerMayCloseTheChannel(int last) {
        try (on) {
            listener.closeAt = last;
            IntStream.range(0, 10).forEach(this::write);
            on.channel.flush();
            on.run();

            assertThat(on.channel.isOpen()).isFalse();
            assertThat(listener.told).hasSize(10);
            assertThat(listener.told.get(last)).isEqualTo("sent " + last);
            assertThat(listener.told.subList(last + 1, 10)).allMatch(told -> told.startsWith("discarded"));
            assertEveryBufferIsReleased();
        }
    }

    @Test
    void aListenerMayCloseTheChannelOverARefusal() {
        try (on) {
            listener.closeAt = 0;
            on.kernel.onSend(-Errno.EPERM);
            IntStream.range(0, 3).forEach(this::write);
            on.channel.flush();
            on.run();

            assertThat(listener.told).containsExactly("refused 0 EPERM", "discarded 1", "discarded 2");
            assertEveryBufferIsReleased();
        }
    }

    @Test
    void whatWasNotFlushedIsDiscardedWithTheChannel() {
        try (on) {
            IntStream.range(0, 70).forEach(this::write);
            on.channel.close();
            on.run();

            assertThat(listener.told).hasSize(70).allMatch(told -> told.startsWith("discarded"));
            assertThat(on.taken()).isEmpty();
            write(70);
            assertThat(silent.failure).isInstanceOf(java.nio.channels.ClosedChannelException.class);
            assertEveryBufferIsReleased();
        }
    }

    @Test
    void whatCannotBeSentFailsAtOnce() {
        try (on) {
            ByteBuf bytes = Unpooled.directBuffer(8).writeZero(8);
            on.channel.write(IcmpPacket.of(bytes, 1, 1, 0).onSend(listener, 5), silent);

            assertThat(silent.failure).hasMessageContaining("on a channel of IPV4");
            assertThat(listener.told).containsExactly("discarded 5");
            assertThat(bytes.refCnt()).isZero();
        }
    }

    @Test
    void bytesCountForWritabilityOnceTheyAreABatch() {
        try (on) {
            on.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(100, 400));
            on.kernel.onSend(-Errno.EAGAIN);
            IntStream.range(0, 64).forEach(this::write);
            assertThat(on.channel.isWritable()).isFalse();

            on.channel.flush();
            on.writing().becomesWritable();
            on.run();
            assertThat(on.channel.isWritable()).isTrue();
            assertThat(on.taken()).hasSize(64);
        }
    }
}
