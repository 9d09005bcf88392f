package io.github.nettyping.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where targets lie, by the routes of a namespace with a link of both families. */
@RequiresNamespaces
class TargetRoutesIT {

    private static Namespace near;
    private static Namespace far;

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        Link link = Link.between(near, far);
        near.ip("address", "add", "198.19.0.1/18", "dev", link.device());
        near.ip("address", "add", "fd00:19::1/112", "dev", link.device(), "nodad");
        near.route("198.19.8.0/24", "198.19.0.2");
        near.answerAll("198.19.9.0/24");
    }

    @AfterAll
    static void close() {
        far.close();
        near.close();
    }

    @Test
    void targetsOfBothFamiliesAreCountedByNetwork() throws Exception {
        Targets targets = Targets.parse("198.19.0.0/18", "10.0.0.0/8", "127.0.0.1", "fd00:19::/112");

        TargetRoutes routes = TargetRoutes.of(targets, near.call(RouteTable::read));

        // Of 16,382 targets one is this host's address, 256 are its own by a route, and 256 are behind a router.
        assertThat(routes.networks())
                .extracting(network -> network.targets() + " " + network)
                .containsExactly("15869 link0 198.19.0.0/18", "65535 link0 fd00:19::/112");
        assertThat(routes.local().ranges())
                .extracting(range -> range.count() + " from " + range.first())
                .containsExactly("1 from 127.0.0.1", "1 from 198.19.0.1", "256 from 198.19.9.0", "1 from fd00:19::1");
        assertThat(routes.onLink().count()).isEqualTo(15_869 + 65_535);
    }

    @Test
    void theTableHasTheUsualPlacesWhereTheirNumberIsNotShown() throws Exception {
        NeighbourRoom room = near.call(() -> NeighbourRoom.read(IpFamily.IPV4));

        assertThat(room.places()).isEqualTo(1_024);
        assertThat(room.inUse()).isLessThan(10);
    }
}
