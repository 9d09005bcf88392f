package io.github.nettyping.internal.route;

import static io.github.nettyping.testing.FakeNetlink.DONE;
import static io.github.nettyping.testing.RouteMessages.attribute;
import static io.github.nettyping.testing.RouteMessages.hop;
import static io.github.nettyping.testing.RouteMessages.join;
import static io.github.nettyping.testing.RouteMessages.link;
import static io.github.nettyping.testing.RouteMessages.message;
import static io.github.nettyping.testing.RouteMessages.neighbour;
import static io.github.nettyping.testing.RouteMessages.route;
import static io.github.nettyping.testing.RouteMessages.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.FakeNetlink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which routes are kept, and what they are, of what the kernel tells. */
class RouteReaderTest {

    private static final int GETLINK = 18;
    private static final int GETROUTE = 26;
    private static final int GETNEIGH = 30;
    private static final int GETRULE = 34;
    private static final int INET = 2;
    private static final int INET6 = 10;

    private static final int UNICAST = 1;
    private static final int LOCAL = 2;
    private static final int BLACKHOLE = 6;
    private static final int UNREACHABLE = 7;
    private static final int THROW = 9;

    private static final byte[] VETH = attribute(4, 3);
    private static final byte[] GATEWAY = attribute(5, new byte[] {10, 9, 0, 2});

    private final FakeNetlink kernel = new FakeNetlink()
            .answer(
                    GETLINK,
                    0,
                    join(
                            message(16, 2, link(1, 0x49, "lo")),
                            message(16, 2, link(3, 0x1043, "veth0")),
                            message(16, 2, link(4, 0x10d1, "tun0")),
                            message(16, 2, link(5, 0xc3, "dummy0"))),
                    DONE);

    private static byte[] message4(byte[] route) {
        return message(24, 2, route);
    }

    private FakeNetlink routes(byte[]... routes) {
        return kernel.answer(
                GETROUTE,
                INET,
                join(Arrays.stream(routes).map(RouteReaderTest::message4).toArray(byte[][]::new)),
                DONE);
    }

    private RouteTable read(byte[]... routes) throws SystemCallException {
        return RouteReader.read(routes(routes));
    }

    private List<String> kept(byte[]... routes) throws SystemCallException {
        return read(routes).routes().stream()
                .map(route -> route.prefix() + "/" + route.prefixLength() + ' ' + route.kind()
                        + route.link().map(on -> ' ' + on.name()).orElse(""))
                .toList();
    }

    @Test
    void routesHaveTheKindThatTheirTypeAndNextHopMake() throws Exception {
        assertThat(kept(
                        route("10.9.0.1/32", 255, LOCAL, VETH),
                        route("10.9.255.255/32", 255, 3, VETH),
                        route("224.0.0.0/4", 254, 5, VETH),
                        route("10.9.0.0/16", 254, UNICAST, VETH),
                        route("0.0.0.0/0", 254, UNICAST, VETH, GATEWAY),
                        route("10.9.64.0/18", 254, UNREACHABLE),
                        route("10.9.65.0/24", 254, BLACKHOLE),
                        route("10.9.66.0/24", 254, 8),
                        route("10.9.67.0/24", 254, THROW)))
                .containsExactly(
                        "10.9.0.1/32 LOCAL veth0",
                        "10.9.255.255/32 BROADCAST veth0",
                        "224.0.0.0/4 MULTICAST veth0",
                        "10.9.0.0/16 ON_LINK veth0",
                        "0.0.0.0/0 GATEWAY veth0",
                        "10.9.64.0/18 UNREACHABLE",
                        "10.9.65.0/24 BLACKHOLE",
                        "10.9.66.0/24 PROHIBIT",
                        "10.9.67.0/24 THROW");
    }

    @Test
    void onlyLinksThatAskForAddressesFillTheNeighbourTable() throws Exception {
        RouteTable table = read(
                route("10.1.0.0/16", 254, UNICAST, attribute(4, 1)),
                route("10.3.0.0/16", 254, UNICAST, attribute(4, 3)),
                route("10.4.0.0/16", 254, UNICAST, attribute(4, 4)),
                route("10.5.0.0/16", 254, UNICAST, attribute(4, 5)),
                route("10.6.0.0/16", 254, UNICAST, attribute(4, 6)));

        assertThat(table.routes().stream().filter(IpRoute::fillsNeighbourTable).map(route -> route.prefix()
                        .toString()))
                .containsExactly("10.3.0.0");
        assertThat(table.routes().get(4).link()).contains(new IpRoute.Link(6, "6", false));
    }

    @Test
    void onwardRoutesAreKeptOnlyWhereTheyOverlapWithOthers() throws Exception {
        assertThat(kept(
                        route("10.9.0.0/16", 254, UNICAST, VETH),
                        route("10.9.7.0/24", 254, UNICAST, VETH),
                        route("10.0.0.0/8", 254, UNICAST, VETH, GATEWAY),
                        route("10.9.64.0/18", 254, UNICAST, VETH, GATEWAY),
                        route("10.8.0.0/16", 254, UNICAST, VETH, GATEWAY),
                        route("10.10.0.0/16", 254, UNICAST, VETH, GATEWAY),
                        route("172.16.0.0/12", 254, BLACKHOLE)))
                .containsExactly(
                        "10.9.0.0/16 ON_LINK veth0",
                        "10.9.7.0/24 ON_LINK veth0",
                        "10.0.0.0/8 GATEWAY veth0",
                        "10.9.64.0/18 GATEWAY veth0");
    }

    @Test
    void ofSeveralNextHopsTheOneWithoutAGatewayCounts() throws Exception {
        assertThat(kept(
                        route("10.7.0.0/16", 254, UNICAST, attribute(9, join(hop(4, 0, GATEWAY), hop(3, 0)))),
                        route("10.7.1.0/24", 254, UNICAST, attribute(9, join(hop(4, 0, GATEWAY), hop(3, 0, GATEWAY))))))
                .containsExactly("10.7.0.0/16 ON_LINK veth0", "10.7.1.0/24 GATEWAY tun0");
    }

    @Test
    void aNextHopThatIsDownDoesNotCount() throws Exception {
        byte[] down = route("10.8.0.0/16", 254, UNICAST, VETH);
        ByteBuffer.wrap(down).order(ByteOrder.nativeOrder()).putInt(8, 1);

        assertThat(kept(
                        down,
                        route("10.6.0.0/15", 254, UNICAST, VETH),
                        route("10.7.0.0/16", 254, UNICAST, attribute(9, join(hop(3, 1), hop(4, 0, GATEWAY))))))
                .containsExactly("10.6.0.0/15 ON_LINK veth0", "10.7.0.0/16 GATEWAY tun0");
    }

    @Test
    void routesOfOtherTablesSourcesServicesAndTheCacheAreLeftOut() throws Exception {
        byte[] cloned = route("10.1.0.0/16", 254, UNICAST, VETH);
        ByteBuffer.wrap(cloned).order(ByteOrder.nativeOrder()).putInt(8, 0x200);
        byte[] fromSource = route("10.2.0.0/16", 254, UNICAST, VETH);
        fromSource[2] = 24;
        byte[] ofService = route("10.3.0.0/16", 254, UNICAST, VETH);
        ofService[3] = 0x10;

        assertThat(kept(cloned, fromSource, ofService, route("10.4.0.0/16", 77, UNICAST, VETH)))
                .isEmpty();
    }

    @Test
    void bothFamiliesAreRead() throws Exception {
        kernel.answer(GETROUTE, INET6, join(message(24, 2, route("fe80::/64", 254, UNICAST, VETH))), DONE);

        assertThat(kept(route("10.9.0.0/16", 254, UNICAST, VETH)))
                .containsExactly("10.9.0.0/16 ON_LINK veth0", "fe80::/64 ON_LINK veth0");
    }

    @Test
    void aFamilyTheKernelDoesNotHaveHasNoRoutes() throws Exception {
        byte[] refusal = message(2, 0, new byte[] {(byte) -Errno.EOPNOTSUPP, -1, -1, -1}, new byte[16]);
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            kernel.answer(GETROUTE, INET6, refusal).answer(GETRULE, INET6, refusal);
        }

        assertThat(kept(route("10.9.0.0/16", 254, UNICAST, VETH))).containsExactly("10.9.0.0/16 ON_LINK veth0");
    }

    @Test
    void rulesBesideTheUsualOnesAreNoticed() throws Exception {
        kernel.answer(
                        GETRULE,
                        INET,
                        join(message(32, 2, rule(INET, 0)), message(32, 2, rule(INET, 32_766))),
                        message(32, 2, rule(INET, 32_767)),
                        DONE)
                .answer(GETRULE, INET6, message(32, 2, rule(INET6, 100)), DONE);

        assertThat(read().ruled()).containsExactly(IpFamily.IPV6);
    }

    @Test
    void whatChangedMeanwhileIsReadAgainFromItsBeginning() throws Exception {
        byte[] whole = message4(route("10.9.0.0/16", 254, UNICAST, VETH));
        byte[] changed = message(24, 2 | 0x10, route("10.8.0.0/16", 254, UNICAST, VETH));
        kernel.answer(GETROUTE, INET, changed, DONE).answer(GETROUTE, INET, whole, DONE);

        assertThat(RouteReader.read(kernel).routes())
                .singleElement()
                .hasToString("10.9.0.0/16 ON_LINK dev veth0 table" + " MAIN metric 0");
    }

    @Test
    void whatNeverStandsStillIsAFailure() {
        kernel.answer(GETROUTE, INET, message(24, 2 | 0x10, route("10.8.0.0/16", 254, UNICAST, VETH)), DONE);

        assertThatThrownBy(() -> RouteReader.read(kernel))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINTR))
                .hasMessage("netlink(RTM_GETROUTE): EINTR");
    }

    @Test
    void whatCannotBeReadIsAFailure() {
        kernel.answer(GETROUTE, INET, message(24, 2, new byte[3]), DONE);

        assertThatThrownBy(() -> RouteReader.read(kernel)).hasMessage("netlink(RTM_GETROUTE): EBADMSG");
    }

    @Test
    void aSocketThatIsRefusedIsAFailure() {
        assertThatThrownBy(() -> RouteReader.read(kernel.refuseSocket(Errno.EMFILE)))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EMFILE));
    }

    @Test
    void moreRoutesThanThereIsRoomForAreNotKept() throws Exception {
        routes(
                route("10.1.0.0/16", 254, UNICAST, VETH),
                route("10.2.0.0/16", 254, UNICAST, VETH),
                route("10.3.0.0/16", 254, UNICAST, VETH));

        assertThat(RouteReader.read(kernel, 3).complete()).isTrue();
        RouteTable cut = RouteReader.read(kernel, 2);
        assertThat(cut.complete()).isFalse();
        assertThat(cut.routes()).hasSize(2);
    }

    @Test
    void neighboursInUseOrWaitedForAreCounted() throws Exception {
        byte[][] entries = {
            neighbour(INET, 0x01, 0), // INCOMPLETE
            neighbour(INET, 0x02, 0), // REACHABLE
            neighbour(INET, 0x04, 0), // STALE
            neighbour(INET, 0x20, 0), // FAILED
            neighbour(INET, 0x40, 0), // NOARP
            neighbour(INET, 0x80, 0), // PERMANENT
            neighbour(INET, 0x02, 0x10), // learned by a switch
            neighbour(INET6, 0x02, 0)
        };
        kernel.answer(
                GETNEIGH,
                INET,
                join(Arrays.stream(entries).map(entry -> message(28, 2, entry)).toArray(byte[][]::new)),
                DONE);

        assertThat(NeighbourRoom.inUse(kernel, IpFamily.IPV4)).isEqualTo(3);
        assertThat(NeighbourRoom.inUse(kernel, IpFamily.IPV6)).isZero();
    }
}
