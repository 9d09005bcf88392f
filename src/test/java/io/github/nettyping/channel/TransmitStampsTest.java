package io.github.nettyping.channel;

import static io.github.nettyping.channel.ChannelOnFakes.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.IcmpHeader;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.TimestampingHeader;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose stamp is whose, and when it is read. */
class TransmitStampsTest {

    private static final int RECEIVER = 0;
    private static final int SENDER = 1;

    private static ChannelOnFakes stamped() {
        return stamped(new FakeSyscalls());
    }

    private static ChannelOnFakes stamped(FakeSyscalls kernel) {
        return new ChannelOnFakes(
                kernel, SocketKind.IPV4_RAW, config -> config.setOption(IcmpChannelOption.TRANSMIT_STAMPS, true));
    }

    /** A kernel before Linux 6.13. */
    private static ChannelOnFakes countedByTheKernel() {
        ChannelOnFakes on = stamped();
        on.kernel.onSend(-Errno.EINVAL);
        return on;
    }

    /** The numbers beside the packets the kernel took. */
    private static List<Integer> numbers(ChannelOnFakes on) {
        return on.kernel.sent().stream()
                .map(sent -> number(sent.control(), sent.control().length - 24))
                .toList();
    }

    // struct cmsghdr, the number, and a gap: asm-generic/socket.h, cmsg(3)
    private static int number(byte[] control, int at) {
        ByteBuffer in = ByteBuffer.wrap(control).order(ByteOrder.nativeOrder());
        assertThat(in.getLong(at)).isEqualTo(20);
        assertThat(in.getInt(at + 8)).isEqualTo(SocketHeader.SOL_SOCKET);
        assertThat(in.getInt(at + 12)).isEqualTo(81);
        return in.getInt(at + 16);
    }

    private static void write(ChannelOnFakes on, int first, int count) {
        IntStream.range(first, first + count).forEach(on::write);
        on.channel.flush();
        on.run();
    }

    // Numbers.

    @Test
    void everyPacketHasANumberOfItsOwn() {
        try (ChannelOnFakes on = stamped()) {
            write(on, 0, 70);
            on.kernel.onSend(1);
            write(on, 70, 3);

            assertThat(numbers(on)).isEqualTo(IntStream.range(0, 73).boxed().toList());
        }
    }

    @Test
    void aRefusedPacketsNumberIsTheNextOnes() {
        try (ChannelOnFakes on = stamped()) {
            on.kernel.onSend(1, -Errno.EPERM);
            write(on, 0, 3);
            on.kernel.onStamps(5, 0, 1);
            on.kernel.onReceive(host(2), new byte[8]);
            on.reading().becomesReadable();

            assertThat(numbers(on)).containsExactly(0, 1);
            assertThat(on.settled)
                    .containsExactly("sent 0", "refused 1 EPERM", "sent 2", "stamped 0 at 5", "stamped 2 at 5");
        }
    }

    @Test
    void aNumberStandsBehindThePacketsOptions() {
        try (ChannelOnFakes on = stamped()) {
            IcmpPacket packet = IcmpPacket.of(Unpooled.directBuffer().writeZero(8), host(3));
            on.send(packet.sendWith(SendOptions.builder().hopLimit(3).build()));
            write(on, 1, 1);

            byte[] control = on.kernel.sent().get(0).control();
            assertThat(control).hasSize(48);
            assertThat(ByteBuffer.wrap(control).order(ByteOrder.nativeOrder()).getInt(12))
                    .isEqualTo(InHeader.IP_TTL);
            assertThat(number(control, 24)).isZero();
            assertThat(on.kernel.sent().get(1).control()).hasSize(24);
        }
    }

    @Test
    void whereTheKernelDoesNotKnowNumbersItsOwnCountIsTaken() {
        try (ChannelOnFakes on = countedByTheKernel()) {
            write(on, 0, 2);
            on.kernel.onStamps(9, 1).onReceive(host(1), new byte[8]);
            on.reading().becomesReadable();

            assertThat(on.kernel.sent()).hasSize(2).allSatisfy(sent -> assertThat(sent.control())
                    .isEmpty());
            assertThat(on.settled).containsExactly("sent 0", "sent 1", "stamped 1 at 9");
        }
    }

    @Test
    void theKernelsCountBeginsAnewWhenItMayHaveCountedWhatItRefused() {
        try (ChannelOnFakes on = countedByTheKernel()) {
            write(on, 0, 2);
            on.kernel.onSend(-Errno.EPERM);
            write(on, 2, 2);
            assertThat(on.kernel.calls()).containsSubsequence("sendmmsg", "stamps", "stamps, counted", "sendmmsg");
            assertThat(on.kernel.option(SENDER, SocketHeader.SOL_SOCKET, SocketHeader.SO_TIMESTAMPING)
                            & TimestampingHeader.SOF_TIMESTAMPING_OPT_ID)
                    .isNotZero();
            on.kernel.onStamps(9, 0, 1).onReceive(host(1), new byte[8]);
            on.reading().becomesReadable();

            assertThat(on.settled)
                    .as("what was sent before is forgotten")
                    .containsExactly("sent 0", "sent 1", "refused 2 EPERM", "sent 3", "stamped 3 at 9");
        }
    }

    @Test
    void aPacketThatIsRefusedForItselfKeepsNoNumbersFromTheOthers() {
        try (ChannelOnFakes on = stamped()) {
            write(on, 0, 1);
            on.kernel.onSend(-Errno.EINVAL);
            write(on, 1, 2);

            assertThat(on.settled).containsExactly("sent 0", "refused 1 EINVAL", "sent 2");
            assertThat(numbers(on)).containsExactly(0, 1);
        }
    }

    // Reading.

    @Test
    void stampsAreToldBeforeWhatWasReceivedIsPassedUp() {
        try (ChannelOnFakes on = stamped()) {
            on.channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    on.settled.add("received");
                    ctx.fireChannelRead(message);
                }
            });
            write(on, 0, 2);
            on.kernel.onReceive(host(0), new byte[8]).onStamps(1_700_000_000_000_000_001L, 1, 0);
            on.reading().becomesReadable();
            write(on, 2, 1);
            on.kernel
                    .onError(host(2), new byte[8], Errno.EHOSTUNREACH, 3, 1, host(7))
                    .onStamps(8, 2);
            on.reading().hasError();

            assertThat(on.settled)
                    .containsExactly(
                            "sent 0",
                            "sent 1",
                            "stamped 1 at 1700000000000000001",
                            "stamped 0 at 1700000000000000001",
                            "received",
                            "sent 2",
                            "stamped 2 at 8",
                            "received");
            assertThat(on.received.get(1).queuedError()).isPresent();
        }
    }

    @Test
    void nothingIsReadWhenEveryStampHasCome() {
        try (ChannelOnFakes on = stamped()) {
            write(on, 0, 1);
            on.kernel
                    .onReceive(host(0), new byte[8])
                    .onReceive(host(0), new byte[8])
                    .onStamps(5, 0);
            on.reading().becomesReadable();
            on.kernel.calls().clear();
            on.reading().becomesReadable();

            assertThat(on.received).hasSize(2);
            assertThat(on.kernel.calls()).containsExactly("recvmmsg");
        }
    }

    @Test
    void aStampThatComesLateIsStillItsPackets() {
        try (ChannelOnFakes on = stamped()) {
            write(on, 0, 2);
            on.kernel.onReceive(host(1), new byte[8]).onStamps(5, 1);
            on.reading().becomesReadable();
            on.kernel.onReceive(host(0), new byte[8]).onStamps(6, 0);
            on.reading().becomesReadable();

            assertThat(on.settled).containsExactly("sent 0", "sent 1", "stamped 1 at 5", "stamped 0 at 6");
        }
    }

    @Test
    void aStampThatIsNobodysIsDropped() {
        try (ChannelOnFakes on = stamped()) {
            write(on, 0, 1);
            on.send(IcmpPacket.of(Unpooled.directBuffer().writeZero(8), host(3)));
            on.kernel.onStamps(5, 1, 0, 0, 2, TransmitStamps.RING, -1).onReceive(host(0), new byte[8]);
            on.reading().becomesReadable();

            assertThat(on.settled).containsExactly("sent 0", "stamped 0 at 5");
            assertThat(on.received).as("none is passed up").hasSize(1);
        }
    }

    @Test
    void readsOnWhileBatchesAreFull() {
        try (ChannelOnFakes on = stamped()) {
            write(on, 0, 200);
            on.kernel.onReceive(host(0), new byte[8]);
            on.kernel.onStamps(1, IntStream.range(0, 128).toArray());
            on.kernel.onStamps(2, IntStream.range(128, 200).toArray());
            on.reading().becomesReadable();

            assertThat(on.settled.subList(200, on.settled.size())).hasSize(200);
            assertThat(on.kernel.calls().stream().filter("recvmmsg(stamps)"::equals))
                    .hasSize(2);
        }
    }

    @Test
    void stampsAreReadBeforeTheyOverflow() {
        try (ChannelOnFakes on = stamped()) {
            // The buffer asked for holds 5,041.
            write(on, 0, 77 * 64);
            assertThat(on.kernel.calls()).hasSize(77).containsOnly("sendmmsg");
            write(on, 77 * 64, 64);

            assertThat(on.kernel.calls().subList(77, 79))
                    .as("there is no room for the stamps of another batch")
                    .containsExactly("sendmmsg", "recvmmsg(stamps)");
        }
    }

    @Test
    void lostStampsAreForgottenWhenTheRingHasComeRound() {
        try (ChannelOnFakes on = stamped()) {
            write(on, 0, TransmitStamps.RING);
            write(on, 1, 1);
            on.settled.clear();
            on.kernel.onStamps(7, 0, TransmitStamps.RING).onReceive(host(0), new byte[8]);
            on.reading().becomesReadable();

            assertThat(on.settled).containsExactly("stamped 1 at 7");
        }
    }

    @Test
    void stampsDoNotKeepASenderThatWaitsForRoomAwake() {
        FakeSyscalls kernel = new FakeSyscalls().onReceive(host(1), new byte[16]);
        try (ChannelOnFakes on = new ChannelOnFakes(
                kernel, SocketKind.IPV4_DGRAM, config -> config.setOption(IcmpChannelOption.TRANSMIT_STAMPS, true))) {
            on.kernel.onSend(1, -Errno.EAGAIN);
            write(on, 0, 2);
            assertThat(on.writing().watchesWritable()).isTrue();
            on.kernel.onStamps(5, 0);
            on.writing().hasError();
            assertThat(on.settled).containsExactly("sent 0", "stamped 0 at 5");

            on.writing().becomesWritable();
            assertThat(numbers(on)).containsExactly(0, 1);
        }
    }

    @Test
    void errorsThatASenderGetsAreDropped() {
        try (ChannelOnFakes on = stamped()) {
            write(on, 0, 1);
            on.kernel.onErrorAmongStamps(Errno.EHOSTUNREACH, 3, 1, host(7)).onStamps(5, 0);
            on.kernel.onReceive(host(0), new byte[8]);
            on.reading().becomesReadable();
            on.reading().becomesReadable();

            assertThat(on.received).hasSize(1);
            assertThat(on.kernel.calls()).containsSubsequence("recvmmsg(stamps)", "getsockopt(SO_ERROR)");
            assertThat(on.channel.isOpen()).isTrue();
        }
    }

    @Test
    void aStampInTheReceiversQueueIsNoError() {
        try (ChannelOnFakes on = new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW)) {
            on.kernel.onErrorControl(host(1), new byte[8], FakeSyscalls.stamp(5, 0));
            on.kernel.onError(host(9), new byte[8], Errno.EHOSTUNREACH, 3, 1, host(7));
            on.reading().hasError();

            assertThat(on.received).extracting(IcmpPacket::peer).containsExactly(host(9));
        }
    }

    @Test
    void aListenerMayWriteAndClose() {
        try (ChannelOnFakes on = stamped()) {
            List<String> told = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                on.channel.write(IcmpPacket.of(Unpooled.directBuffer().writeZero(8), host(i))
                        .onSend(new Told(told, on), i));
            }
            on.channel.flush();
            on.kernel.onStamps(5, 0, 1, 2).onReceive(host(0), new byte[8]);
            on.reading().becomesReadable();
            on.run();

            assertThat(told).containsExactly("sent 0", "sent 1", "sent 2", "stamped 0", "stamped 1");
            assertThat(on.settled).containsExactly("sent 77");
            assertThat(on.received).isEmpty();
            assertThat(on.channel.isOpen()).isFalse();
        }
    }

    /** Writes at the first stamp and closes at the second. */
    private record Told(List<String> told, ChannelOnFakes on) implements SendListener {

        @Override
        public void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos) {
            told.add("sent " + key);
        }

        @Override
        public void refused(long key, SystemCallException cause) {
            told.add("refused " + key);
        }

        @Override
        public void discarded(long key) {
            told.add("discarded " + key);
        }

        @Override
        public void stamped(long key, long kernelNanos) {
            told.add("stamped " + key);
            if (key == 0) {
                on.write(77);
                on.channel.flush();
            } else {
                on.channel.close();
            }
        }
    }

    // Sockets.

    @Test
    void withoutTheOptionNothingIsAskedForAndARawChannelHasOneSocket() {
        try (ChannelOnFakes on = new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW)) {
            write(on, 0, 1);
            on.kernel.onReceive(host(0), new byte[8]);
            on.reading().becomesReadable();

            assertThat(on.kernel.socketCount()).isOne();
            assertThat(on.kernel.sent().get(0).control()).isEmpty();
            assertThat(on.kernel.calls()).containsExactly("sendmmsg", "recvmmsg");
        }
    }

    @Test
    void theSenderOfARawChannelReceivesNothingAndHasAllOptions() {
        FakeSyscalls kernel = new FakeSyscalls();
        try (ChannelOnFakes on = new ChannelOnFakes(kernel, SocketKind.IPV4_RAW, config -> {
            config.setOption(ChannelOption.IP_TOS, 8);
            config.setOption(ChannelOption.SO_SNDBUF, 1 << 20);
            config.setOption(IcmpChannelOption.INTERFACE, "eth0");
            config.setOption(IcmpChannelOption.TRANSMIT_STAMPS, true);
            config.setOption(IcmpChannelOption.HOP_LIMIT, 9);
        })) {
            on.channel.config().setOption(IcmpChannelOption.MARK, 7);

            assertThat(kernel.socketCount()).isEqualTo(2);
            for (int socket : new int[] {RECEIVER, SENDER}) {
                assertThat(kernel.option(socket, InHeader.IPPROTO_IP, InHeader.IP_TOS))
                        .isEqualTo(8);
                assertThat(kernel.option(socket, InHeader.IPPROTO_IP, InHeader.IP_TTL))
                        .isEqualTo(9);
                assertThat(kernel.option(socket, InHeader.IPPROTO_IP, InHeader.IP_RECVERR))
                        .isOne();
                assertThat(kernel.option(socket, SocketHeader.SOL_SOCKET, SocketHeader.SO_MARK))
                        .isEqualTo(7);
                assertThat(kernel.option(socket, SocketHeader.SOL_SOCKET, SocketHeader.SO_SNDBUFFORCE))
                        .isEqualTo(1 << 20);
                assertThat(kernel.option(socket, SocketHeader.SOL_SOCKET, SocketHeader.SO_BINDTODEVICE))
                        .isEqualTo(ByteBuffer.wrap(new byte[] {'e', 't', 'h', '0'})
                                .order(ByteOrder.nativeOrder())
                                .getInt());
            }
            assertThat(kernel.option(SENDER, IcmpHeader.SOL_RAW, IcmpHeader.ICMP_FILTER))
                    .isEqualTo(-1);
            write(on, 0, 1);
            assertThat(kernel.sent().get(0).fd())
                    .isEqualTo(on.channel.sockets().sender().fd().intValue())
                    .isNotEqualTo(on.channel.fd().intValue());
        }
    }

    @Test
    void theOptionCanBeTakenBackBeforeTheChannelIsBound() {
        FakeSyscalls kernel = new FakeSyscalls();
        try (ChannelOnFakes on = new ChannelOnFakes(kernel, SocketKind.IPV4_RAW, config -> {
            config.setOption(IcmpChannelOption.TRANSMIT_STAMPS, true);
            config.setOption(IcmpChannelOption.TRANSMIT_STAMPS, false);
        })) {
            write(on, 0, 1);

            assertThat(kernel.sent().get(0).fd()).isEqualTo(on.channel.fd().intValue());
            assertThat(kernel.sent().get(0).control()).isEmpty();
            assertThat(on.channel.config().getOption(IcmpChannelOption.TRANSMIT_STAMPS))
                    .isFalse();
        }
    }

    @Test
    void onABoundChannelItIsTooLate() {
        try (ChannelOnFakes on = stamped();
                ChannelOnFakes without = new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW)) {
            on.channel.config().setOption(IcmpChannelOption.TRANSMIT_STAMPS, true);
            assertThatIllegalStateException()
                    .isThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.TRANSMIT_STAMPS, false))
                    .withMessage("TRANSMIT_STAMPS: false on a channel that is bound (expected: set before)");
            assertThatIllegalStateException()
                    .isThrownBy(() -> without.channel.config().setOption(IcmpChannelOption.TRANSMIT_STAMPS, true));
            assertThat(without.kernel.socketCount()).isOne();
        }
    }

    @Test
    void socketsThatAreClosedGetNoSender() throws Exception {
        Epoll.ensureAvailability();
        IcmpSockets sockets = IcmpSockets.open(new FakeSyscalls(), List.of(SocketKind.IPV4_RAW));
        sockets.close();

        assertThatThrownBy(() -> sockets.transmitStamps(true))
                .isInstanceOf(SystemCallException.class)
                .hasMessageContaining("EBADF");
        assertThat(sockets.arePaired()).isFalse();
    }

    @Test
    void whereTheKernelMakesNoStampsPacketsHaveNoNumbers() {
        try (ChannelOnFakes on = stamped(new FakeSyscalls().refuseStamps(Errno.EINVAL))) {
            write(on, 0, 1);

            assertThat(on.kernel.sent().get(0).control()).isEmpty();
            assertThat(on.settled).containsExactly("sent 0");
        }
    }

    @Test
    void aPingChannelOnOneSocketHasNoStamps() {
        // Nobody answers the check of the pair.
        try (ChannelOnFakes on = new ChannelOnFakes(
                new FakeSyscalls(),
                SocketKind.IPV4_DGRAM,
                config -> config.setOption(IcmpChannelOption.TRANSMIT_STAMPS, true))) {
            write(on, 0, 1);

            assertThat(on.channel.sockets().arePaired()).isFalse();
            assertThat(on.kernel.sent().get(0).control()).isEmpty();
        }
    }

    @Test
    void stampsOfArrivalCanBeSwitchedOff() {
        try (ChannelOnFakes on = stamped()) {
            on.channel.config().setOption(IcmpChannelOption.RECEIVE_STAMPS, false);
            assertThat(on.kernel.option(RECEIVER, SocketHeader.SOL_SOCKET, SocketHeader.SO_TIMESTAMPING))
                    .isZero();
            assertThat(on.kernel.option(SENDER, SocketHeader.SOL_SOCKET, SocketHeader.SO_TIMESTAMPING))
                    .isNotZero();
            on.channel.config().setOption(IcmpChannelOption.RECEIVE_STAMPS, true);
            assertThat(on.kernel.option(RECEIVER, SocketHeader.SOL_SOCKET, SocketHeader.SO_TIMESTAMPING))
                    .isEqualTo(TimestampingHeader.SOF_TIMESTAMPING_RX_SOFTWARE
                            | TimestampingHeader.SOF_TIMESTAMPING_SOFTWARE);
        }
    }
}
