package io.github.nettyping.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RouterChain;
import io.github.nettyping.trace.TraceResult.Ending;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Traces along a row of real routers: client, four routers, target. */
@RequiresNamespaces
class TraceIT {

    private static final int ROUTERS = 4;
    private static final int TARGET_HOP = ROUTERS + 1;

    private static RouterChain chain;

    private Pinger pinger;

    @BeforeAll
    static void build() {
        chain = RouterChain.of(ROUTERS);
    }

    @AfterAll
    static void tearDown() {
        if (chain != null) {
            chain.close();
        }
    }

    @AfterEach
    void closePinger() {
        if (pinger != null) {
            pinger.close();
        }
    }

    /** A family and a kind of socket. */
    record Socket(IpFamily family, SocketPolicy policy) {}

    static Stream<Socket> sockets() {
        return Stream.of(IpFamily.values()).flatMap(family -> Stream.of(SocketPolicy.DGRAM, SocketPolicy.RAW)
                .map(policy -> new Socket(family, policy)));
    }

    private static TraceOptions.Builder options() {
        return TraceOptions.builder().timeout(Duration.ofMillis(500)).maxHops(8);
    }

    private TraceResult trace(SocketPolicy policy, InetAddress target, TraceOptions options) throws Exception {
        pinger = chain.client().call(() -> Pinger.builder().socketPolicy(policy).open());
        return chain.client().call(() -> pinger.trace(target, options)).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** One of the addresses the target answers for; each test has its own, for the client remembers path MTUs. */
    private static InetAddress host(IpFamily family, int number) {
        return Packets.address(
                family == IpFamily.IPV4 ? "198.51.100." + number : "fd00:51::" + Integer.toHexString(number));
    }

    private static List<List<IpAddress>> from(TraceResult result) {
        return result.hops().stream().map(Hop::from).toList();
    }

    private static List<List<IpAddress>> expected(IpFamily family, int routers, InetAddress... then) {
        List<List<IpAddress>> all = new ArrayList<>();
        IntStream.rangeClosed(1, routers).forEach(hop -> all.add(List.of(IpAddress.of(chain.hop(family, hop)))));
        for (InetAddress address : then) {
            all.add(List.of(IpAddress.of(address)));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void listsAllRoutersInTheirOrderAndEndsAtTheTarget(Socket socket) throws Exception {
        InetAddress target = host(socket.family(), 1);
        TraceResult result = trace(socket.policy(), target, options().build());

        assertThat(from(result)).isEqualTo(expected(socket.family(), ROUTERS, target));
        assertThat(result.ending()).isEqualTo(Ending.REACHED);
        assertThat(result.hops()).extracting(Hop::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(result.hops()).allSatisfy(hop -> {
            assertThat(hop.sent()).isEqualTo(3);
            assertThat(hop.received()).isEqualTo(3);
            assertThat(hop.sentInVain()).isZero();
            assertThat(hop.times().orElseThrow().minNanos()).isPositive();
            assertThat(hop.times().orElseThrow().count()).isEqualTo(3);
            assertThat(hop.error()).isEmpty();
        });
        assertThat(result.pathMtu()).isEmpty();
        assertThat(result.refusal()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void endsAtTheRouterThatKnowsNoWay(Socket socket) throws Exception {
        InetAddress target = host(socket.family(), socket.policy().equals(SocketPolicy.RAW) ? 2 : 3);
        chain.unreachable(3, target.getHostAddress());
        TraceResult result = trace(socket.policy(), target, options().build());

        assertThat(from(result)).isEqualTo(expected(socket.family(), 3));
        assertThat(result.ending()).isEqualTo(Ending.UNREACHABLE);
        assertThat(result.hops().get(2).error().orElseThrow().name())
                .isEqualTo(socket.family() == IpFamily.IPV4 ? "host_unreachable" : "no_route");
    }

    @ParameterizedTest
    @EnumSource
    void endsAtTheRouterThatForbidsIt(IpFamily family) throws Exception {
        InetAddress target = host(family, 4);
        chain.prohibit(2, target.getHostAddress());
        TraceResult result = trace(SocketPolicy.DGRAM, target, options().build());

        assertThat(from(result)).isEqualTo(expected(family, 2));
        assertThat(result.ending()).isEqualTo(Ending.UNREACHABLE);
        assertThat(result.hops().get(1).error().orElseThrow().name()).contains("prohibited");
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void hopsBehindABlackHoleAreSilent(Socket socket) throws Exception {
        InetAddress target = host(socket.family(), socket.policy().equals(SocketPolicy.RAW) ? 5 : 6);
        chain.blackhole(2, target.getHostAddress());
        TraceResult result = trace(socket.policy(), target, options().build());

        assertThat(result.ending()).isEqualTo(Ending.MAX_HOPS);
        assertThat(result.hops()).hasSize(8);
        assertThat(result.hops().subList(0, 1)).noneMatch(Hop::isSilent);
        assertThat(result.hops().subList(2, 8)).allMatch(Hop::isSilent).allMatch(hop -> hop.sent() == 3);
    }

    @Test
    void endsAfterSoManySilentHops() throws Exception {
        InetAddress target = host(IpFamily.IPV4, 7);
        chain.blackhole(2, target.getHostAddress());
        TraceResult result = trace(
                SocketPolicy.DGRAM,
                target,
                options().maxHops(255).maxSilentHops(3).build());

        assertThat(result.ending()).isEqualTo(Ending.SILENT);
        Hop last = result.hops().get(result.hops().size() - 1);
        assertThat(last.number()).isBetween(4, 5);
        assertThat(last.isSilent()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void beginsAtTheHopItIsToldToAndEndsThereToo(IpFamily family) throws Exception {
        TraceResult result = trace(
                SocketPolicy.DGRAM,
                host(family, 8),
                options().firstHop(2).maxHops(3).build());

        assertThat(result.hops()).extracting(Hop::number).containsExactly(2, 3);
        assertThat(from(result)).isEqualTo(expected(family, 3).subList(1, 3));
        assertThat(result.ending()).isEqualTo(Ending.MAX_HOPS);
    }

    @Test
    void laterCyclesAddToTheFigures() throws Exception {
        pinger = chain.client().call(() -> Pinger.builder().open());
        List<String> told = new CopyOnWriteArrayList<>();
        List<TraceResult> results = new CopyOnWriteArrayList<>();
        TraceOptions options = options()
                .cycles(3)
                .probesPerHop(2)
                .interval(Duration.ofMillis(100))
                .build();
        long start = System.nanoTime();
        Trace trace = pinger.trace(List.of(host(IpFamily.IPV6, 9)), options, new TraceListener() {
            @Override
            public void onHop(IpAddress target, Hop hop) {
                told.add("hop " + hop.number());
            }

            @Override
            public void onCycle(int cycle, TraceResult soFar) {
                told.add("cycle " + cycle + ": " + soFar.hops().get(4).sent());
            }

            @Override
            public void onResult(TraceResult result) {
                told.add("result");
                results.add(result);
            }
        });
        TraceSummary summary = trace.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(told)
                .containsExactly(
                        "hop 1",
                        "hop 2",
                        "hop 3",
                        "hop 4",
                        "hop 5",
                        "cycle 1: 2",
                        "cycle 2: 4",
                        "cycle 3: 6",
                        "result");
        assertThat(results.get(0).hops()).hasSize(5).allMatch(hop -> hop.sent() == 6 && hop.received() == 6);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
        assertThat(summary.targets()).isEqualTo(1);
        assertThat(summary.endings()).containsEntry(Ending.REACHED, 1L).containsEntry(Ending.SILENT, 0L);
        assertThat(summary.stopped()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void findsHowLongPacketsCanBeAndWhoSaysSo(Socket socket) throws Exception {
        InetAddress target = host(socket.family(), socket.policy().equals(SocketPolicy.RAW) ? 10 : 11);
        chain.mtu(2, 1400);
        chain.mtu(3, 1300);
        try {
            TraceResult result =
                    trace(socket.policy(), target, options().pathMtu(true).build());

            assertThat(from(result)).isEqualTo(expected(socket.family(), ROUTERS, target));
            assertThat(result.ending()).isEqualTo(Ending.REACHED);
            assertThat(result.pathMtu()).hasValue(1300);
            assertThat(result.hops())
                    .extracting(Hop::mtu)
                    .containsExactly(
                            OptionalInt.empty(),
                            OptionalInt.of(1400),
                            OptionalInt.of(1300),
                            OptionalInt.empty(),
                            OptionalInt.empty());
            assertThat(result.hops()).allMatch(hop -> hop.received() == 3);
        } finally {
            chain.mtu(2, 1500);
            chain.mtu(3, 1500);
        }
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void thePathMtuOfAWayWithoutBottleneckIsTheInterfaces(Socket socket) throws Exception {
        TraceResult result = trace(
                socket.policy(),
                host(socket.family(), 12),
                options().pathMtu(true).build());

        assertThat(result.pathMtu()).hasValue(1500);
        assertThat(result.hops()).hasSize(TARGET_HOP).allMatch(hop -> hop.mtu().isEmpty());
    }
}
