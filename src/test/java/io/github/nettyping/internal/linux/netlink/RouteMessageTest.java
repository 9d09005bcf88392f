package io.github.nettyping.internal.linux.netlink;

import static io.github.nettyping.testing.RouteMessages.attribute;
import static io.github.nettyping.testing.RouteMessages.hop;
import static io.github.nettyping.testing.RouteMessages.join;
import static io.github.nettyping.testing.RouteMessages.link;
import static io.github.nettyping.testing.RouteMessages.neighbour;
import static io.github.nettyping.testing.RouteMessages.route;
import static io.github.nettyping.testing.RouteMessages.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What netlink messages say, and that none can make the reader go astray. */
class RouteMessageTest {

    private static final int MESSAGES = Integer.getInteger("nettyping.fuzz.packets", 20_000);
    private static final long SEED = Long.getLong("nettyping.fuzz.seed", 792_4443);

    private static final byte[] GATEWAY = attribute(5, new byte[] {10, 9, 0, 2});

    private static ByteBuffer order(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static Optional<RouteMessage> parse(byte[] bytes) {
        return RouteMessage.parse(order(bytes), 0, bytes.length);
    }

    private static List<RouteMessage.NextHop> hops(byte[]... attributes) {
        return parse(route("10.9.65.0/24", 254, 1, attributes)).orElseThrow().hops();
    }

    /** strace of "ip route" on Linux 6.18, x86-64: {@code 10.9.65.0/24 via 10.9.0.2 dev d0 metric 7}. */
    @Test
    void readsARouteOfTheKernel() {
        byte[] bytes = HexFormat.ofDelimiter(" ")
                .parseHex(
                        "02 18 00 00 fe 03 00 01 00 00 00 00" // IPv4, /24, tos 0, main, boot, universe, unicast
                                + " 08 00 0f 00 fe 00 00 00" // RTA_TABLE 254
                                + " 08 00 01 00 0a 09 41 00" // RTA_DST
                                + " 08 00 06 00 07 00 00 00" // RTA_PRIORITY 7
                                + " 08 00 05 00 0a 09 00 02" // RTA_GATEWAY
                                + " 08 00 04 00 03 00 00 00"); // RTA_OIF 3
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(RouteMessage.parse(buffer, 0, bytes.length))
                .contains(new RouteMessage(
                        2,
                        24,
                        0,
                        0xffff_0a09_4100L,
                        0,
                        0,
                        254,
                        1,
                        0,
                        7,
                        List.of(new RouteMessage.NextHop(3, 0, true))));
    }

    @Test
    void readsAnIpv6Destination() {
        RouteMessage route =
                parse(route("2001:db8:0:1::/64", 255, 2, attribute(4, 1))).orElseThrow();

        assertThat(route.high()).isEqualTo(0x2001_0db8_0000_0001L);
        assertThat(route.low()).isZero();
        assertThat(route.prefixLength()).isEqualTo(64);
        assertThat(route.type()).isEqualTo(RtnetlinkHeader.RTN_LOCAL);
        assertThat(route.hops()).containsExactly(new RouteMessage.NextHop(1, 0, false));
    }

    @Test
    void aDefaultRouteHasNoDestination() {
        assertThat(parse(route("0.0.0.0/0", 254, 1, GATEWAY)).orElseThrow().low())
                .isEqualTo(0xffff_0000_0000L);
        assertThat(parse(route("::/0", 254, 1)).orElseThrow().low()).isZero();
    }

    @Test
    void aTableAbove255StandsInAnAttribute() {
        assertThat(parse(route("10.0.0.0/8", 252, 1, attribute(15, 1_000)))
                        .orElseThrow()
                        .table())
                .isEqualTo(1_000);
    }

    @Test
    void theFlagsOfTheOnlyNextHopAreTheRoutes() {
        byte[] bytes = route("10.0.0.0/8", 254, 1, attribute(4, 3));
        order(bytes).putInt(8, 0x201);

        assertThat(parse(bytes).orElseThrow().hops()).containsExactly(new RouteMessage.NextHop(3, 1, false));
    }

    @Test
    void readsEachOfSeveralNextHops() {
        byte[] several = attribute(9, join(hop(3, 0, GATEWAY), hop(4, 1), hop(5, 0, attribute(18, new byte[18]))));

        assertThat(hops(several))
                .containsExactly(
                        new RouteMessage.NextHop(3, 0, true),
                        new RouteMessage.NextHop(4, 1, false),
                        new RouteMessage.NextHop(5, 0, true));
    }

    @Test
    void whatIsWrappedUpGoesToAGateway() {
        assertThat(hops(attribute(4, 3), attribute(22, new byte[4])))
                .containsExactly(new RouteMessage.NextHop(3, 0, true));
    }

    @Test
    void aNextHopThatIsKeptApartIsAGatewayUnlessItIsTold() {
        assertThat(hops(attribute(30, 1))).containsExactly(new RouteMessage.NextHop(0, 0, true));
        assertThat(hops(attribute(30, 1), attribute(4, 3))).containsExactly(new RouteMessage.NextHop(3, 0, false));
        assertThat(hops(attribute(30, 1), attribute(9, hop(3, 0))))
                .containsExactly(new RouteMessage.NextHop(3, 0, false));
    }

    @Test
    void lengthsThatDoNotFitAreMalformed() {
        assertThat(parse(new byte[11])).isEmpty();
        assertThat(parse(route("10.0.0.0/8", 254, 1, attribute(4, new byte[2]))))
                .isEmpty();
        assertThat(parse(route("10.0.0.0/8", 254, 1, attribute(1, new byte[16]))))
                .isEmpty();
        assertThat(parse(route("10.0.0.0/8", 254, 1, new byte[] {3, 0, 4, 0}))).isEmpty();
        assertThat(parse(route("10.0.0.0/8", 254, 1, new byte[] {9, 0, 4, 0, 1, 2, 3, 4})))
                .isEmpty();
        assertThat(parse(route("10.0.0.0/8", 254, 1, attribute(9, new byte[] {7, 0, 0, 0, 1, 0, 0, 0}))))
                .isEmpty();
        assertThat(parse(route("10.0.0.0/8", 254, 1, attribute(9, new byte[3]))))
                .isEmpty();
        byte[] tooLong = route("10.0.0.0/8", 254, 1);
        tooLong[1] = 33;
        assertThat(parse(tooLong)).isEmpty();
    }

    @Test
    void readsDevicesNeighboursAndRules() {
        byte[] device = link(3, 0x1043, "link0");
        assertThat(LinkMessage.parse(order(device), 0, device.length))
                .contains(new LinkMessage(3, 0x1043, "link0", 0, 0, true, 0));
        byte[] wired = link(3, 0x1003, "link0", 1_400, 2, 0, 17, 18);
        assertThat(LinkMessage.parse(order(wired), 0, wired.length))
                .contains(new LinkMessage(3, 0x1003, "link0", 1_400, 2, false, 35));
        byte[] neighbour = neighbour(10, 0x80, 0x10);
        assertThat(NeighbourMessage.parse(order(neighbour), 0, neighbour.length))
                .contains(new NeighbourMessage(10, 0x80, 0x10));
        byte[] rule = rule(2, 32_766);
        assertThat(RuleMessage.parse(order(rule), 0, rule.length)).contains(new RuleMessage(2, 32_766));
        assertThat(RuleMessage.parse(order(rule), 0, 12)).contains(new RuleMessage(2, 0));
    }

    @Test
    void whateverTheBytesAMessageIsReadOrRefusedWithinItsBounds() {
        Random random = new Random(SEED);
        List<byte[]> samples = List.of(
                route("10.9.65.0/24", 254, 1, attribute(15, 254), GATEWAY, attribute(4, 3)),
                route("10.9.64.0/18", 254, 1, attribute(9, join(hop(3, 0, GATEWAY), hop(4, 0)))),
                route("2001:db8::/32", 255, 2, attribute(6, 1_024), attribute(4, 1)),
                link(3, 0x1043, "link0", 1_500, 6, 1, 2, 3),
                neighbour(2, 1, 0),
                rule(10, 32_767));
        int read = 0;
        for (int i = 0; i < MESSAGES; i++) {
            byte[] bytes = mutated(samples.get(i % samples.size()), random);
            // Around it stands what no one may look at: a reader that goes there throws.
            ByteBuffer exact = order(Arrays.copyOf(bytes, bytes.length));
            read += RouteMessage.parse(exact, 0, bytes.length).isPresent() ? 1 : 0;
            LinkMessage.parse(exact, 0, bytes.length);
            NeighbourMessage.parse(exact, 0, bytes.length);
            RuleMessage.parse(exact, 0, bytes.length);
        }
        assertThat(read).as("messages that can still be read").isBetween(MESSAGES / 20, MESSAGES - MESSAGES / 20);
    }

    static byte[] mutated(byte[] sample, Random random) {
        byte[] bytes =
                random.nextInt(3) == 0 ? Arrays.copyOf(sample, random.nextInt(sample.length + 9)) : sample.clone();
        for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(24));
        }
        return bytes;
    }
}
