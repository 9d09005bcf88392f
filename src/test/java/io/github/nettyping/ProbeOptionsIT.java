package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.TwoWays;
import io.github.nettyping.testing.Wire;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What single probes of a pinger or a sweep ask for, as it stands on the wire, on all kinds of socket. */
@RequiresNamespaces
class ProbeOptionsIT {

    private static final long LIMIT_SECONDS = Await.LIMIT.toSeconds();

    private static TwoWays ways;

    @BeforeAll
    static void open() {
        ways = new TwoWays();
    }

    @AfterAll
    static void close() {
        ways.close();
    }

    private static SocketPolicy policy(SocketKind kind) {
        return kind.isRaw() ? SocketPolicy.RAW : SocketPolicy.DGRAM;
    }

    private static Pinger.Builder builder(SocketKind kind) {
        return Pinger.builder().socketPolicy(policy(kind)).families(kind.family());
    }

    private static Pinger open(Pinger.Builder builder) throws Exception {
        return ways.near.call(builder::open);
    }

    private static ProbeOptions.Builder once(SendOptions.Builder options) {
        return ProbeOptions.builder().attempts(1).timeout(Duration.ofSeconds(5)).sendOptions(options.build());
    }

    private static Replied reply(Pinger pinger, SocketKind kind, SendOptions.Builder options) throws Exception {
        return (Replied) get(pinger.ping(TwoWays.target(kind), once(options).build()));
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void headerFieldsAreThePingsOwnAndTheReplysAreTold(SocketKind kind) throws Exception {
        try (Pinger pinger = open(builder(kind).option(IcmpChannelOption.RECEIVE_TRAFFIC_CLASS, true));
                Wire wire = Wire.of(ways.first)) {
            // The kernel answers with the traffic class it was asked with.
            Replied reply =
                    reply(pinger, kind, SendOptions.builder().hopLimit(9).trafficClass(0x28));
            ProbePacket probe = wire.awaitProbe();
            assertThat(probe.hopLimit()).isEqualTo(9);
            assertThat(probe.trafficClass()).isEqualTo(0x28);
            assertThat(reply.trafficClass()).hasValue(0x28);
            assertThat(reply.hopLimit()).hasValue(64);

            reply = reply(pinger, kind, SendOptions.builder());
            probe = wire.awaitProbe();
            assertThat(probe.hopLimit()).isEqualTo(64);
            assertThat(probe.trafficClass()).isZero();
            assertThat(reply.trafficClass()).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_DGRAM", "IPV4_RAW", "IPV6_RAW"})
    void aPingComesFromTheSourceItNamesAndItsAnswerIsHeard(SocketKind kind) throws Exception {
        try (Pinger pinger = open(builder(kind));
                Wire wire = Wire.of(ways.first)) {
            InetAddress source = TwoWays.otherSource(kind);
            reply(pinger, kind, SendOptions.builder().source(IpAddress.of(source)));
            assertThat(wire.awaitProbe().source()).isEqualTo(source);

            reply(pinger, kind, SendOptions.builder());
            assertThat(wire.awaitProbe().source()).isEqualTo(ways.ownSource(kind));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPingTakesTheWayItsInterfaceOrMarkSays(SocketKind kind) throws Exception {
        try (Pinger pinger = open(builder(kind));
                Wire first = Wire.of(ways.first);
                Wire second = Wire.of(ways.second)) {
            reply(pinger, kind, SendOptions.builder().hopLimit(11).interfaceIndex(ways.index(ways.secondLink)));
            reply(pinger, kind, SendOptions.builder().hopLimit(12).mark(TwoWays.MARK));
            reply(pinger, kind, SendOptions.builder().hopLimit(13));

            assertThat(second.awaitProbe().hopLimit()).isEqualTo(11);
            assertThat(second.awaitProbe().hopLimit()).isEqualTo(12);
            assertThat(first.awaitProbe().hopLimit()).isEqualTo(13);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV6_DGRAM", "IPV6_RAW"})
    void aFlowLabelIsThePingsOwn(SocketKind kind) throws Exception {
        try (Pinger pinger = open(builder(kind));
                Wire wire = Wire.of(ways.first)) {
            reply(pinger, kind, SendOptions.builder().flowLabel(0xabcde));
            assertThat(wire.awaitProbe().flowLabel()).isEqualTo(0xabcde);
            reply(pinger, kind, SendOptions.builder().flowLabel(0xfffff));
            assertThat(wire.awaitProbe().flowLabel()).isEqualTo(0xfffff);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV6_DGRAM", "IPV6_RAW"})
    void aPingThatMayNotBeFragmentedIsNotSentIfItIsTooLong(SocketKind kind) throws Exception {
        try (Pinger pinger = open(builder(kind))) {
            SendOptions.Builder whole = SendOptions.builder().dontFragment(true);
            CompletableFuture<ProbeOutcome> tooLong = pinger.ping(
                    TwoWays.target(kind), once(whole).payloadBytes(1_453).build());
            CompletableFuture<ProbeOutcome> fits = pinger.ping(
                    TwoWays.target(kind), once(whole).payloadBytes(1_452).build());
            CompletableFuture<ProbeOutcome> inFragments = pinger.ping(
                    TwoWays.target(kind),
                    once(SendOptions.builder()).payloadBytes(1_453).build());

            assertThat(((NotSent) get(tooLong)).cause())
                    .map(SystemCallException::errnoName)
                    .contains("EMSGSIZE");
            assertThat(get(fits)).isInstanceOf(Replied.class);
            assertThat(get(inFragments)).isInstanceOf(Replied.class);
        }
    }

    /** Submitted in one turn of the event loop, they share a flush and a system call. */
    @ParameterizedTest
    @EnumSource
    void probesOfOneBatchDifferInAllTheyAskFor(SocketKind kind) throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "batch");
        try (Pinger pinger = open(builder(kind).group(group));
                Wire wire = Wire.of(ways.first)) {
            List<CompletableFuture<ProbeOutcome>> outcomes = new CopyOnWriteArrayList<>();
            group.next()
                    .submit(() -> {
                        for (int i = 0; i < 60; i++) {
                            SendOptions.Builder options =
                                    SendOptions.builder().hopLimit(100 + i).trafficClass(4 * i);
                            outcomes.add(pinger.ping(
                                    TwoWays.target(kind),
                                    once(options).payloadBytes(16 + i).build()));
                        }
                    })
                    .sync();
            for (CompletableFuture<ProbeOutcome> outcome : outcomes) {
                assertThat(get(outcome)).isInstanceOf(Replied.class);
            }
            for (int i = 0; i < 60; i++) {
                ProbePacket probe = wire.awaitProbe();
                assertThat(probe.payloadBytes()).isEqualTo(16 + i);
                assertThat(probe.hopLimit()).isEqualTo(100 + i);
                assertThat(probe.trafficClass()).isEqualTo(4 * i);
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyProbeOfASeriesHasThem(SocketKind kind) throws Exception {
        PingOptions options = PingOptions.builder()
                .count(3)
                .interval(Duration.ofMillis(10))
                .probe(once(SendOptions.builder().hopLimit(77)).build())
                .build();
        try (Pinger pinger = open(builder(kind));
                Wire wire = Wire.of(ways.first)) {
            assertThat(get(pinger.series(TwoWays.target(kind), options)))
                    .hasSize(3)
                    .allSatisfy(result -> assertThat(result.outcome()).isInstanceOf(Replied.class));
            for (int i = 0; i < 3; i++) {
                assertThat(wire.awaitProbe().hopLimit()).isEqualTo(77);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTryOfASweepHasThem(SocketKind kind) throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "sweep");
        // Nobody answers what does not get as far as the second host.
        ProbeOptions probe = once(SendOptions.builder().mark(TwoWays.MARK).hopLimit(55))
                .attempts(2)
                .timeout(Duration.ofMillis(200))
                .build();
        String silent = kind.family() == IpFamily.IPV4 ? "10.88.0.9" : "fd88::9";
        ways.near.ip("route", "replace", silent, "dev", ways.secondLink.device(), "table", "77");
        try (Wire wire = Wire.of(ways.second)) {
            String neighbour = ways.second.ip("-oneline", "link", "show", "dev", ways.secondLink.device());
            String hardware = neighbour.replaceFirst("(?s).*link/ether ([0-9a-f:]+).*", "$1");
            ways.near.ip("neigh", "replace", silent, "lladdr", hardware, "dev", ways.secondLink.device());
            List<ProbeOutcome> outcomes = new ArrayList<>();
            SweepOptions options = SweepOptions.builder()
                    .socketPolicy(policy(kind))
                    .probe(probe)
                    .build();
            Sweep sweep = ways.near.call(() -> Sweep.start(group, Targets.parse(silent), options, outcomes::add));
            get(sweep.completion());

            assertThat(outcomes).singleElement().matches(outcome -> outcome.attempts() == 2);
            assertThat(wire.awaitProbe().hopLimit()).isEqualTo(55);
            assertThat(wire.awaitProbe().hopLimit()).isEqualTo(55);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheKernelRefusesIsNotSentAndThePingerGoesOn(SocketKind kind) throws Exception {
        SendOptions.Builder nowhere = SendOptions.builder().interfaceIndex(99_999);
        InetAddress foreign = Packets.address(kind.family() == IpFamily.IPV4 ? "10.99.0.1" : "fd99::1");
        SendOptions.Builder stranger = SendOptions.builder().source(IpAddress.of(foreign));
        try (Pinger pinger = open(builder(kind))) {
            CompletableFuture<ProbeOutcome> before = pinger.ping(
                    TwoWays.target(kind), once(SendOptions.builder()).build());
            CompletableFuture<ProbeOutcome> first =
                    pinger.ping(TwoWays.target(kind), once(nowhere).build());
            CompletableFuture<ProbeOutcome> second =
                    pinger.ping(TwoWays.target(kind), once(stranger).build());
            CompletableFuture<ProbeOutcome> after = pinger.ping(
                    TwoWays.target(kind), once(SendOptions.builder()).build());

            NotSent refused = (NotSent) get(first);
            assertThat(refused.reason()).isEqualTo(NotSent.Reason.REFUSED_BY_KERNEL);
            assertThat(refused.cause().orElseThrow())
                    .extracting(SystemCallException::errnoName)
                    .isEqualTo("ENODEV");
            assertThat(get(second)).isInstanceOfSatisfying(NotSent.class, outcome -> assertThat(outcome.reason())
                    .isEqualTo(
                            kind == SocketKind.IPV6_DGRAM
                                    ? NotSent.Reason.UNSUPPORTED_OPTION
                                    : NotSent.Reason.REFUSED_BY_KERNEL));
            assertThat(get(before)).isInstanceOf(Replied.class);
            assertThat(get(after)).isInstanceOf(Replied.class);
            assertThat(get(pinger.statistics()).outcomes().notSent()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "IPV6_DGRAM")
    void aSweepWithASourceThatItsSocketsCannotGiveSaysSoOfEachTarget(SocketKind kind) throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "sweep");
        try {
            List<ProbeOutcome> outcomes = new ArrayList<>();
            SweepOptions options = SweepOptions.builder()
                    .socketPolicy(policy(kind))
                    .probe(once(SendOptions.builder().source(IpAddress.of(TwoWays.otherSource(kind))))
                            .build())
                    .build();
            Targets targets = Targets.parse("fd88::1-fd88::8");
            Sweep sweep = ways.near.call(() -> Sweep.start(group, targets, options, outcomes::add));

            assertThat(get(sweep.completion()).statistics().probesSent()).isZero();
            assertThat(outcomes).hasSize(8).allSatisfy(outcome -> assertThat(((NotSent) outcome).reason())
                    .isEqualTo(NotSent.Reason.UNSUPPORTED_OPTION));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
