package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The channel on the kernel's sockets, inside a namespace without a way out. */
@RequiresNamespaces
@Isolated("counts the process's descriptors")
class IcmpChannelIT {

    private static final Duration PATIENCE = Await.LIMIT;

    private static Namespace lab;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        lab = Namespace.create();
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        lab.close();
    }

    /** Collects what comes up; releases nothing until the test does. */
    private static class Collector extends ChannelInboundHandlerAdapter {

        final List<Object> messages = new CopyOnWriteArrayList<>();
        final List<Throwable> failures = new CopyOnWriteArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            messages.add(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(cause);
        }

        <T> List<T> awaitMessages(Class<T> type, int count) {
            Await.until(
                    count + " of " + type.getSimpleName(),
                    PATIENCE,
                    () -> all(type).size() >= count);
            return all(type);
        }

        <T> List<T> all(Class<T> type) {
            return messages.stream().filter(type::isInstance).map(type::cast).toList();
        }

        void release() {
            messages.forEach(io.netty.util.ReferenceCountUtil::release);
            messages.clear();
        }
    }

    private static IcmpChannel open(SocketKind kind, Collector collector, InetSocketAddress local) throws Exception {
        return lab.call(() -> (IcmpChannel)
                bootstrap(group, kind, collector).bind(local).sync().channel());
    }

    private static IcmpChannel open(SocketKind kind, Collector collector) throws Exception {
        return open(kind, collector, new InetSocketAddress(0));
    }

    private static Bootstrap bootstrap(EventLoopGroup loops, SocketKind kind, Collector collector) {
        return new Bootstrap()
                .group(loops)
                .channelFactory(() -> new IcmpChannel(kind))
                .handler(new ChannelInitializer<IcmpChannel>() {
                    @Override
                    protected void initChannel(IcmpChannel ch) {
                        ch.pipeline().addLast(new IcmpEncoder(kind), new IcmpDecoder(kind), collector);
                    }
                });
    }

    private static EchoRequest request(IcmpChannel channel, InetAddress target, int sequence) {
        ByteBuf payload = channel.alloc()
                .directBuffer(24)
                .setIndex(8, 8)
                .writeLong(sequence)
                .writeLong(~sequence);
        return EchoRequest.of(
                IcmpPacket.of(payload, IpAddress.of(target)),
                channel.localAddress().getPort(),
                sequence);
    }

    private static InetAddress loopback(SocketKind kind) {
        return Packets.address(kind.family() == IpFamily.IPV4 ? "127.0.0.1" : "::1");
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackRepliesWithHopLimitAndKernelTime(SocketKind kind) throws Exception {
        Collector collector = new Collector();
        IcmpChannel channel = open(kind, collector);
        long before = System.currentTimeMillis();
        // The first stamps after the first socket that asked for them may be missing.
        Await.until("a stamped reply", PATIENCE, () -> {
            channel.writeAndFlush(request(channel, loopback(kind), 7)).syncUninterruptibly();
            return collector.all(EchoReply.class).stream()
                    .anyMatch(reply -> reply.packet().hasKernelReceiveTime());
        });

        List<EchoReply> replies = collector.all(EchoReply.class);
        EchoReply last = replies.get(replies.size() - 1);
        assertThat(last.identifier())
                .isEqualTo(channel.localAddress().getPort())
                .isPositive();
        assertThat(last.sequence()).isEqualTo(7);
        assertThat(last.packet().peer()).isEqualTo(IpAddress.of(loopback(kind)));
        assertThat(last.packet().hopLimit()).hasValue(64);
        assertThat(last.payload().getLong(last.payload().readerIndex() + 8)).isEqualTo(~7);
        assertThat(last.packet().kernelReceiveNanos() / 1_000_000)
                .isBetween(before - 1, before + Await.LIMIT.toMillis());
        assertThat(collector.messages).as("nothing but replies").allMatch(EchoReply.class::isInstance);
        channel.close().sync();
        collector.release();
    }

    @ParameterizedTest
    @EnumSource
    void hearsNothingOfAnotherChannel(SocketKind kind) throws Exception {
        Collector mine = new Collector();
        Collector others = new Collector();
        IcmpChannel listening = open(kind, mine);
        IcmpChannel asking = open(kind, others);
        for (int i = 0; i < 100; i++) {
            asking.write(request(asking, loopback(kind), i));
        }
        asking.flush();

        others.awaitMessages(EchoReply.class, 100);
        listening.writeAndFlush(request(listening, loopback(kind), 1)).sync();
        assertThat(mine.awaitMessages(EchoReply.class, 1)).hasSize(1);
        assertThat(mine.messages).hasSize(1);
        listening.close().sync();
        asking.close().sync();
        mine.release();
        others.release();
    }

    @ParameterizedTest
    @EnumSource
    void isBoundToTheIdentifierAskedFor(SocketKind kind) throws Exception {
        Collector collector = new Collector();
        IcmpChannel channel = open(kind, collector, new InetSocketAddress(loopback(kind), 0x1234));

        assertThat(channel.localAddress()).isEqualTo(new InetSocketAddress(loopback(kind), 0x1234));
        channel.writeAndFlush(request(channel, loopback(kind), 1)).sync();
        assertThat(collector.awaitMessages(EchoReply.class, 1).get(0).identifier())
                .isEqualTo(0x1234);
        channel.close().sync();
        collector.release();
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_DGRAM", "IPV6_DGRAM"})
    void nobodyCanBindTheIdentifierOfAPingChannelAfterIt(SocketKind kind) throws Exception {
        IcmpChannel channel = open(kind, new Collector());
        assertThat(channel.sockets().arePaired()).isTrue();

        assertThatThrownBy(() -> open(
                        kind,
                        new Collector(),
                        new InetSocketAddress(channel.localAddress().getPort())))
                .isInstanceOfSatisfying(SystemCallException.class, cause -> assertThat(cause.errnoName())
                        .isEqualTo("EADDRINUSE"));
        channel.close().sync();
    }

    @ParameterizedTest
    @EnumSource
    @RequiresTun
    void errorsOfOneHostReachItAloneAndRefuseNoSend(SocketKind kind) throws Exception {
        boolean ipv4 = kind.family() == IpFamily.IPV4;
        InetAddress live = Packets.address(ipv4 ? "10.1.0.1" : "fd00:1::1");
        InetAddress dead = Packets.address(ipv4 ? "10.1.0.2" : "fd00:1::2");
        InetAddress router = Packets.address(ipv4 ? "10.9.9.9" : "fd00:9::9");
        var unreachable = io.github.nettyping.testing.IcmpError.unreachable(ipv4 ? 1 : 3, router);
        var behaviour = Behaviours.byAddress(address -> address.equals(dead) ? unreachable : Replies.echo());
        try (TunResponder tun = TunResponder.open(lab, behaviour, ipv4 ? "10.1.0.0/24" : "fd00:1::/120")) {
            Collector collector = new Collector();
            IcmpChannel channel = open(kind, collector);
            channel.config().setOption(ChannelOption.SO_RCVBUF, 8 << 20);
            int rounds = 500;
            List<ChannelFuture> writes = new CopyOnWriteArrayList<>();
            for (int i = 0; i < rounds; i++) {
                writes.add(channel.write(request(channel, dead, i)));
                writes.add(channel.writeAndFlush(request(channel, live, i)));
            }
            collector.awaitMessages(EchoReply.class, rounds);
            List<IcmpError> errors = collector.awaitMessages(IcmpError.class, rounds);

            assertThat(writes).allMatch(write -> write.awaitUninterruptibly().isSuccess());
            assertThat(errors).hasSize(rounds).allSatisfy(error -> {
                assertThat(error.name()).isEqualTo(ipv4 ? "host_unreachable" : "address_unreachable");
                assertThat(error.from()).contains(IpAddress.of(router));
                assertThat(error.quote().orElseThrow().destination()).isEqualTo(IpAddress.of(dead));
            });
            assertThat(collector.failures).isEmpty();
            assertThat(tun.probes()).isEqualTo(2L * rounds);
            channel.close().sync();
            collector.release();
        }
    }

    @Test
    void saysWhichEventLoopItNeeds() throws Exception {
        EventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ChannelFuture bound = lab.call(() -> bootstrap(nio, SocketKind.IPV4_DGRAM, new Collector())
                .bind(new InetSocketAddress(0))
                .await());

        assertThat(bound.cause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("EpollIoHandler.newFactory()");
        assertThat(bound.channel().isOpen()).isFalse();
        nio.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    @Test
    void availabilityFollowsTheAdministrator() throws Exception {
        try (Namespace closed = Namespace.createWithoutPingSockets()) {
            assertThat(closed.call(() -> Icmp.unavailabilityCause(SocketKind.IPV4_DGRAM)))
                    .hasValueSatisfying(cause -> assertThat(cause)
                            .isInstanceOf(IcmpUnavailableException.class)
                            .hasMessageContaining("socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP): EACCES")
                            .hasMessageContaining("net.ipv4.ping_group_range"));
            assertThat(closed.call(() -> Icmp.isAvailable(SocketPolicy.DGRAM_RAW, IpFamily.IPV4)))
                    .isTrue();

            closed.sysctl("net.ipv4.ping_group_range", "0 2147483647");
            assertThat(closed.call(() -> Icmp.isAvailable(SocketKind.IPV4_DGRAM)))
                    .isTrue();
        }
    }

    @Test
    void givesBackItsDescriptorsAfterAThousandCycles() throws Exception {
        lab.call(() -> {
            cycles(12);
            return null;
        });
        int before = openDescriptors();
        lab.call(() -> {
            cycles(1_000);
            return null;
        });
        assertThat(openDescriptors()).isLessThanOrEqualTo(before);
    }

    private static void cycles(int count) throws InterruptedException {
        for (int i = 0; i < count; ) {
            for (SocketKind kind : SocketKind.values()) {
                bootstrap(group, kind, new Collector())
                        .bind(new InetSocketAddress(0))
                        .sync()
                        .channel()
                        .close()
                        .sync();
                i++;
            }
        }
    }

    private static int openDescriptors() throws IOException {
        String[] names = new File("/proc/self/fd").list();
        if (names == null) {
            throw new IOException("/proc/self/fd cannot be read");
        }
        return names.length;
    }

    @Test
    void connectedChannelHearsItsPeerAlone() throws Exception {
        Collector collector = new Collector();
        InetAddress peer = Packets.address("127.0.0.2");
        IcmpChannel channel = lab.call(() -> (IcmpChannel) bootstrap(group, SocketKind.IPV4_DGRAM, collector)
                .connect(new InetSocketAddress(peer, 0))
                .sync()
                .channel());
        assertThat(channel.remoteAddress()).isEqualTo(new InetSocketAddress(peer, 0));
        // Type 8, code 0, checksum and identifier of the kernel, sequence 5, eight bytes of payload.
        ByteBuf message = channel.alloc()
                .heapBuffer()
                .writeByte(8)
                .writeZero(5)
                .writeShort(5)
                .writeLong(1);
        channel.write(request(channel, Packets.address("127.0.0.3"), 4));
        channel.writeAndFlush(message).sync();

        assertThat(collector.awaitMessages(EchoReply.class, 1))
                .singleElement()
                .satisfies(reply -> assertThat(reply.sequence()).isEqualTo(5));
        channel.disconnect().sync();
        channel.writeAndFlush(request(channel, Packets.address("127.0.0.3"), 6)).sync();
        assertThat(collector.awaitMessages(EchoReply.class, 2)).hasSize(2);
        channel.close().sync();
        collector.release();
    }

    @Test
    void forcesBuffersPastTheSysctlAndReadsBackOptions() throws Exception {
        IcmpChannel channel = open(SocketKind.IPV4_DGRAM, new Collector());
        IcmpChannelConfig config = channel.config();

        config.setOption(ChannelOption.SO_RCVBUF, 16 << 20);
        assertThat(config.getOption(ChannelOption.SO_RCVBUF)).isEqualTo(32 << 20);
        config.setOption(ChannelOption.IP_TOS, 0x10);
        assertThat(config.getOption(ChannelOption.IP_TOS)).isEqualTo(0x10);
        assertThat(config.getOption(ChannelOption.SO_BROADCAST)).isFalse();
        config.setOption(ChannelOption.SO_BROADCAST, true);
        assertThat(config.getOption(ChannelOption.SO_BROADCAST)).isTrue();
        assertThat(config.getOption(IcmpChannelOption.MTU_DISCOVER)).isEqualTo(1);
        config.setOption(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE);
        assertThat(config.getOption(IcmpChannelOption.MTU_DISCOVER)).isEqualTo(3);
        assertThat(config.getOptions()).containsKey(IcmpChannelOption.READ_BUDGET);
        channel.close().sync();
    }

    /** Ways to end event loops. From a task of the loop itself Netty does not tell its handles. */
    static List<Named<Consumer<EventLoopGroup>>> shutdowns() {
        return List.of(
                Named.of("with a quiet period", group -> group.shutdownGracefully(100, 5_000, TimeUnit.MILLISECONDS)),
                Named.of("without one", group -> group.shutdownGracefully(0, 5, TimeUnit.SECONDS)),
                Named.of(
                        "without one, from the event loop",
                        group -> group.execute(() -> group.shutdownGracefully(0, 5, TimeUnit.SECONDS))),
                Named.of("at once", IcmpChannelIT::shutdown),
                Named.of("at once, from the event loop", group -> group.execute(() -> shutdown(group))));
    }

    @SuppressWarnings("deprecation") // ExecutorService.close() of later JDKs calls it.
    private static void shutdown(EventLoopGroup group) {
        group.shutdown();
    }

    @ParameterizedTest
    @MethodSource("shutdowns")
    void groupShutdownClosesTheChannelAndItsPipelineLearnsOfIt(Consumer<EventLoopGroup> shutdown) throws Exception {
        EventLoopGroup own = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        AtomicInteger inactive = new AtomicInteger();
        Channel channel = lab.call(() -> bootstrap(own, SocketKind.IPV4_DGRAM, new Collector() {
                    @Override
                    public void channelInactive(ChannelHandlerContext ctx) {
                        inactive.incrementAndGet();
                    }
                })
                .bind(new InetSocketAddress(0))
                .sync()
                .channel());

        shutdown.accept(own);
        own.terminationFuture().sync();
        assertThat(channel.isOpen()).isFalse();
        assertThat(inactive).hasValue(1);
    }
}
