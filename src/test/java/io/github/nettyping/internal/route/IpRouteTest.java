package io.github.nettyping.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.Packets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prefixes of both families, and which route an address takes. */
class IpRouteTest {

    private static final IpRoute.Link LINK = new IpRoute.Link(3, "veth0", true);

    private static IpAddress address(String literal) {
        return IpAddress.of(Packets.address(literal));
    }

    private static IpRoute route(String prefix, IpRoute.Table table, IpRoute.Kind kind, int metric, int link) {
        String[] parts = prefix.split("/", 2);
        return new IpRoute(
                address(parts[0]),
                Integer.parseInt(parts[1]),
                table,
                kind,
                metric,
                Optional.of(new IpRoute.Link(link, "link" + link, true)));
    }

    private static IpRoute route(String prefix, IpRoute.Table table, IpRoute.Kind kind) {
        return route(prefix, table, kind, 0, 3);
    }

    private static IpRoute.Kind kind(RouteTable table, String address) {
        return RouteOracle.find(table, address(address)).orElseThrow().kind();
    }

    @Test
    void aPrefixEndsWhereItsBitsEnd() {
        assertThat(route("10.9.64.0/18", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK)
                        .last())
                .hasToString("10.9.127.255");
        assertThat(route("0.0.0.0/0", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK).last())
                .hasToString("255.255.255.255");
        assertThat(route("2001:db8::/33", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK)
                        .last())
                .hasToString("2001:db8:7fff:ffff:ffff:ffff:ffff:ffff");
        assertThat(route("::/0", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK).last())
                .hasToString("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    }

    @Test
    void aPrefixCoversItsAddressesAndNoOtherFamily() {
        IpRoute everything = route("::/0", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK);
        assertThat(everything.covers(address("2001:db8::1"))).isTrue();
        assertThat(everything.covers(address("10.9.0.1"))).isFalse();
        IpRoute some = route("10.9.64.0/18", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK);
        assertThat(some.covers(address("10.9.64.0"))).isTrue();
        assertThat(some.covers(address("10.9.127.255"))).isTrue();
        assertThat(some.covers(address("10.9.128.0"))).isFalse();
    }

    @Test
    void aPrefixWithBitsBeyondItsLengthIsRefused() {
        assertThatThrownBy(() -> route("10.9.64.1/18", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.9.64.1/18");
        assertThatThrownBy(() -> route("10.9.64.0/33", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prefixLength: 33");
        assertThatThrownBy(() -> new IpRoute(
                        new IpAddress(0xfe80L << 48, 0, 3),
                        64,
                        IpRoute.Table.MAIN,
                        IpRoute.Kind.ON_LINK,
                        0,
                        Optional.of(LINK)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLongestPrefixWinsThenTheLeastMetricThenTheFirst() {
        RouteTable table = new RouteTable(
                List.of(
                        route("10.0.0.0/8", IpRoute.Table.MAIN, IpRoute.Kind.GATEWAY, 0, 3),
                        route("10.9.0.0/16", IpRoute.Table.MAIN, IpRoute.Kind.BLACKHOLE, 200, 3),
                        route("10.9.0.0/16", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK, 100, 4),
                        route("10.9.0.0/16", IpRoute.Table.MAIN, IpRoute.Kind.PROHIBIT, 100, 5)),
                Set.of(),
                true);

        assertThat(kind(table, "10.8.0.1")).isEqualTo(IpRoute.Kind.GATEWAY);
        assertThat(kind(table, "10.9.0.1")).isEqualTo(IpRoute.Kind.ON_LINK);
        assertThat(RouteOracle.find(table, address("11.0.0.1"))).isEmpty();
    }

    @Test
    void theLocalTableComesFirstWhereThereAreRulesAndInIpv6() {
        List<IpRoute> routes = List.of(
                route("10.9.0.0/16", IpRoute.Table.LOCAL, IpRoute.Kind.LOCAL),
                route("10.9.1.0/24", IpRoute.Table.MAIN, IpRoute.Kind.GATEWAY),
                route("fd00::/16", IpRoute.Table.LOCAL, IpRoute.Kind.LOCAL),
                route("fd00:1::/32", IpRoute.Table.MAIN, IpRoute.Kind.GATEWAY));

        RouteTable plain = new RouteTable(routes, Set.of(), true);
        assertThat(kind(plain, "10.9.1.1")).isEqualTo(IpRoute.Kind.GATEWAY);
        assertThat(kind(plain, "fd00:1::1")).isEqualTo(IpRoute.Kind.LOCAL);
        RouteTable ruled = new RouteTable(routes, Set.of(IpFamily.IPV4), true);
        assertThat(kind(ruled, "10.9.1.1")).isEqualTo(IpRoute.Kind.LOCAL);
    }

    @Test
    void aThrowRouteLeavesItToLaterTables() {
        RouteTable table = new RouteTable(
                List.of(
                        route("10.0.0.0/8", IpRoute.Table.MAIN, IpRoute.Kind.GATEWAY),
                        route("10.9.0.0/16", IpRoute.Table.MAIN, IpRoute.Kind.THROW),
                        route("10.9.1.0/24", IpRoute.Table.MAIN, IpRoute.Kind.PROHIBIT),
                        route("10.9.0.0/20", IpRoute.Table.DEFAULT, IpRoute.Kind.ON_LINK)),
                Set.of(),
                true);

        assertThat(kind(table, "10.9.0.1")).isEqualTo(IpRoute.Kind.ON_LINK);
        assertThat(kind(table, "10.9.1.1")).isEqualTo(IpRoute.Kind.PROHIBIT);
        assertThat(RouteOracle.find(table, address("10.9.128.1"))).isEmpty();
        assertThat(kind(table, "10.8.0.1")).isEqualTo(IpRoute.Kind.GATEWAY);
    }

    @Test
    void anAddressOfALinkTakesARouteOfThatLink() {
        RouteTable table = new RouteTable(
                List.of(
                        route("fe80::/64", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK, 256, 3),
                        route("fe80::/64", IpRoute.Table.MAIN, IpRoute.Kind.ON_LINK, 256, 4)),
                Set.of(),
                true);
        IpAddress address = address("fe80::1");

        assertThat(RouteOracle.find(table, new IpAddress(address.high(), address.low(), 4)))
                .contains(table.routes().get(1));
        assertThat(RouteOracle.find(table, new IpAddress(address.high(), address.low(), 5)))
                .isEmpty();
    }
}
