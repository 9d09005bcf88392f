package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.codec.Ipv4Option;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.codec.RouteOption;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.TwoWays;
import io.github.nettyping.testing.Wire;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all probes of a pinger or a sweep have from its sockets, as it stands on the wire. */
@RequiresNamespaces
class SocketOptionsIT {

    private static final long LIMIT_SECONDS = Await.LIMIT.toSeconds();

    private static TwoWays ways;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        ways = new TwoWays();
        ways.first.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        group = IcmpEventLoops.newGroup(1, "user");
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        ways.close();
    }

    private static SocketPolicy policy(SocketKind kind) {
        return kind.isRaw() ? SocketPolicy.RAW : SocketPolicy.DGRAM;
    }

    private static Pinger.Builder builder(SocketKind kind) {
        return Pinger.builder()
                .socketPolicy(policy(kind))
                .families(kind.family())
                .group(group);
    }

    private static Pinger open(Pinger.Builder builder) throws Exception {
        return ways.near.call(builder::open);
    }

    private static ProbeOptions.Builder once() {
        return ProbeOptions.builder().attempts(1).timeout(Duration.ofSeconds(5));
    }

    private static ProbeOutcome ping(Pinger pinger, InetAddress target, ProbeOptions.Builder options) throws Exception {
        return get(pinger.ping(target, options.build()));
    }

    private static Sweep sweep(SweepOptions.Builder builder, String words, List<ProbeOutcome> outcomes)
            throws Exception {
        SweepOptions options = builder.probe(once().build()).build();
        return ways.near.call(() -> Sweep.start(group, Targets.parse(words), options, outcomes::add));
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void headerFieldsAreThoseOfThePingerUnlessAProbeHasItsOwn(SocketKind kind) throws Exception {
        Pinger.Builder builder =
                builder(kind).option(IcmpChannelOption.HOP_LIMIT, 33).option(ChannelOption.IP_TOS, 0x28);
        try (Pinger pinger = open(builder);
                Wire wire = Wire.of(ways.first)) {
            InetAddress target = TwoWays.target(kind);
            assertThat(ping(pinger, target, once())).isInstanceOf(Replied.class);
            ProbePacket probe = wire.awaitProbe();
            assertThat(probe.hopLimit()).isEqualTo(33);
            assertThat(probe.trafficClass()).isEqualTo(0x28);

            SendOptions own = SendOptions.builder().hopLimit(9).trafficClass(0).build();
            assertThat(ping(pinger, target, once().sendOptions(own))).isInstanceOf(Replied.class);
            probe = wire.awaitProbe();
            assertThat(probe.hopLimit()).isEqualTo(9);
            assertThat(probe.trafficClass()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPingerBoundToAnAddressAsksFromIt(SocketKind kind) throws Exception {
        try (Pinger pinger = open(builder(kind).localAddress(TwoWays.otherSource(kind)));
                Wire wire = Wire.of(ways.first)) {
            assertThat(ping(pinger, TwoWays.target(kind), once())).isInstanceOf(Replied.class);
            assertThat(wire.awaitProbe().source()).isEqualTo(TwoWays.otherSource(kind));
        }
    }

    @ParameterizedTest
    @EnumSource
    void interfaceAndMarkOfAPingerChooseTheWay(SocketKind kind) throws Exception {
        try (Pinger byInterface = open(builder(kind).option(IcmpChannelOption.INTERFACE, ways.secondLink.device()));
                Pinger byMark = open(builder(kind).option(IcmpChannelOption.MARK, TwoWays.MARK));
                Wire wire = Wire.of(ways.second)) {
            assertThat(ping(byInterface, TwoWays.target(kind), once().payloadBytes(21)))
                    .isInstanceOf(Replied.class);
            assertThat(ping(byMark, TwoWays.target(kind), once().payloadBytes(22)))
                    .isInstanceOf(Replied.class);
            assertThat(wire.awaitProbe().payloadBytes()).isEqualTo(21);
            assertThat(wire.awaitProbe().payloadBytes()).isEqualTo(22);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_RAW", "IPV4_DGRAM"})
    void hostsOnTheWayRecordTheRouteInTheHeader(SocketKind kind) throws Exception {
        Ipv4Options asked = Ipv4Options.of(new Ipv4Option.NoOperation(), RouteOption.recordRoute(9));
        Pinger.Builder builder = builder(kind)
                .option(IcmpChannelOption.IPV4_OPTIONS, asked.octets().toByteArray())
                .option(IcmpChannelOption.RECEIVE_IPV4_OPTIONS, true);
        List<String> told = new ArrayList<>();
        PingListener listener = new PingListener() {
            @Override
            public void onIpv4Options(long sequence, Replied reply, Ipv4Options options) {
                told.add(sequence + " " + options.recordRoute().orElseThrow().recorded());
            }

            @Override
            public void onResult(PingResult result) {
                told.add(result.sequence() + " " + result.outcome().kind());
            }
        };
        PingOptions twice = PingOptions.builder()
                .count(2)
                .interval(Duration.ofMillis(50))
                .probe(once().build())
                .build();
        try (Pinger pinger = open(builder)) {
            get(pinger.series(TwoWays.target(kind), twice, listener).completion());
        }
        // Out by the link's address, in and out by the other's, back.
        String route = "[198.18.0.1, 10.88.0.1, 10.88.0.1, 198.18.0.1]";
        assertThat(told).containsExactly("1 " + route, "1 REPLIED", "2 " + route, "2 REPLIED");
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_RAW", "IPV4_DGRAM"})
    void withoutRoutesOnlyHostsOnALinkAreReached(SocketKind kind) throws Exception {
        InetAddress near = Packets.address(ways.firstLink.farIpv4());
        try (Pinger pinger = open(builder(kind).option(IcmpChannelOption.DONT_ROUTE, true))) {
            assertThat(ping(pinger, near, once())).isInstanceOf(Replied.class);
            assertThat(ping(pinger, TwoWays.target(kind), once()))
                    .isInstanceOfSatisfying(NotSent.class, outcome -> assertThat(outcome.cause())
                            .map(SystemCallException::errnoName)
                            .contains("ENETUNREACH"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestsHaveTheIdentifierAskedFor(SocketKind kind) throws Exception {
        try (Pinger pinger = open(builder(kind).identifier(0x1234))) {
            assertThat(ping(pinger, TwoWays.target(kind), once())).isInstanceOf(Replied.class);
            assertThat(pinger.identifier(kind.family())).hasValue(0x1234);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pinger.builder().loops(2).identifier(1).open())
                .withMessage("identifier: 1 with 2 loops (expected: one loop)");
    }

    @ParameterizedTest
    @EnumSource
    void sweepsHaveTheSameOptions(SocketKind kind) throws Exception {
        List<ProbeOutcome> outcomes = new ArrayList<>();
        try (Wire wire = Wire.of(ways.second)) {
            SweepOptions.Builder options = SweepOptions.builder()
                    .socketPolicy(policy(kind))
                    .localAddress(TwoWays.otherSource(kind))
                    .option(IcmpChannelOption.MARK, TwoWays.MARK)
                    .option(IcmpChannelOption.HOP_LIMIT, 44)
                    .option(IcmpChannelOption.RECEIVE_TRAFFIC_CLASS, true)
                    .option(ChannelOption.IP_TOS, 0xb8);
            get(sweep(options, TwoWays.target(kind).getHostAddress(), outcomes).completion());

            ProbePacket probe = wire.awaitProbe();
            assertThat(probe.hopLimit()).isEqualTo(44);
            assertThat(probe.trafficClass()).isEqualTo(0xb8);
            assertThat(probe.source()).isEqualTo(TwoWays.otherSource(kind));
            assertThat(outcomes).singleElement().isInstanceOfSatisfying(Replied.class, reply -> assertThat(
                            reply.trafficClass())
                    .hasValue(0xb8));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void aFlowLabelIsForTheFamilyThatHasIt(SocketPolicy policy) throws Exception {
        Pinger.Builder builder = Pinger.builder()
                .group(group)
                .socketPolicy(policy)
                .option(IcmpChannelOption.AUTO_FLOW_LABEL, false)
                .option(IcmpChannelOption.FLOW_LABEL, 0xabcde);
        try (Pinger pinger = open(builder);
                Wire wire = Wire.of(ways.first)) {
            assertThat(ping(pinger, TwoWays.target(SocketKind.IPV4_RAW), once()))
                    .isInstanceOf(Replied.class);
            assertThat(wire.awaitProbe().isIpv6()).isFalse();
            assertThat(ping(pinger, TwoWays.target(SocketKind.IPV6_RAW), once()))
                    .isInstanceOf(Replied.class);
            assertThat(wire.awaitProbe().flowLabel()).isEqualTo(0xabcde);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayNotBeFragmentedAndIsTooLongIsNotSent(SocketKind kind) throws Exception {
        Pinger.Builder builder =
                builder(kind).option(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE);
        int fits = 1_500 - 8 - (kind.family() == IpFamily.IPV4 ? 20 : 40);
        try (Pinger pinger = open(builder);
                Wire wire = Wire.of(ways.first)) {
            InetAddress target = TwoWays.target(kind);
            assertThat(ping(pinger, target, once().payloadBytes(fits))).isInstanceOf(Replied.class);
            ProbePacket probe = wire.awaitProbe();
            assertThat(probe.length()).isEqualTo(1_500);
            assertThat(probe.isIpv6() || probe.isDontFragment()).isTrue();

            assertThat(ping(pinger, target, once().payloadBytes(fits + 1)))
                    .isInstanceOfSatisfying(NotSent.class, outcome -> assertThat(outcome.cause())
                            .map(SystemCallException::errnoName)
                            .contains("EMSGSIZE"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_RAW", "IPV4_DGRAM"})
    void broadcastAddressesNeedTheOption(SocketKind kind) throws Exception {
        // Of the /30 that the link is.
        InetAddress broadcast = Packets.address("198.18.0.3");
        try (Pinger without = open(builder(kind));
                Pinger with = open(builder(kind).option(ChannelOption.SO_BROADCAST, true))) {
            assertThat(ping(without, broadcast, once())).isInstanceOfSatisfying(NotSent.class, outcome -> assertThat(
                            outcome.cause().orElseThrow())
                    .hasMessageContaining("EACCES; a broadcast address needs SO_BROADCAST"));
            assertThat(ping(with, broadcast, once().anySource(true)))
                    .isInstanceOfSatisfying(
                            Replied.class, reply -> assertThat(reply.flags()).contains(ReplyFlag.OTHER_SOURCE));
        }
    }
}
