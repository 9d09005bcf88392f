package io.github.nettyping.internal.route;

import static io.github.nettyping.testing.RouteMessages.attribute;
import static io.github.nettyping.testing.RouteMessages.join;
import static io.github.nettyping.testing.RouteMessages.link;
import static io.github.nettyping.testing.RouteMessages.message;
import static io.github.nettyping.testing.RouteMessages.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.testing.FakeNetlink;
import io.github.nettyping.testing.Packets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a kernel that speaks by script has to say for silence to be excused. */
class LinkHistoryTest {

    private static final int GETLINK = 18;
    private static final int GETROUTE = 26;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int UP = 0x1043;
    private static final int SWITCHED_OFF = 0x1002;

    private static final IpAddress TARGET = IpAddress.of(Packets.address("198.51.100.7"));
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final byte[] LO = link(1, 0x49, "lo", 65_536, 0, 1, 0, 0);
    private static final byte[] ETH0 = link(2, UP, "eth0", 1_500, 6, 1, 1, 1);
    private static final byte[] ETH1 = link(3, UP, "eth1", 1_500, 6, 1, 1, 1);
    private static final byte[] ETH0_DOWN = link(2, UP, "eth0", 1_500, 2, 0, 1, 2);
    private static final byte[] ETH0_AGAIN = link(2, UP, "eth0", 1_500, 6, 1, 2, 2);

    private final FakeNetlink kernel = new FakeNetlink();
    private LinkHistory history;

    @AfterEach
    void close() {
        history.close();
    }

    private LinkHistoryTest tells(byte[]... links) {
        byte[][] messages = new byte[links.length][];
        for (int i = 0; i < links.length; i++) {
            messages[i] = message(16, 2, links[i]);
        }
        kernel.answer(GETLINK, 0, join(messages), FakeNetlink.DONE);
        return this;
    }

    private LinkHistoryTest routesBy(int index) {
        kernel.answer(GETROUTE, INET, message(24, 0, route("198.51.100.7/32", 254, 1, attribute(4, index))));
        return this;
    }

    private void begin() {
        history = LinkHistory.begin(kernel, 0).orElseThrow();
    }

    private Optional<String> excuse(long sent, long now) {
        return history.disturbance(TARGET, OptionalInt.empty(), OptionalInt.empty(), sent, SECOND, now);
    }

    @Test
    void aCarrierThatWentWhileAProbeWasOutExcusesItsSilence() {
        tells(LO, ETH0, ETH1).tells(LO, ETH0_DOWN, ETH1).routesBy(2).begin();

        assertThat(excuse(0, SECOND)).contains("eth0");
        assertThat(history.disturbed()).containsExactly("eth0");
    }

    @Test
    void aCarrierThatWentAndCameBetweenTwoLooksExcusesIt() {
        tells(LO, ETH0).tells(LO, ETH0_AGAIN).routesBy(2).begin();

        assertThat(excuse(0, SECOND)).contains("eth0");
    }

    @Test
    void anMtuThatChangedExcusesIt() {
        tells(LO, ETH0)
                .tells(LO, link(2, UP, "eth0", 68, 6, 1, 1, 1))
                .routesBy(2)
                .begin();

        assertThat(excuse(0, SECOND)).contains("eth0");
    }

    @Test
    void anMtuThatWasLoweredAndRaisedBetweenTwoLooksExcusesIt() {
        tells(LO, ETH0, ETH1).routesBy(2).begin();
        kernel.event(message(16, 0, link(2, UP, "eth0", 68, 6, 1, 1, 1)))
                .event(FakeNetlink.interruption())
                .event(message(16, 0, ETH0));

        assertThat(excuse(0, SECOND)).contains("eth0");
        assertThat(excuse(SECOND + LinkHistory.SETTLING_NANOS + 1, 5 * SECOND)).isEmpty();
    }

    @Test
    void whatElseIsToldOfAnInterfaceIsNoExcuse() {
        tells(LO, ETH0, ETH1).routesBy(2).begin();
        kernel.event(message(16, 0, ETH0))
                // As a bridge tells of its ports: without a word of their carriers.
                .event(message(16, 0, link(2, UP, "eth0", 1_500, 6, 1, 0, 0)))
                // As wireless events are told.
                .event(message(16, 0, link(2, UP, "eth0", 0, 0, 1, 0, 0)))
                .event(message(16, 0, link(3, UP, "eth1", 68, 6, 1, 1, 1)))
                .event(message(16, 0, link(9, UP, "eth9", 68, 6, 1, 1, 1)))
                .event(message(17, 0, link(2, UP, "eth0", 68, 6, 1, 1, 1)))
                .event(new byte[] {1, 2, 3});

        assertThat(excuse(0, SECOND)).isEmpty();
    }

    @Test
    void anInterfaceThatGoesOnWithoutACarrierExcusesWhatWasSentByIt() {
        tells(LO, ETH0).tells(LO, ETH0_DOWN).routesBy(2).begin();

        assertThat(excuse(0, SECOND)).contains("eth0");
        assertThat(excuse(5 * SECOND, 6 * SECOND)).contains("eth0");
    }

    @Test
    void whatWasSentWhenTheTroubleWasOverIsNotExcused() {
        tells(LO, ETH0).tells(LO, ETH0_AGAIN).routesBy(2).begin();
        assertThat(excuse(0, SECOND)).isPresent();

        assertThat(excuse(SECOND + LinkHistory.SETTLING_NANOS, 4 * SECOND)).contains("eth0");
        assertThat(excuse(SECOND + LinkHistory.SETTLING_NANOS + 1, 5 * SECOND)).isEmpty();
    }

    @Test
    void troubleOfAnotherInterfaceIsNoExcuse() {
        tells(LO, ETH0, ETH1).tells(LO, ETH0_DOWN, ETH1).routesBy(3).begin();

        assertThat(excuse(0, SECOND)).isEmpty();
        assertThat(history.disturbed()).isEmpty();
    }

    @Test
    void anInterfaceThatHadNoCarrierFromTheBeginningIsNoExcuse() {
        tells(LO, ETH0_DOWN).routesBy(2).begin();

        assertThat(excuse(0, SECOND)).isEmpty();
        assertThat(kernel.requests()).doesNotContain(GETROUTE);
    }

    @Test
    void aQuietMachineIsAskedForNoRoute() {
        tells(LO, ETH0).routesBy(2).begin();

        assertThat(excuse(0, SECOND)).isEmpty();
        assertThat(kernel.requests()).containsOnly(GETLINK);
    }

    @Test
    void aProbeToThisHostsLoopbackNeedsNoLook() {
        tells(LO, ETH0).begin();
        int asked = kernel.requests().size();
        for (String loopback : new String[] {"127.1.2.3", "::1"}) {
            IpAddress target = IpAddress.of(Packets.address(loopback));
            assertThat(history.disturbance(target, OptionalInt.empty(), OptionalInt.empty(), 0, SECOND, SECOND))
                    .isEmpty();
        }

        assertThat(kernel.requests()).hasSize(asked);
    }

    @Test
    void oneLookServesForMilliseconds() {
        tells(LO, ETH0).begin();
        excuse(0, SECOND);
        int asked = kernel.requests().size();
        excuse(0, SECOND + 1_000_000);

        assertThat(kernel.requests()).hasSize(asked);
        excuse(0, 2 * SECOND);
        assertThat(kernel.requests()).hasSize(asked + 1);
    }

    @Test
    void aGivenInterfaceAndTheScopeOfATargetGoBeforeRoutes() {
        tells(LO, ETH0, ETH1).tells(LO, ETH0_DOWN, ETH1).begin();
        OptionalInt none = OptionalInt.empty();

        assertThat(history.disturbance(TARGET, OptionalInt.of(2), none, 0, SECOND, SECOND))
                .contains("eth0");
        assertThat(history.disturbance(TARGET, OptionalInt.of(3), none, 0, SECOND, SECOND))
                .isEmpty();
        IpAddress scoped = new IpAddress(0xfe80L << 48, 1, 2);
        assertThat(history.disturbance(scoped, none, none, 0, SECOND, SECOND)).contains("eth0");
        assertThat(history.index("eth1")).hasValue(3);
        assertThat(kernel.requests()).doesNotContain(GETROUTE);
    }

    @Test
    void routesThatWentWithTheirInterfaceAreThoseOfTheDisturbedOne() {
        byte[] unreachable = ByteBuffer.allocate(20)
                .order(ByteOrder.nativeOrder())
                .putInt(-Errno.ENETUNREACH)
                .array();
        tells(LO, ETH0, ETH1).tells(LO, link(2, SWITCHED_OFF, "eth0", 1_500, 2, 0, 1, 2), ETH1);
        kernel.answer(GETROUTE, INET, message(2, 0, unreachable));
        begin();

        assertThat(excuse(0, SECOND)).contains("eth0");
    }

    @Test
    void anAddressOfThisHostIsKnownByItsRoute() {
        tells(LO, ETH0);
        kernel.answer(GETROUTE, INET, message(24, 0, route("198.51.100.7/32", 255, 2, attribute(4, 1))));
        kernel.answer(GETROUTE, INET, message(24, 0, route("198.51.100.8/32", 254, 1, attribute(4, 2))));
        begin();

        assertThat(history.isThisHost(TARGET)).isTrue();
        assertThat(history.isThisHost(IpAddress.of(Packets.address("198.51.100.8"))))
                .isFalse();
    }

    @Test
    void anInterfaceThatIsGoneIsTrouble() {
        tells(LO, ETH0).tells(LO).routesBy(2).begin();

        assertThat(excuse(0, SECOND)).contains("eth0");
    }

    @Test
    void ipv6TargetsAreAskedForByTheirOwnFamily() {
        tells(LO, ETH0).tells(LO, ETH0_DOWN);
        kernel.answer(GETROUTE, INET6, message(24, 0, route("2001:db8::7/128", 254, 1, attribute(4, 2))));
        begin();
        IpAddress target = IpAddress.of(Packets.address("2001:db8::7"));

        assertThat(history.disturbance(target, OptionalInt.empty(), OptionalInt.of(7), 0, SECOND, SECOND))
                .contains("eth0");
    }

    @Test
    void aKernelThatDoesNotTellExcusesNothing() {
        kernel.refuseSocket(Errno.EACCES);
        assertThat(LinkHistory.begin(kernel, 0)).isEmpty();

        FakeNetlink mute = new FakeNetlink().answer(GETLINK, 0, new byte[] {1});
        assertThat(LinkHistory.begin(mute, 0)).isEmpty();
        tellsLaterOnly();
    }

    private void tellsLaterOnly() {
        FakeNetlink once = new FakeNetlink()
                .answer(GETLINK, 0, message(16, 2, ETH0), FakeNetlink.DONE)
                .answer(GETLINK, 0, new byte[] {1});
        history = LinkHistory.begin(once, 0).orElseThrow();
        assertThat(excuse(0, SECOND)).isEmpty();
        assertThat(excuse(0, 2 * SECOND)).isEmpty();
        assertThat(once.requests()).hasSize(2);
    }
}
