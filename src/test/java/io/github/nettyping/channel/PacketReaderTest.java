package io.github.nettyping.channel;

import static io.github.nettyping.channel.ChannelOnFakes.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the channel makes of every way a receive can end. */
class PacketReaderTest {

    private static ChannelOnFakes raw() {
        return new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW);
    }

    private static byte[][] packets(int count) {
        byte[][] packets = new byte[count][];
        Arrays.setAll(packets, i -> new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) i});
        return packets;
    }

    @Test
    void passesABatchUpAndThenItsEnd() {
        try (ChannelOnFakes on = raw()) {
            on.kernel.onReceive(host(3), packets(2));
            on.reading().becomesReadable();

            assertThat(on.received).hasSize(2).extracting(IcmpPacket::peer).containsOnly(host(3));
            assertThat(on.received.get(1).content().getByte(7)).isEqualTo((byte) 1);
            assertThat(on.readCompletes).isOne();
            assertThat(on.kernel.calls()).as("a short batch was the last").containsExactly("recvmmsg");
        }
    }

    @Test
    void readsTheTypeOfServiceInTheIpv4HeaderOfARawSocket() {
        try (ChannelOnFakes on = raw()) {
            on.kernel.onReceive(host(3), new byte[] {0x45, (byte) 0xb8, 0, 0}, new byte[] {0x45});
            on.reading().becomesReadable();

            assertThat(on.received.get(0).trafficClass()).hasValue(0xb8);
            assertThat(on.received.get(1).trafficClass()).isEmpty();
        }
    }

    @Test
    void usesABufferAgainOnlyWhenNobodyHoldsIt() {
        try (ChannelOnFakes on = raw()) {
            on.kernel.onReceive(host(1), packets(1));
            on.reading().becomesReadable();
            on.kernel.onReceive(host(2), new byte[] {9, 9, 9, 9, 9, 9, 9, 9});
            on.reading().becomesReadable();

            assertThat(on.received.get(0).content().getByte(7)).isZero();
            assertThat(on.received.get(1).content().getByte(7)).isEqualTo((byte) 9);
        }
    }

    @Test
    void anErrorLeftOnTheSocketIsReadAndReadingGoesOn() {
        try (ChannelOnFakes on = raw()) {
            on.kernel.onReceiveErrno(Errno.EHOSTUNREACH).onReceive(host(3), packets(1));
            on.kernel.onError(host(9), new byte[8], Errno.EHOSTUNREACH, 3, 1, host(7));
            on.reading().becomesReadable();

            assertThat(on.received).extracting(IcmpPacket::peer).containsExactly(host(9), host(3));
            assertThat(on.received.get(0).queuedError().orElseThrow().code()).isEqualTo(1);
            assertThat(on.received.get(1).queuedError()).isEmpty();
            assertThat(on.failures).isEmpty();
        }
    }

    @Test
    void tellsWhereTheExtensionsOfAnErrorBegin() {
        try (ChannelOnFakes on = raw()) {
            // struct sock_ee_data_rfc4884 { u16 len = 128; u8 flags; u8 reserved; }
            on.kernel.onError(host(9), new byte[140], Errno.EHOSTUNREACH, 11, 0, host(7), 128);
            on.kernel.onError(host(9), new byte[140], Errno.EHOSTUNREACH, 11, 0, host(7));
            on.reading().hasError();

            assertThat(on.received)
                    .extracting(packet -> packet.queuedError().orElseThrow().extensionsOffset())
                    .containsExactly(OptionalInt.of(128), OptionalInt.empty());
        }
    }

    @Test
    void readsThePendingErrorOnceWhenEpollReportsOneWithoutAnEntry() {
        try (ChannelOnFakes on = raw()) {
            on.reading().hasError();

            assertThat(on.kernel.calls())
                    .containsExactly("recvmmsg(MSG_ERRQUEUE)", "getsockopt(SO_ERROR)", "recvmmsg", "recvmmsg");
        }
    }

    @Test
    void aBatchThatAnErrorCutShortIsNotTheLastOneOfADrain() {
        try (ChannelOnFakes on = raw()) {
            on.kernel.onReceive(host(1), packets(3)).onReceiveErrno(Errno.EHOSTUNREACH);
            on.kernel.onReceive(host(2), packets(5));

            assertThat(on.channel.drain()).isTrue();
            assertThat(on.received).hasSize(8);
        }
    }

    @Test
    void aChannelThatGetsNoMemoryToReadIntoClosesAndSaysSo() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setAllocator(new AbstractByteBufAllocator(true) {
                @Override
                public boolean isDirectBufferPooled() {
                    return false;
                }

                @Override
                protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
                    return newDirectBuffer(initialCapacity, maxCapacity);
                }

                @Override
                protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
                    throw new OutOfMemoryError("direct memory, in a test");
                }
            });
            on.reading().becomesReadable();
            on.run();

            assertThat(on.failures).singleElement().isInstanceOf(OutOfMemoryError.class);
            assertThat(on.channel.isOpen()).isFalse();
        }
    }

    @Test
    void readsInItsNewEventLoopWhatItWantedInTheOldOne() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setOption(IcmpChannelOption.READ_BUDGET, 64);
            on.kernel.onReceive(host(3), packets(64)).onReceive(host(3), packets(1));
            on.reading().becomesReadable();
            on.channel.deregister();
            on.run();
            assertThat(on.channel.drain()).as("there is no loop to read on").isFalse();
            int before = on.received.size();

            on.register();
            assertThat(on.reading().watchesReadable()).isTrue();
            on.kernel.onReceive(host(3), packets(1));
            on.reading().becomesReadable();
            assertThat(on.received).hasSizeGreaterThan(before);
        }
    }

    @Test
    void anInterruptedReceiveIsRepeated() {
        try (ChannelOnFakes on = raw()) {
            on.kernel.onReceiveErrno(Errno.EINTR).onReceive(host(3), packets(1));
            on.reading().becomesReadable();

            assertThat(on.received).hasSize(1);
        }
    }

    @Test
    void marksAPacketThatWasLongerThanItsBuffer() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setOption(IcmpChannelOption.MAX_PACKET_BYTES, 128);
            on.kernel.onReceive(host(3), new byte[129], new byte[128], new byte[0]);
            on.reading().becomesReadable();

            assertThat(on.received).extracting(IcmpPacket::isTruncated).containsExactly(true, false, false);
            assertThat(on.received)
                    .extracting(packet -> packet.content().readableBytes())
                    .containsExactly(128, 128, 0);
        }
    }

    @Test
    void readsLargerPacketsFromTheNextBatchOnOnceThatIsAskedFor() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setOption(IcmpChannelOption.MAX_PACKET_BYTES, 128);
            on.channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    on.channel.config().setOption(IcmpChannelOption.MAX_PACKET_BYTES, 200);
                    ctx.fireChannelRead(message);
                }
            });
            on.kernel.onReceive(host(3), new byte[200], new byte[200]);
            on.reading().becomesReadable();
            on.kernel.onReceive(host(3), new byte[200], new byte[201]);
            on.reading().becomesReadable();
            on.channel.config().setOption(IcmpChannelOption.MAX_PACKET_BYTES, 128);
            on.kernel.onReceive(host(3), new byte[200]);
            on.reading().becomesReadable();

            assertThat(on.received)
                    .extracting(packet -> packet.content().readableBytes())
                    .containsExactly(128, 128, 200, 200, 200);
            assertThat(on.received).extracting(IcmpPacket::isTruncated).containsExactly(true, true, false, true, false);
        }
    }

    @Test
    void stopsAtTheReadBudgetAndLeavesTheRestToTheNextTurn() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setOption(IcmpChannelOption.READ_BUDGET, 128);
            for (int i = 0; i < 3; i++) {
                on.kernel.onReceive(host(3), packets(64));
            }
            on.reading().becomesReadable();
            assertThat(on.received).hasSize(128);

            on.run();
            assertThat(on.received).hasSize(192);
        }
    }

    @Test
    void leavesTheEpollSetWhileTheQueueDoesNotGetEmpty() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setOption(IcmpChannelOption.READ_BUDGET, 64);
            on.kernel.onReceive(host(3), packets(64)).onReceive(host(3), packets(64));
            on.reading().becomesReadable();
            assertThat(on.reading().isParked()).isTrue();

            on.run();
            assertThat(on.received).hasSize(128);
            assertThat(on.reading().isParked()).isFalse();
            assertThat(on.reading().watchesReadable()).isTrue();
        }
    }

    @Test
    void stopsPollingWhenReadingIsPaused() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setOption(IcmpChannelOption.READ_BUDGET, 64);
            on.kernel.onReceive(host(3), packets(64)).onReceive(host(3), packets(64));
            on.reading().becomesReadable();
            on.channel.config().setAutoRead(false);
            on.run();
            assertThat(on.received).hasSize(64);
            assertThat(on.reading().isParked()).isFalse();
            assertThat(on.reading().watchesReadable()).isFalse();

            on.channel.config().setAutoRead(true);
            on.run();
            assertThat(on.reading().watchesReadable()).isTrue();
        }
    }

    @Test
    void drainTellsWhetherEverythingWasSeen() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setOption(IcmpChannelOption.READ_BUDGET, 64);
            on.kernel.onReceive(host(3), packets(64)).onReceive(host(3), packets(1));

            assertThat(on.channel.drain()).as("the budget ended first").isFalse();
            assertThat(on.channel.drain()).isTrue();
            assertThat(on.received).hasSize(65);
        }
    }

    @Test
    void readsOneBatchPerReadWhenAutoReadIsOff() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setAutoRead(false);
            assertThat(on.reading().watchesReadable()).isFalse();
            on.kernel.onReceive(host(3), packets(64)).onReceive(host(3), packets(1));

            on.channel.read();
            assertThat(on.reading().watchesReadable()).isTrue();
            on.reading().becomesReadable();
            assertThat(on.received).hasSize(64);
            assertThat(on.reading().watchesReadable()).isFalse();
            assertThat(on.channel.drain()).as("reading is paused").isFalse();
            assertThat(on.received).hasSize(64);
        }
    }

    @Test
    void leavesTheEpollSetWhileReadingIsPausedAndAnErrorWaits() {
        try (ChannelOnFakes on = raw()) {
            on.channel.config().setAutoRead(false);
            on.reading().hasError();
            assertThat(on.reading().isParked()).isTrue();

            on.kernel.onError(host(9), new byte[8], Errno.EHOSTUNREACH, 3, 1, host(7));
            on.channel.read();
            on.reading().hasError();
            assertThat(on.received).hasSize(1);
        }
    }

    @Test
    void aReceiveThatCannotWorkClosesTheChannelAndSaysWhy() {
        try (ChannelOnFakes on = raw()) {
            on.kernel.onReceiveErrno(Errno.EBADF);
            on.reading().becomesReadable();
            on.run();

            assertThat(on.failures).singleElement().isInstanceOfSatisfying(SystemCallException.class, cause -> {
                assertThat(cause.errno()).isEqualTo(Errno.EBADF);
                assertThat(cause).hasMessageContaining("recvmmsg on IPV4_RAW: EBADF");
            });
            assertThat(on.channel.isOpen()).isFalse();
        }
    }

    @Test
    void countsDropsBeyondThirtyTwoBits() {
        try (ChannelOnFakes on = raw()) {
            on.kernel.drops(-2);
            assertThat(on.channel.drops()).isEqualTo(0xffff_fffeL);
            on.kernel.drops(3);
            assertThat(on.channel.drops()).isEqualTo(0x1_0000_0003L);
        }
    }
}
