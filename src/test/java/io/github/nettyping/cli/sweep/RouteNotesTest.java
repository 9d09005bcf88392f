package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.internal.route.NeighbourRoom;
import io.github.nettyping.internal.route.OnLinkNetwork;
import io.github.nettyping.internal.route.TargetRoutes;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.sweep.SweepRate;
import io.github.nettyping.target.Targets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said before a sweep begins. */
class RouteNotesTest {

    private static final Map<IpFamily, NeighbourRoom> ROOMS =
            Map.of(IpFamily.IPV4, new NeighbourRoom(1_024, 0), IpFamily.IPV6, new NeighbourRoom(1_024, 768 - 500));

    private static final String CEILING =
            "at most 10,000 probes/s to targets other than this host's own, unless --rate says otherwise";

    private static TargetRoutes routes(String local, OnLinkNetwork... networks) {
        Targets.Builder own = Targets.builder();
        if (!local.isEmpty()) {
            own.add(local);
        }
        return new TargetRoutes(own.build(), Targets.parse(), List.of(networks));
    }

    private static OnLinkNetwork network(String device, String prefix, int length, long targets) {
        return new OnLinkNetwork(device, SampleOutcomes.address(prefix), length, targets);
    }

    private static List<String> auto(long targets, TargetRoutes routes) {
        return RouteNotes.of(targets, routes, ROOMS, SweepRate.auto());
    }

    @Test
    void anOnLinkNetworkLargerThanTheBudgetIsNamedWithTheTimeItTakes() {
        TargetRoutes routes = routes("", network("veth0", "198.19.0.0", 18, 16_382));

        assertThat(RouteNotes.of(16_382, routes, ROOMS, SweepRate.perSecond(10_000)))
                .containsExactly("16,382 of the targets are on-link (veth0 198.19.0.0/18); so that the neighbour table"
                        + " (net.ipv4.neigh.default.gc_thresh3, 1,024 places, 0 in use) keeps room for others, at most"
                        + " 768 of them are begun in 3 s: about 63 s for all");
    }

    @Test
    void eachFamilyHasABudgetOfItsOwnAndManyNetworksAreCounted() {
        TargetRoutes routes = routes(
                "",
                network("a", "10.1.0.0", 16, 300),
                network("b", "10.2.0.0", 16, 300),
                network("c", "10.3.0.0", 16, 300),
                network("d", "10.4.0.0", 16, 60_000),
                network("e", "10.5.0.0", 16, 1),
                network("f", "2001:db8::", 64, 1_000_000));

        List<String> lines = auto(2_000_000, routes);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith(
                        "60,901 of the targets are on-link (a 10.1.0.0/16, b 10.2.0.0/16, c 10.3.0.0/16 and 2 more);")
                .endsWith("about 4 min for all");
        assertThat(lines.get(1))
                .startsWith("1,000,000 of the targets are on-link (f 2001:db8::/64);")
                .contains("(net.ipv6.neigh.default.gc_thresh3, 1,024 places, 268 in use)")
                .contains("at most 500 of them")
                .endsWith("about 100 min for all");
        assertThat(lines.get(2)).isEqualTo(CEILING);
    }

    @Test
    void whatTheTableHoldsAnywayIsNotWorthALine() {
        assertThat(auto(768, routes("", network("veth0", "10.1.0.0", 16, 768)))).isEmpty();
    }

    @Test
    void aRateThatIsLowerThanTheBudgetIsNotWorthALine() {
        TargetRoutes routes = routes("", network("veth0", "10.1.0.0", 16, 60_000));

        assertThat(RouteNotes.of(60_000, routes, ROOMS, SweepRate.perSecond(256)))
                .isEmpty();
        assertThat(RouteNotes.of(60_000, routes, ROOMS, SweepRate.perSecond(257)))
                .hasSize(1);
    }

    @Test
    void theCeilingIsToldOnlyIfItHolds() {
        TargetRoutes own = routes("127.1.0.0-127.1.255.255");
        assertThat(auto(65_536, own)).isEmpty();
        assertThat(auto(65_537, own)).containsExactly(CEILING);
        assertThat(RouteNotes.of(65_537, own, ROOMS, SweepRate.perSecond(20_000)))
                .isEmpty();
    }

    @Test
    void theCeilingIsNotToldIfNobodyWouldNoticeIt() {
        TargetRoutes own = routes("127.0.0.1-4");

        assertThat(auto(10_000, own)).isEmpty();
        assertThat(auto(10_001, own)).containsExactly(CEILING);
    }

    @Test
    void hoursAreToldAsHours() {
        assertThat(auto(30_000_000, routes("", network("veth0", "10.0.0.0", 8, 16_777_216)))
                        .get(0))
                .endsWith("about 18 h for all");
    }
}
