package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stamps of this machine's kernel, with numbers of ours and with its own. */
@RequiresNamespaces
class TransmitStampsIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final int PACKETS = 100;

    /** Notes when packets were sent and stamped, by number. */
    private static final class Times implements SendListener {

        final Map<Long, Long> sent = new ConcurrentHashMap<>();
        final Map<Long, Long> stamped = new ConcurrentHashMap<>();

        @Override
        public void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos) {
            sent.put(key, wallNanos);
        }

        @Override
        public void refused(long key, SystemCallException cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void discarded(long key) {}

        @Override
        public void stamped(long key, long kernelNanos) {
            stamped.put(key, kernelNanos);
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(SocketKind.values())
                .flatMap(kind -> Stream.of(Arguments.of(kind, true), Arguments.of(kind, false)));
    }

    /** This machine's kernel, or one that knows no numbers of ours. */
    private static Transport transport(boolean numbers) {
        Transport real = Icmp.transport();
        Syscalls syscalls = (Syscalls) Proxy.newProxyInstance(
                Syscalls.class.getClassLoader(), new Class<?>[] {Syscalls.class}, (proxy, method, arguments) -> {
                    if (!numbers
                            && method.getName().equals("sendmmsg")
                            && ((MmsgArray) arguments[1]).controlLength(0) == 24) {
                        return -Errno.EINVAL;
                    }
                    try {
                        return method.invoke(real.syscalls(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Transport(syscalls, real.clock(), real.readiness());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyPacketIsStampedBetweenItsCallAndItsReply(SocketKind kind, boolean numbers) throws Exception {
        InetAddress loopback = Packets.address(kind.name().startsWith("IPV4") ? "127.0.0.1" : "::1");
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "stamps");
        try (Namespace namespace = Namespace.create()) {
            IcmpChannel channel = namespace.call(() -> {
                IcmpChannel opened = new IcmpChannel(transport(numbers), List.of(kind));
                opened.config().setOption(IcmpChannelOption.TRANSMIT_STAMPS, true);
                return opened;
            });
            group.register(channel).sync();
            channel.bind(new InetSocketAddress(0)).sync();
            Times times = new Times();
            for (int i = 0; i < PACKETS; i++) {
                byte[] message = Packets.echoRequest(
                        loopback.getAddress().length == 16,
                        channel.localAddress().getPort(),
                        i,
                        new byte[16]);
                channel.write(IcmpPacket.of(Unpooled.directBuffer().writeBytes(message), IpAddress.of(loopback))
                        .onSend(times, i));
            }
            channel.flush();
            Await.until("stamps of all packets", PATIENCE, () -> times.stamped.size() == PACKETS);
            long end = Icmp.transport().clock().wallNanos();

            assertThat(times.stamped)
                    .allSatisfy((key, nanos) -> assertThat(nanos).isBetween(times.sent.get(key), end));
            assertThat(times.stamped.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(Map.Entry::getValue))
                    .as("whose stamp is whose")
                    .isSorted();
            channel.close().sync();
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }
}
