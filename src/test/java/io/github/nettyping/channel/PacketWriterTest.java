package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the channel makes of every way a send can end. */
class PacketWriterTest {

    /** The check of the pair sends one packet and gets no answer: the channel falls back to one socket. */
    private static FakeSyscalls onSingleSocket() {
        return new FakeSyscalls();
    }

    /** As above with an answer to the check. */
    private static FakeSyscalls onPair() {
        return new FakeSyscalls().onReceive(ChannelOnFakes.host(1), new byte[16]);
    }

    @Test
    void sendsAFlushInBatchesOf64() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            IntStream.range(0, 100).forEach(on::write);
            on.channel.flush();

            assertThat(on.taken()).isEqualTo(IntStream.range(0, 100).boxed().toList());
            assertThat(on.kernel.calls()).containsExactly("sendmmsg", "sendmmsg");
        }
    }

    @Test
    void sendsTheRestAfterAShortCount() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.kernel.onSend(2, 1);
            IntStream.range(0, 5).forEach(on::write);
            on.channel.flush();

            assertThat(on.taken()).containsExactly(0, 1, 2, 3, 4);
            assertThat(on.settled).containsExactly("sent 0", "sent 1", "sent 2", "sent 3", "sent 4");
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {Errno.EPERM, Errno.EACCES, Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.EMSGSIZE, Errno.EINVAL})
    void aRefusedPacketFailsItsOwnWriteAndNoOther(int errno) {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.kernel.onSend(1, -errno);
            ChannelFuture before = on.write(0);
            ChannelFuture refused = on.write(1);
            ChannelFuture after = on.write(2);
            on.channel.flush();
            on.run();

            assertThat(before.isSuccess()).isTrue();
            assertThat(refused.cause())
                    .isInstanceOfSatisfying(SystemCallException.class, cause -> assertThat(cause.errno())
                            .isEqualTo(errno));
            assertThat(after.isSuccess()).isTrue();
            assertThat(on.settled).containsExactly("sent 0", "refused 1 " + Errno.name(errno), "sent 2");
            assertThat(on.channel.isActive()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.ENETUNREACH, Errno.EHOSTUNREACH})
    void aRawSocketsRefusalBelongsToItsPacketToo(int errno) {
        try (ChannelOnFakes on = new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW)) {
            on.kernel.onSend(-errno);
            on.write(0);
            on.write(1);
            on.channel.flush();

            assertThat(on.settled).containsExactly("refused 0 " + Errno.name(errno), "sent 1");
        }
    }

    @Test
    void waitsForEpolloutWhenTheSendBufferIsFull() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.kernel.onSend(1, -Errno.EAGAIN);
            on.write(0);
            on.write(1);
            on.channel.flush();

            assertThat(on.writing().watchesWritable()).isTrue();
            assertThat(on.taken()).containsExactly(0);
            on.write(2);
            on.channel.flush();
            assertThat(on.taken()).as("a flush while waiting makes no call").containsExactly(0);

            on.writing().becomesWritable();
            on.run();
            assertThat(on.taken()).containsExactly(0, 1, 2);
            assertThat(on.writing().isRegistered()).isFalse();
        }
    }

    @Test
    void waitsForEpolloutOnTheOneSocketThereIs() {
        try (ChannelOnFakes on = new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW)) {
            on.kernel.onSend(-Errno.EAGAIN);
            on.write(0);
            on.channel.flush();

            assertThat(on.reading().watchesWritable()).isTrue();
            on.reading().becomesWritable();
            on.run();
            assertThat(on.taken()).containsExactly(0);
            assertThat(on.reading().watchesWritable()).isFalse();
            assertThat(on.reading().watchesReadable()).isTrue();
        }
    }

    @Test
    void repeatsTheSamePacketAMillisecondAfterEnobufs() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.kernel.onSend(1, -Errno.ENOBUFS, -Errno.ENOBUFS);
            on.write(0);
            on.write(1);
            on.channel.flush();

            on.advance(999, TimeUnit.MICROSECONDS);
            assertThat(on.taken()).containsExactly(0);
            on.advance(1, TimeUnit.MICROSECONDS);
            assertThat(on.taken()).as("still full").containsExactly(0);
            on.advance(1, TimeUnit.MILLISECONDS);
            assertThat(on.taken()).containsExactly(0, 1);
            assertThat(on.settled).containsExactly("sent 0", "sent 1");
        }
    }

    @Test
    void aQueueThatIsFullForHalfAMinuteRefusesThePacket() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            int[] results = new int[40_000];
            Arrays.fill(results, -Errno.ENOBUFS);
            on.kernel.onSend(results);
            on.write(0);
            on.channel.flush();
            for (int milli = 0; milli < 29_000; milli++) {
                on.advance(1, TimeUnit.MILLISECONDS);
            }
            assertThat(on.settled).isEmpty();
            for (int milli = 0; milli < 1_100; milli++) {
                on.advance(1, TimeUnit.MILLISECONDS);
            }
            assertThat(on.settled).containsExactly("refused 0 ENOBUFS");
        }
    }

    @Test
    void whatWaitedInOneEventLoopGoesOutInTheNext() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.kernel.onSend(-Errno.ENOBUFS);
            on.write(0);
            on.channel.flush();
            on.channel.deregister();
            on.advance(5, TimeUnit.MILLISECONDS);
            assertThat(on.taken()).isEmpty();

            on.register();
            assertThat(on.taken()).containsExactly(0);
        }
    }

    @Test
    void aSingleSocketRegisteredAgainDoesNotWatchForRoomNobodyWaitsFor() {
        try (ChannelOnFakes on = new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW)) {
            on.kernel.onSend(-Errno.EAGAIN);
            on.write(0);
            on.channel.flush();
            on.channel.deregister();
            on.run();
            on.register();

            assertThat(on.taken()).containsExactly(0);
            assertThat(on.reading().watchesWritable()).isFalse();
        }
    }

    @Test
    void repeatsAnInterruptedCallAtOnce() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.kernel.onSend(-Errno.EINTR, -Errno.EINTR);
            on.write(0);
            on.channel.flush();

            assertThat(on.taken()).containsExactly(0);
        }
    }

    @Test
    void fiveErrorsOfOneHostInARowDoNotRefuseAnothersPacketOnASingleSocket() {
        try (ChannelOnFakes on = new ChannelOnFakes(onSingleSocket(), SocketKind.IPV4_DGRAM)) {
            for (int i = 0; i < 5; i++) {
                on.kernel.onSend(-Errno.EHOSTUNREACH);
                on.kernel.onError(
                        ChannelOnFakes.host(9), new byte[16], Errno.EHOSTUNREACH, 3, 1, ChannelOnFakes.host(7));
            }
            on.write(2);
            on.channel.flush();

            assertThat(on.settled).containsExactly("sent 2");
            assertThat(on.received).hasSize(5).allSatisfy(packet -> {
                assertThat(packet.peer()).isEqualTo(ChannelOnFakes.host(9));
                assertThat(packet.queuedError().orElseThrow().offender()).contains(ChannelOnFakes.host(7));
            });
        }
    }

    @Test
    void anErrnoThatDoesNotGoAwayBelongsToThePacketAfterAll() {
        try (ChannelOnFakes on = new ChannelOnFakes(onSingleSocket(), SocketKind.IPV4_DGRAM)) {
            int[] results = new int[64];
            Arrays.fill(results, -Errno.ENETUNREACH);
            on.kernel.onSend(results);
            on.write(2);
            on.write(3);
            on.channel.flush();

            assertThat(on.settled).containsExactly("refused 2 ENETUNREACH", "sent 3");
        }
    }

    @Test
    void aCancelledWriteIsDiscardedAndTheRestGoesOut() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.write(0).cancel(false);
            on.write(1);
            on.write(2).cancel(false);
            on.write(3);
            on.channel.flush();

            assertThat(on.taken()).containsExactly(1, 3);
            assertThat(on.settled).containsExactlyInAnyOrder("discarded 0", "sent 1", "discarded 2", "sent 3");
        }
    }

    @Test
    void yieldsToOthersAfterMaxMessagesPerWrite() {
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.channel.config().setOption(ChannelOption.MAX_MESSAGES_PER_WRITE, 10);
            IntStream.range(0, 25).forEach(on::write);
            on.channel.flush();

            assertThat(on.taken()).hasSize(10);
            on.run();
            assertThat(on.taken()).hasSize(25);
        }
    }

    @Test
    void closingDiscardsWhatWasNotSent() {
        List<String> settled;
        try (ChannelOnFakes on = new ChannelOnFakes(onPair(), SocketKind.IPV4_DGRAM)) {
            on.kernel.onSend(-Errno.EAGAIN);
            ChannelFuture write = on.write(0);
            on.channel.flush();
            on.channel.close();
            on.run();
            assertThat(write.isSuccess()).isFalse();
            assertThat(write.isDone()).isTrue();
            settled = on.settled;
        }
        assertThat(settled).isEqualTo(Collections.singletonList("discarded 0"));
    }
}
