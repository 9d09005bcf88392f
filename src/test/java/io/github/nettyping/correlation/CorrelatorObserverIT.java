package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of hosts and hosts that answer twice or late, inside namespaces without a way out. */
@RequiresNamespaces
class CorrelatorObserverIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final ProbeOptions OPTIONS =
            ProbeOptions.builder().timeout(Duration.ofMillis(500)).attempts(1).build();
    private static final ProbeOptions GROUP =
            OPTIONS.toBuilder().severalReplies(true).build();

    private static Namespace near;
    private static Namespace far;
    private static Link link;
    private static EventLoopGroup loops;

    private final Recorder recorder = new Recorder();
    private IcmpChannel channel;

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far);
        near.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterAll
    static void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        far.close();
        near.close();
    }

    @AfterEach
    void closeChannel() {
        channel.close().syncUninterruptibly();
    }

    /** Written on the event loop, read by the test. */
    private static final class Recorder extends ChannelInboundHandlerAdapter implements ProbeObserver {

        final List<Probe> sent = new CopyOnWriteArrayList<>();
        final List<ProbeOutcome> outcomes = new CopyOnWriteArrayList<>();
        final List<Replied> replies = new CopyOnWriteArrayList<>();
        final List<Replied> duplicates = new CopyOnWriteArrayList<>();
        final List<Replied> late = new CopyOnWriteArrayList<>();
        final List<IcmpErrorOutcome> lateErrors = new CopyOnWriteArrayList<>();
        /** What to do for each packet sent. */
        volatile Runnable reaction = () -> {};

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            outcomes.add((ProbeOutcome) msg);
        }

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            sent.add(probe);
            reaction.run();
        }

        @Override
        public void onReply(Replied reply) {
            replies.add(reply);
        }

        @Override
        public void onDuplicate(Replied reply) {
            duplicates.add(reply);
        }

        @Override
        public void onLate(Replied reply) {
            late.add(reply);
        }

        @Override
        public void onLateError(IcmpErrorOutcome error) {
            lateErrors.add(error);
        }
    }

    private void open(SocketPolicy policy) throws Exception {
        channel = near.call(() -> {
            IcmpChannel opened = new IcmpChannel(IpFamily.IPV4, policy);
            opened.config().setOption(ChannelOption.SO_BROADCAST, true);
            SocketKind kind = opened.kind();
            new Bootstrap()
                    .group(loops)
                    .channelFactory(() -> opened)
                    .handler(new ChannelInitializer<IcmpChannel>() {
                        @Override
                        protected void initChannel(IcmpChannel ch) {
                            ch.pipeline()
                                    .addLast(
                                            new IcmpEncoder(kind),
                                            new IcmpDecoder(kind),
                                            ProbeCorrelator.builder()
                                                    .observer(recorder)
                                                    .build(),
                                            recorder);
                        }
                    })
                    .bind(new InetSocketAddress(0))
                    .sync();
            return opened;
        });
    }

    private Probe send(String target, ProbeOptions options) {
        Probe probe = new Probe(address(target), options);
        channel.writeAndFlush(probe).syncUninterruptibly();
        return probe;
    }

    private static IpAddress address(String text) {
        return IpAddress.of(Packets.address(text));
    }

    private void awaitOutcomes(int count) {
        Await.until(count + " outcomes", PATIENCE, () -> recorder.outcomes.size() == count);
    }

    /** The hosts are two kernels: the asker's own, which gets a copy of its broadcast, and the one at the other end. */
    @ParameterizedTest
    @CsvSource({"RAW, 56", "DGRAM, 56", "RAW, 8", "DGRAM, 8"})
    void everyHostOnTheLinkAnswersABroadcastOnce(SocketPolicy policy, int payloadBytes) throws Exception {
        open(policy);
        Probe probe =
                send("198.18.0.3", GROUP.toBuilder().payloadBytes(payloadBytes).build());
        awaitOutcomes(1);

        assertThat(recorder.replies)
                .extracting(Replied::from)
                .containsExactlyInAnyOrder(address(link.nearIpv4()), address(link.farIpv4()));
        assertThat(recorder.replies).allSatisfy(reply -> {
            assertThat(reply.probe()).isSameAs(probe);
            assertThat(reply.flags()).doesNotContain(ReplyFlag.OTHER_SOURCE);
        });
        assertThat(recorder.outcomes).containsExactly(recorder.replies.get(0));
        assertThat(recorder.duplicates).isEmpty();
        assertThat(recorder.sent).containsExactly(probe);
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    @RequiresTun
    void everyHostOfALargerGroupIsToldOnceAndItsCopiesAsDuplicates(SocketPolicy policy) throws Exception {
        List<Behaviour> hosts = new ArrayList<>();
        List<IpAddress> addresses = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            String host = "10.5.0." + i;
            addresses.add(address(host));
            hosts.add(Replies.wrongSource(Packets.address(host)));
            hosts.add(Replies.wrongSource(Packets.address(host)));
        }
        try (TunResponder tun =
                TunResponder.open(near, Behaviours.all(hosts.toArray(Behaviour[]::new)), "10.5.0.0/16")) {
            open(policy);
            send("10.5.255.255", GROUP);
            awaitOutcomes(1);

            assertThat(tun.answers()).isEqualTo(100);
            assertThat(recorder.replies).extracting(Replied::from).containsExactlyElementsOf(addresses);
            assertThat(recorder.duplicates).extracting(Replied::from).containsExactlyElementsOf(addresses);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    @RequiresTun
    void copiesOfAReplyAreToldWithTheirProbe(SocketPolicy policy) throws Exception {
        var behaviour =
                Behaviours.byAddressBits(bits -> (bits & 3) == 0 ? Behaviours.silent() : Replies.duplicate(bits & 3));
        try (TunResponder tun = TunResponder.open(near, behaviour, "10.6.0.0/16")) {
            open(policy);
            Probe silent = send("10.6.0.0", OPTIONS);
            Probe single = send("10.6.0.1", OPTIONS);
            Probe twice = send("10.6.0.2", OPTIONS);
            Probe thrice = send("10.6.0.3", OPTIONS);
            awaitOutcomes(4);

            assertThat(tun.answers()).isEqualTo(6);
            assertThat(recorder.outcomes)
                    .extracting(ProbeOutcome::probe)
                    .containsExactlyInAnyOrder(silent, single, twice, thrice);
            assertThat(recorder.duplicates).extracting(Replied::probe).containsExactly(twice, thrice, thrice);
            assertThat(recorder.duplicates).allSatisfy(reply -> {
                assertThat(reply.from()).isEqualTo(reply.probe().target());
                assertThat(reply.rttNanos()).isPositive();
            });
        }
    }

    @Test
    @RequiresTun
    void lateRepliesAndErrorsAreToldWithTheirProbe() throws Exception {
        IcmpError refusal = IcmpError.unreachable(1, Packets.address("10.9.9.9"));
        var behaviour = Behaviours.byAddressBits(
                bits -> Behaviours.delayed(Duration.ofMillis(600), (bits & 1) == 0 ? Replies.echo() : refusal));
        try (TunResponder tun = TunResponder.open(near, behaviour, "10.7.0.0/16")) {
            open(SocketPolicy.DGRAM);
            Probe late = send("10.7.0.2", OPTIONS);
            Probe refused = send("10.7.0.3", OPTIONS);
            Await.until(
                    "a late reply and a late error",
                    PATIENCE,
                    () -> !recorder.late.isEmpty() && !recorder.lateErrors.isEmpty());

            Await.until("the responder has counted both", PATIENCE, () -> tun.answers() == 2);
            assertThat(recorder.outcomes).hasSize(2).allMatch(TimedOut.class::isInstance);
            assertThat(recorder.late).extracting(Replied::probe).containsExactly(late);
            assertThat(recorder.late.get(0).rttNanos()).isGreaterThanOrEqualTo(600_000_000L);
            assertThat(recorder.lateErrors).extracting(ProbeOutcome::probe).containsExactly(refused);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void channelClosedFromInsideItsFlushEndsEveryProbe(SocketPolicy policy) throws Exception {
        open(policy);
        recorder.reaction = () -> channel.close();
        channel.eventLoop().execute(() -> {
            for (int i = 1; i <= 10; i++) {
                channel.write(new Probe(address("127.0.0." + i), OPTIONS), channel.voidPromise());
            }
            channel.flush();
        });
        awaitOutcomes(10);

        assertThat(recorder.sent).hasSize(1);
        assertThat(recorder.outcomes).allSatisfy(outcome -> assertThat(((NotSent) outcome).reason())
                .isEqualTo(NotSent.Reason.CHANNEL_CLOSED));
    }
}
