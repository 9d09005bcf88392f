package io.github.nettyping.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes of a namespace, against what ip-route(8) says of random addresses. */
@RequiresNamespaces
class RouteTableIT {

    private static final long SEED = 792_4443;

    private Namespace near;
    private Namespace far;
    private Link link;

    @BeforeEach
    void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far);
        near.ip("address", "add", "198.19.0.1/18", "dev", link.device());
        near.ip("address", "add", "fd00:19::1/112", "dev", link.device(), "nodad");
        near.route("198.19.8.0/24", "198.19.0.2");
        near.ip("route", "add", "blackhole", "198.19.9.0/25");
        near.ip("route", "add", "unreachable", "198.19.9.128/25");
        near.ip("route", "add", "prohibit", "198.19.10.0/24");
        near.ip("route", "add", "throw", "198.19.11.0/24");
        near.answerAll("198.19.12.0/24");
        near.ip("route", "add", "198.19.12.128/26", "dev", link.device());
        near.ip("route", "add", "198.19.13.0/24", "dev", link.device(), "metric", "50");
        near.ip("route", "add", "198.19.13.0/24", "via", "198.19.0.2", "metric", "40");
        near.route("fd00:19::8000/120", "fd00:19::2");
        near.ip("route", "add", "unreachable", "fd00:19::9000/120");
        near.answerAll("fd00:19::a000/120");
        near.ip("route", "add", "fd00:19::a080/122", "dev", link.device());
        near.route("0.0.0.0/0", "198.19.0.2");
        near.route("::/0", "fd00:19::2");
    }

    @AfterEach
    void close() {
        far.close();
        near.close();
    }

    private RouteTable read() throws Exception {
        return near.call(RouteTable::read);
    }

    private static IpAddress address(String literal) {
        return IpAddress.of(Packets.address(literal));
    }

    /** Two thousand addresses of the networks above, and some beyond them. */
    private static List<IpAddress> samples() {
        Random random = new Random(SEED);
        List<IpAddress> samples = new ArrayList<>();
        IpAddress ipv6 = address("fd00:19::");
        for (int i = 0; i < 1_000; i++) {
            // More of them where the networks are small.
            samples.add(IpAddress.ofIpv4(0xc6130000 | random.nextInt(i % 2 == 0 ? 0x5000 : 0x1000)));
            samples.add(new IpAddress(ipv6.high(), 0x7000 + random.nextInt(0x5000), 0));
        }
        for (String literal : List.of(
                "127.0.0.1",
                "127.9.9.9",
                "198.18.0.1",
                "198.18.0.2",
                "198.18.0.3",
                "198.19.63.255",
                "8.8.8.8",
                "::1",
                "fd00:18::1",
                "fd00:18::2",
                "2001:db8::1")) {
            samples.add(address(literal));
        }
        return samples;
    }

    /** What the kernel does with each of them, in the words of ip-route(8). */
    private List<String> oracle(List<IpAddress> samples) {
        StringBuilder script = new StringBuilder();
        for (IpAddress sample : samples) {
            script.append("ip route get ").append(sample).append(" 2>&1 | head -n 1;");
        }
        return near.exec("sh", "-c", script.toString())
                .lines()
                .map(RouteTableIT::kind)
                .toList();
    }

    // "local 198.19.0.1 dev lo ...", "198.19.8.1 via 198.19.0.2 dev link0 ...", "unreachable fd00:...",
    // "RTNETLINK answers: Invalid argument" (blackhole), "... Permission denied" (prohibit), "... No route to host".
    private static String kind(String line) {
        if (line.startsWith("local ") || line.contains(" dev lo ")) {
            return "LOCAL";
        }
        if (line.startsWith("broadcast ")) {
            return "BROADCAST";
        }
        if (line.startsWith("RTNETLINK") || line.startsWith("unreachable") || line.startsWith("Error")) {
            return "REFUSED";
        }
        return line.contains(" via ") ? "GATEWAY" : "ON_LINK " + line.replaceAll(".* dev (\\S+).*", "$1");
    }

    private static String kind(Optional<IpRoute> route) {
        if (route.isEmpty()) {
            return "REFUSED";
        }
        return switch (route.get().kind()) {
            case UNREACHABLE, BLACKHOLE, PROHIBIT, THROW -> "REFUSED";
            case ON_LINK -> "ON_LINK " + route.get().link().orElseThrow().name();
            default -> route.get().kind().toString();
        };
    }

    private void compare() throws Exception {
        List<IpAddress> samples = samples();
        List<String> expected = oracle(samples);
        RouteTable table = read();
        assertThat(expected).hasSameSizeAs(samples);
        List<String> different = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Optional<IpRoute> route = RouteOracle.find(table, samples.get(i));
            // Routes that end neither here nor on a link are left out, where nothing else lies.
            if (!kind(route).equals(expected.get(i))) {
                different.add(
                        String.format(Locale.ROOT, "%s: kernel %s, here %s", samples.get(i), expected.get(i), route));
            }
        }
        assertThat(different).isEmpty();
        assertThat(expected).contains("LOCAL", "BROADCAST", "GATEWAY", "ON_LINK link0", "REFUSED");
        assertThat(table.complete()).isTrue();
    }

    @Test
    void findsTheRouteTheKernelTakes() throws Exception {
        compare();
        assertThat(read().ruled()).isEmpty();
    }

    @Test
    void findsTheRouteTheKernelTakesWhereRulesPartTheTables() throws Exception {
        near.ip("rule", "add", "from", "192.0.2.1", "lookup", "77");
        near.ip("-6", "rule", "add", "from", "2001:db8::1", "lookup", "77");

        compare();
        assertThat(read().ruled()).containsExactlyInAnyOrder(IpFamily.IPV4, IpFamily.IPV6);
    }

    @Test
    void aVethPairResolvesNeighboursAndLoopbackDoesNot() throws Exception {
        RouteTable table = read();

        assertThat(RouteOracle.find(table, address("198.19.0.77"))).hasValueSatisfying(route -> {
            assertThat(route.fillsNeighbourTable()).isTrue();
            assertThat(route.prefix()).hasToString("198.19.0.0");
            assertThat(route.prefixLength()).isEqualTo(18);
        });
        assertThat(RouteOracle.find(table, address("fd00:19::77")))
                .hasValueSatisfying(
                        route -> assertThat(route.fillsNeighbourTable()).isTrue());
        assertThat(RouteOracle.find(table, address("127.0.0.1"))).hasValueSatisfying(route -> {
            assertThat(route.kind()).isEqualTo(IpRoute.Kind.LOCAL);
            assertThat(route.link().orElseThrow().resolvesNeighbours()).isFalse();
        });
    }

    @Test
    @RequiresTun
    void aTunDeviceDoesNotResolveNeighbours() throws Exception {
        try (TunResponder tun = TunResponder.open(near, (probe, answers) -> {}, "198.51.100.0/24")) {
            assertThat(RouteOracle.find(read(), address("198.51.100.7"))).hasValueSatisfying(route -> {
                assertThat(route.kind()).isEqualTo(IpRoute.Kind.ON_LINK);
                assertThat(route.link().orElseThrow().name()).isEqualTo(tun.device());
                assertThat(route.fillsNeighbourTable()).isFalse();
            });
        }
    }

    @Test
    void aNextHopOfSeveralThatIsOnLinkMakesItOnLink() throws Exception {
        near.ip("route", "add", "198.51.100.0/24", "nexthop", "via", "198.19.0.2", "nexthop", "dev", link.device());
        near.ip("route", "add", "198.19.14.0/24", "nexthop", "via", "198.19.0.2", "nexthop", "via", "198.19.0.3");

        assertThat(kind(RouteOracle.find(read(), address("198.51.100.7")))).isEqualTo("ON_LINK link0");
        assertThat(kind(RouteOracle.find(read(), address("198.19.14.7")))).isEqualTo("GATEWAY");
    }

    @Test
    void aNextHopThatIsKeptApartIsFollowed() throws Exception {
        near.ip("nexthop", "add", "id", "7", "dev", link.device());
        near.ip("nexthop", "add", "id", "8", "via", "198.19.0.2", "dev", link.device());
        near.ip("route", "add", "198.51.100.0/24", "nhid", "7");
        near.ip("route", "add", "198.19.14.0/24", "nhid", "8");

        assertThat(kind(RouteOracle.find(read(), address("198.51.100.7")))).isEqualTo("ON_LINK link0");
        assertThat(kind(RouteOracle.find(read(), address("198.19.14.7")))).isEqualTo("GATEWAY");
    }

    @Test
    void thousandsOfRoutersRoutesAreReadAndNotKept() throws Exception {
        near.exec(
                "sh",
                "-c",
                "seq 0 19999 | awk '{printf \"route add 20.%d.%d.0/24 via 198.19.0.2\\n\", $1 / 256, $1 % 256}'"
                        + " | ip -batch -");
        assertThat(near.ip("route").lines()).hasSizeGreaterThan(20_000);

        RouteTable table = read();

        assertThat(table.routes()).hasSizeLessThan(60);
        assertThat(table.complete()).isTrue();
        // The default route, by which they go as well.
        assertThat(kind(RouteOracle.find(table, address("20.1.2.3")))).isEqualTo("GATEWAY");
    }

    @Test
    void neighboursInUseAreCounted() throws Exception {
        long before = near.call(() -> NeighbourRoom.read(IpFamily.IPV4).inUse());
        for (int i = 0; i < 40; i++) {
            near.ip(
                    "neighbour",
                    "add",
                    "198.19.1." + i,
                    "lladdr",
                    "02:00:00:00:00:01",
                    "dev",
                    link.device(),
                    "nud",
                    i < 30 ? "stale" : "permanent");
        }

        assertThat(near.call(() -> NeighbourRoom.read(IpFamily.IPV4).inUse()) - before)
                .isEqualTo(30);
    }
}
