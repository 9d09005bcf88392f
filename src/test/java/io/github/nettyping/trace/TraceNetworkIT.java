package io.github.nettyping.trace;

import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.codec.MplsLabelStack;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.github.nettyping.trace.TraceResult.Ending;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Traces through routers that do what a test wants: spread packets, put labels on them, tell old or no MTUs. */
@RequiresTun
class TraceNetworkIT {

    private static Namespace namespace;
    private static TunResponder network;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
        network = TunResponder.open(namespace, Behaviours.silent(), "198.51.100.0/24", "fd00:51::/64");
    }

    @AfterAll
    static void close() {
        if (namespace != null) {
            namespace.close();
        }
    }

    /** A family and a kind of socket. */
    record Socket(IpFamily family, SocketPolicy policy) {}

    static Stream<Socket> sockets() {
        return Stream.of(IpFamily.values()).flatMap(family -> Stream.of(SocketPolicy.DGRAM, SocketPolicy.RAW)
                .map(policy -> new Socket(family, policy)));
    }

    private static InetAddress target(IpFamily family) {
        return address(family == IpFamily.IPV4 ? "198.51.100.9" : "fd00:51::9");
    }

    private static InetAddress router(IpFamily family, int number) {
        return address(family == IpFamily.IPV4 ? "203.0.113." + number : "fd00:113::" + number);
    }

    private static TraceOptions.Builder options() {
        return TraceOptions.builder().timeout(Duration.ofMillis(500)).maxHops(5);
    }

    private static TraceResult trace(SocketPolicy policy, InetAddress target, TraceOptions.Builder options)
            throws Exception {
        try (Pinger pinger =
                namespace.call(() -> Pinger.builder().socketPolicy(policy).open())) {
            return namespace
                    .call(() -> pinger.trace(target, options.build()))
                    .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static int checksum(ProbePacket probe) {
        return probe.bytes().getShort(probe.icmpOffset() + 2) & 0xffff;
    }

    /** Two ways that differ in their second router, chosen by a packet's checksum as by a port. */
    private static Behaviour spreading(IpFamily family, Set<Integer> checksums) {
        Behaviour one = Behaviours.path(Replies.echo(), router(family, 1), router(family, 2));
        Behaviour other = Behaviours.path(Replies.echo(), router(family, 1), router(family, 3));
        return (probe, answers) -> {
            checksums.add(checksum(probe));
            (checksum(probe) % 3 == 0 ? one : other).answer(probe, answers);
        };
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void allProbesToATargetTakeTheSameWay(Socket socket) throws Exception {
        Set<Integer> checksums = ConcurrentHashMap.newKeySet();
        network.behave(spreading(socket.family(), checksums));
        TraceResult result =
                trace(socket.policy(), target(socket.family()), options().probesPerHop(30));

        assertThat(checksums).hasSize(1);
        assertThat(result.ending()).isEqualTo(Ending.REACHED);
        assertThat(result.hops()).hasSize(3).allMatch(hop -> hop.from().size() == 1 && hop.received() == 30);
    }

    @ParameterizedTest
    @EnumSource
    void probesThatAreNoFlowTakeSeveralWays(IpFamily family) throws Exception {
        Set<Integer> checksums = ConcurrentHashMap.newKeySet();
        network.behave(spreading(family, checksums));
        TraceResult result =
                trace(SocketPolicy.DGRAM, target(family), options().paris(false).probesPerHop(30));

        assertThat(checksums).hasSizeGreaterThan(10);
        assertThat(result.hops().get(1).from())
                .containsExactlyInAnyOrder(IpAddress.of(router(family, 2)), IpAddress.of(router(family, 3)));
    }

    /** "Time exceeded" with two MPLS labels: RFC 4884 and RFC 4950. */
    private static Behaviour labelling(IpFamily family) {
        return (probe, answers) -> {
            boolean ipv6 = family == IpFamily.IPV6;
            int quoted = 128;
            ByteBuffer structure = ByteBuffer.allocate(16)
                    // Version 2; the checksum follows.
                    .putInt(0x2000_0000)
                    // Length 12, class 1 (MPLS), type 1 (incoming).
                    .putInt(0x000c_0101)
                    // Labels 24001 and 16, traffic classes 5 and 0, TTLs 1 and 255, the second is the bottom.
                    .putInt(24_001 << 12 | 5 << 9 | 1)
                    .putInt(16 << 12 | 1 << 8 | 255);
            structure.putShort(2, (short) Packets.checksum(structure, 0, 16, 0));
            byte[] body = new byte[quoted + 16];
            probe.bytes().get(0, body, 0, Math.min(quoted, probe.length()));
            structure.get(0, body, quoted, 16);
            // The length of the quote: in 32-bit words in the second byte, or in 64-bit words in the first.
            int rest = ipv6 ? (quoted / 8) << 24 : (quoted / 4) << 16;
            byte[] message = Packets.message(ipv6 ? 3 : 11, 0, ipv6, rest, body);
            answers.send(Packets.packet(router(family, 1), probe.source(), message));
        };
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void tellsTheLabelsThatPacketsArriveWithAtARouter(Socket socket) throws Exception {
        Behaviour labelling = labelling(socket.family());
        network.behave((probe, answers) -> (probe.hopLimit() == 1 ? labelling : Replies.echo()).answer(probe, answers));
        TraceResult result = trace(socket.policy(), target(socket.family()), options());

        Hop hop = result.hops().get(0);
        assertThat(hop.from()).containsExactly(IpAddress.of(router(socket.family(), 1)));
        assertThat(hop.mplsLabels())
                .containsExactly(
                        new MplsLabelStack.Label(24_001, 5, false, 1), new MplsLabelStack.Label(16, 0, true, 255));
        assertThat(hop.extensions()).hasSize(1);
        assertThat(result.hops().get(1).mplsLabels()).isEmpty();
    }

    /** A way of two routers; the link behind the second takes so many bytes, which it may tell. */
    private static Behaviour narrow(IpFamily family, int takes, Behaviour otherwise) {
        Behaviour way = Behaviours.path(Replies.echo(), router(family, 1), router(family, 2));
        return (probe, answers) -> {
            boolean tooLong = probe.hopLimit() > 2 && probe.length() > takes;
            (tooLong ? otherwise : way).answer(probe, answers);
        };
    }

    @Test
    void findsAPlateauWhereAnOldRouterTellsNoMtu() throws Exception {
        network.behave(narrow(IpFamily.IPV4, 1_200, IcmpError.fragmentationNeeded(0, router(IpFamily.IPV4, 2))));
        TraceResult result =
                trace(SocketPolicy.DGRAM, target(IpFamily.IPV4), options().pathMtu(true));

        assertThat(result.ending()).isEqualTo(Ending.REACHED);
        assertThat(result.pathMtu()).hasValue(1_006);
        assertThat(result.hops()).hasSize(3).allMatch(hop -> hop.mtu().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void tellsNoPathMtuWhereLongPacketsDisappear(Socket socket) throws Exception {
        network.behave(narrow(socket.family(), 1_400, Behaviours.silent()));
        TraceResult result =
                trace(socket.policy(), target(socket.family()), options().pathMtu(true));

        assertThat(result.pathMtu()).isEmpty();
        assertThat(result.ending()).isEqualTo(Ending.MAX_HOPS);
        assertThat(result.hops().subList(0, 2)).noneMatch(Hop::isSilent);
        assertThat(result.hops().subList(2, 5)).allMatch(Hop::isSilent);
    }

    @Test
    void findsTheMtuOfTheInterfaceWhateverItIs() throws Exception {
        network.behave(Behaviours.path(Replies.echo(), router(IpFamily.IPV4, 1)));
        namespace.ip("link", "set", network.device(), "mtu", "1387");
        try {
            TraceResult result =
                    trace(SocketPolicy.RAW, target(IpFamily.IPV4), options().pathMtu(true));

            assertThat(result.pathMtu()).hasValue(1_387);
            assertThat(result.hops()).extracting(Hop::mtu).containsOnly(OptionalInt.empty());
        } finally {
            namespace.ip("link", "set", network.device(), "mtu", "1500");
        }
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void aTargetWithoutRouteIsNotSentAndTheKernelSaysWhy(Socket socket) throws Exception {
        InetAddress nowhere = address(socket.family() == IpFamily.IPV4 ? "203.0.113.77" : "fd00:113::77");
        for (boolean pathMtu : new boolean[] {false, true}) {
            TraceResult result = trace(socket.policy(), nowhere, options().pathMtu(pathMtu));

            assertThat(result.ending()).isEqualTo(Ending.NOT_SENT);
            assertThat(result.hops()).isEmpty();
            assertThat(result.refusal().orElseThrow().cause().orElseThrow().errnoName())
                    .isEqualTo("ENETUNREACH");
        }
    }

    @Test
    void whatAKindOfSocketCannotSendIsNotSent() throws Exception {
        IpAddress source = IpAddress.of(address("fd00:2::1"));
        TraceResult result = trace(
                SocketPolicy.DGRAM,
                target(IpFamily.IPV6),
                options().sendOptions(SendOptions.builder().source(source).build()));

        assertThat(result.ending()).isEqualTo(Ending.NOT_SENT);
        assertThat(result.refusal().orElseThrow().reason()).isEqualTo(NotSent.Reason.UNSUPPORTED_OPTION);
    }

    @Test
    void sendOptionsHoldForEveryProbe() throws Exception {
        Set<Integer> trafficClasses = ConcurrentHashMap.newKeySet();
        Behaviour way = Behaviours.path(Replies.echo(), router(IpFamily.IPV4, 1), router(IpFamily.IPV4, 2));
        network.behave((probe, answers) -> {
            trafficClasses.add(probe.bytes().get(1) & 0xff);
            way.answer(probe, answers);
        });
        trace(
                SocketPolicy.DGRAM,
                target(IpFamily.IPV4),
                options().sendOptions(SendOptions.builder().trafficClass(0x28).build()));

        assertThat(trafficClasses).isEqualTo(Set.of(0x28));
    }

    @Test
    void bothFamiliesAreTracedTogether() throws Exception {
        network.behave((probe, answers) -> {
            IpFamily family = probe.isIpv6() ? IpFamily.IPV6 : IpFamily.IPV4;
            Behaviours.path(Replies.echo(), router(family, 1)).answer(probe, answers);
        });
        for (boolean pathMtu : new boolean[] {false, true}) {
            List<TraceResult> results = new CopyOnWriteArrayList<>();
            try (Pinger pinger = namespace.call(() -> Pinger.builder().open())) {
                Trace trace = namespace.call(() -> pinger.trace(
                        List.of(target(IpFamily.IPV4), target(IpFamily.IPV6)),
                        options().pathMtu(pathMtu).build(),
                        results::add));
                trace.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }

            assertThat(results).hasSize(2).allMatch(TraceResult::isReached);
            assertThat(results).allMatch(result -> result.pathMtu().isPresent() == pathMtu);
        }
    }

    @Test
    void closingThePingerEndsATraceWithSocketsOfItsOwn() throws Exception {
        network.behave(Behaviours.silent());
        TraceOptions options =
                options().timeout(Duration.ofSeconds(60)).pathMtu(true).build();
        Trace trace;
        try (Pinger pinger = namespace.call(() -> Pinger.builder().open())) {
            trace = namespace.call(() -> pinger.trace(List.of(target(IpFamily.IPV4)), options, result -> {}));
        }

        assertThat(trace.completion()
                        .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .stopped())
                .isTrue();
    }
}
