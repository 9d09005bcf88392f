package io.github.nettyping.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Packets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Targets sorted by the routes to them. */
class TargetRoutesTest {

    private static final IpRoute.Link LO = new IpRoute.Link(1, "lo", false);
    private static final IpRoute.Link VETH = new IpRoute.Link(3, "veth0", true);
    private static final IpRoute.Link TUN = new IpRoute.Link(4, "tun0", false);
    private static final IpRoute.Link OTHER = new IpRoute.Link(5, "veth1", true);

    private static IpAddress address(String literal) {
        return IpAddress.of(Packets.address(literal));
    }

    private static IpRoute route(String prefix, IpRoute.Table table, IpRoute.Kind kind, IpRoute.Link link) {
        String[] parts = prefix.split("/", 2);
        return new IpRoute(address(parts[0]), Integer.parseInt(parts[1]), table, kind, 0, Optional.of(link));
    }

    private static IpRoute main(String prefix, IpRoute.Kind kind, IpRoute.Link link) {
        return route(prefix, IpRoute.Table.MAIN, kind, link);
    }

    private static IpRoute local(String prefix) {
        return route(prefix, IpRoute.Table.LOCAL, IpRoute.Kind.LOCAL, LO);
    }

    private static RouteTable table(IpRoute... routes) {
        return new RouteTable(List.of(routes), Set.of(), true);
    }

    private static Targets all(String... words) {
        Targets.Builder builder = Targets.builder().allAddresses(true).limit(Long.MAX_VALUE);
        List.of(words).forEach(builder::add);
        return builder.build();
    }

    private static List<String> ranges(Targets targets) {
        return targets.ranges().map(range -> range.first() + "-" + range.last()).toList();
    }

    private static List<String> networks(TargetRoutes routes) {
        return routes.networks().stream()
                .map(network -> network.targets() + " " + network)
                .toList();
    }

    @Test
    void moreSpecificRoutesAreCutOutOfANetwork() {
        RouteTable table = table(
                local("198.19.0.1/32"),
                main("198.19.0.0/18", IpRoute.Kind.ON_LINK, VETH),
                main("198.19.8.0/24", IpRoute.Kind.GATEWAY, VETH),
                main("198.19.8.128/25", IpRoute.Kind.ON_LINK, OTHER),
                main("198.19.9.0/24", IpRoute.Kind.ON_LINK, TUN),
                main("0.0.0.0/0", IpRoute.Kind.GATEWAY, VETH));

        TargetRoutes routes = TargetRoutes.of(all("198.19.0.0/16", "10.0.0.0/8"), table);

        assertThat(ranges(routes.local())).containsExactly("198.19.0.1-198.19.0.1");
        assertThat(ranges(routes.onLink()))
                .containsExactly(
                        "198.19.0.0-198.19.0.0",
                        "198.19.0.2-198.19.7.255",
                        "198.19.8.128-198.19.8.255",
                        "198.19.10.0-198.19.63.255");
        assertThat(networks(routes)).containsExactly("15871 veth0 198.19.0.0/18", "128 veth1 198.19.8.128/25");
        assertThat(routes.onLink(IpFamily.IPV4)).isEqualTo(15_999);
        assertThat(routes.onLink(IpFamily.IPV6)).isZero();
    }

    @Test
    void aNetworkOfMoreAddressesThanCanBeCountedIsSorted() {
        RouteTable table = table(
                local("2001:db8::1/128"),
                main("2001:db8::/64", IpRoute.Kind.ON_LINK, VETH),
                main("2001:db8::8000:0:0:0/65", IpRoute.Kind.GATEWAY, VETH),
                main("::/0", IpRoute.Kind.GATEWAY, VETH));

        TargetRoutes routes = TargetRoutes.of(all("2001:db8::/120", "2001:db8:1::/120"), table);

        assertThat(ranges(routes.local())).containsExactly("2001:db8::1-2001:db8::1");
        assertThat(networks(routes)).containsExactly("255 veth0 2001:db8::/64");
        assertThat(routes.onLink(IpFamily.IPV6)).isEqualTo(255);
    }

    @Test
    void aRouteToTheLastAddressOfAFamilyEndsThere() {
        RouteTable table = table(
                main("255.255.255.254/31", IpRoute.Kind.ON_LINK, VETH), main("ffff::/16", IpRoute.Kind.ON_LINK, OTHER));

        TargetRoutes routes = TargetRoutes.of(
                all(
                        "255.255.255.252/30",
                        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
                table);

        assertThat(networks(routes)).containsExactly("2 veth0 255.255.255.254/31", "2 veth1 ffff::/16");
    }

    @Test
    void targetsOfALinkTakeTheRoutesOfThatLink() {
        RouteTable table = table(
                main("fe80::/64", IpRoute.Kind.ON_LINK, VETH),
                main("fe80::/64", IpRoute.Kind.ON_LINK, OTHER),
                route("fe80::1/128", IpRoute.Table.LOCAL, IpRoute.Kind.LOCAL, VETH));
        Targets.Builder targets = Targets.builder();
        IpAddress prefix = address("fe80::");
        for (int scope : new int[] {3, 5, 7}) {
            targets.add(new IpAddress(prefix.high(), 1, scope)).add(new IpAddress(prefix.high(), 2, scope));
        }

        TargetRoutes routes = TargetRoutes.of(targets.build(), table);

        assertThat(ranges(routes.local())).containsExactly("fe80::1%3-fe80::1%3");
        assertThat(networks(routes)).containsExactly("1 veth0 fe80::/64", "2 veth1 fe80::/64");
        assertThat(routes.onLink().contains(new IpAddress(prefix.high(), 2, 5))).isTrue();
        assertThat(routes.onLink().contains(new IpAddress(prefix.high(), 2, 7))).isFalse();
    }

    @Test
    void withoutRoutesThereIsNothingNear() {
        TargetRoutes routes = TargetRoutes.of(all("10.0.0.0/8", "::1"), table());

        assertThat(routes.local().count()).isZero();
        assertThat(routes.onLink().count()).isZero();
        assertThat(routes.networks()).isEmpty();
    }

    @Test
    void rangesAndSingleAddressesAgree() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            boolean ipv4 = random.nextBoolean();
            RouteTable table = table(random, ipv4);
            Targets.Builder builder = Targets.builder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                long begin = random.nextInt(256);
                for (long j = begin; j <= Math.min(255, begin + random.nextInt(30)); j++) {
                    builder.add(small(ipv4, j));
                }
            }
            Targets targets = builder.build();

            TargetRoutes routes = TargetRoutes.of(targets, table);

            long local = 0;
            Map<String, Long> networks = new HashMap<>();
            for (long i = 0; i < targets.count(); i++) {
                IpAddress target = targets.get(i);
                Optional<IpRoute> route = RouteOracle.find(table, target);
                boolean isLocal =
                        route.filter(r -> r.kind() == IpRoute.Kind.LOCAL).isPresent();
                boolean isOnLink = route.filter(IpRoute::fillsNeighbourTable).isPresent();
                assertThat(routes.local().contains(target))
                        .as("seed %d: %s local", seed, target)
                        .isEqualTo(isLocal);
                assertThat(routes.onLink().contains(target))
                        .as("seed %d: %s on-link", seed, target)
                        .isEqualTo(isOnLink);
                local += isLocal ? 1 : 0;
                if (isOnLink) {
                    IpRoute by = route.orElseThrow();
                    networks.merge(
                            by.link().orElseThrow().name() + ' ' + by.prefix() + '/' + by.prefixLength(),
                            1L,
                            Long::sum);
                }
            }
            assertThat(routes.local().count()).isEqualTo(local);
            Map<String, Long> told = new HashMap<>();
            routes.networks().forEach(network -> told.merge(network.toString(), network.targets(), Long::sum));
            assertThat(told).as("seed %d", seed).isEqualTo(networks);
        }
    }

    /** Addresses whose last byte alone differs, so that routes and targets meet. */
    private static IpAddress small(boolean ipv4, long number) {
        return ipv4 ? IpAddress.ofIpv4(0xc6130000 | (int) number) : new IpAddress(0xfd00L << 48, number, 0);
    }

    private static RouteTable table(Random random, boolean ipv4) {
        List<IpRoute> routes = new ArrayList<>();
        IpRoute.Kind[] kinds = IpRoute.Kind.values();
        IpRoute.Table[] tables = IpRoute.Table.values();
        List<IpRoute.Link> links = List.of(LO, VETH, TUN, OTHER);
        for (int i = random.nextInt(25); i > 0; i--) {
            int hostBits = random.nextInt(9);
            IpAddress prefix = small(ipv4, random.nextInt(256) >>> hostBits << hostBits);
            routes.add(new IpRoute(
                    prefix,
                    (ipv4 ? 32 : 128) - hostBits,
                    tables[random.nextInt(tables.length)],
                    random.nextBoolean() ? IpRoute.Kind.ON_LINK : kinds[random.nextInt(kinds.length)],
                    random.nextInt(3),
                    Optional.of(links.get(random.nextInt(links.size())))));
        }
        return new RouteTable(routes, random.nextBoolean() ? Set.of() : Set.of(IpFamily.IPV4), true);
    }
}
