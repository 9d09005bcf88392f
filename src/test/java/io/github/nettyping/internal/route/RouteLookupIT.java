package io.github.nettyping.internal.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the kernel says of its routes, between two namespaces. */
@RequiresNamespaces
class RouteLookupIT {

    private static final RouteLookup BROADCAST =
            new RouteLookup(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), true);

    private static Namespace near;
    private static Namespace far;
    private static Link link;

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far);
    }

    @AfterAll
    static void close() {
        far.close();
        near.close();
    }

    private static IpAddress address(String literal) {
        return IpAddress.of(Packets.address(literal));
    }

    private static RouteLookup.Route find(RouteLookup lookup, String target) throws Exception {
        return near.call(() -> lookup.find(address(target)));
    }

    private static int errno(RouteLookup lookup, String target) {
        int[] errno = new int[1];
        assertThatThrownBy(() -> find(lookup, target))
                .isInstanceOfSatisfying(SystemCallException.class, e -> errno[0] = e.errno());
        return errno[0];
    }

    @Test
    void sourceAndMtuOfBothFamilies() throws Exception {
        near.ip("route", "add", "198.51.100.0/24", "via", link.farIpv4(), "mtu", "1400");
        near.ip("route", "add", "fd00:51::/64", "via", link.farIpv6());

        assertThat(find(RouteLookup.ANY, "198.51.100.7"))
                .isEqualTo(new RouteLookup.Route(address(link.nearIpv4()), 1400));
        assertThat(find(RouteLookup.ANY, "fd00:51::7"))
                .isEqualTo(new RouteLookup.Route(address(link.nearIpv6()), 1500));
    }

    @Test
    void aBroadcastAddressIsRefusedUnlessExpected() throws Exception {
        assertThat(errno(RouteLookup.ANY, "198.18.0.3")).isEqualTo(Errno.EACCES);
        assertThat(find(BROADCAST, "198.18.0.3").source()).isEqualTo(address(link.nearIpv4()));
    }

    @Test
    void noRouteHasTheErrnoOfTheKernel() {
        assertThat(errno(RouteLookup.ANY, "203.0.113.1")).isEqualTo(Errno.ENETUNREACH);
        near.ip("route", "add", "unreachable", "198.51.99.0/24");
        assertThat(errno(RouteLookup.ANY, "198.51.99.1")).isEqualTo(Errno.EHOSTUNREACH);
    }

    @Test
    void theInterfaceCounts() throws Exception {
        assertThat(errno(through("nosuch0"), "198.18.0.2")).isEqualTo(Errno.ENODEV);
        assertThat(find(through("lo"), "127.0.0.1").source()).isEqualTo(address("127.0.0.1"));
        assertThat(find(through(link.device()), "198.18.0.2").source()).isEqualTo(address(link.nearIpv4()));
    }

    @Test
    void markAndTrafficClassChooseTheRoute() throws Exception {
        near.ip("address", "add", "198.18.77.1/32", "dev", "lo");
        near.ip("route", "add", "198.51.98.0/24", "via", link.farIpv4());
        near.ip("route", "add", "198.51.98.0/24", "via", link.farIpv4(), "src", "198.18.77.1", "table", "77");
        near.ip("rule", "add", "fwmark", "7", "lookup", "77");
        near.ip("rule", "add", "tos", "0x10", "lookup", "77");
        RouteLookup marked = new RouteLookup(Optional.empty(), OptionalInt.empty(), OptionalInt.of(7), false);
        RouteLookup classed = new RouteLookup(Optional.empty(), OptionalInt.of(0x10), OptionalInt.empty(), false);

        assertThat(find(RouteLookup.ANY, "198.51.98.1").source()).isEqualTo(address(link.nearIpv4()));
        assertThat(find(marked, "198.51.98.1").source()).isEqualTo(address("198.18.77.1"));
        assertThat(find(classed, "198.51.98.1").source()).isEqualTo(address("198.18.77.1"));
    }

    private static RouteLookup through(String device) {
        return new RouteLookup(Optional.of(device), OptionalInt.empty(), OptionalInt.empty(), false);
    }
}
