package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.TestSocket;
import io.github.nettyping.testing.TwoWays;
import io.github.nettyping.testing.Wire;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Options of a channel as they show on the wire, on all kinds of socket. */
@RequiresNamespaces
class ChannelOptionsIT {

    private static final int DONT_FRAGMENT = 0x4000;

    private static TwoWays ways;

    @BeforeAll
    static void open() {
        ways = new TwoWays();
    }

    @AfterAll
    static void close() {
        ways.close();
    }

    private static InetAddress group(SocketKind kind) {
        return Packets.address(kind.name().startsWith("IPV4") ? "224.0.0.1" : "ff02::1");
    }

    private static NetworkInterface device(String name) throws Exception {
        return ways.near.call(() -> NetworkInterface.getByName(name));
    }

    @ParameterizedTest
    @EnumSource
    void hopLimitAndTrafficClassStandOnEveryPacketThatHasNoneOfItsOwn(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire wire = Wire.of(ways.first)) {
            on.with(IcmpChannelOption.HOP_LIMIT, 33).with(ChannelOption.IP_TOS, 0x28);
            on.send(TwoWays.target(kind), 1);
            on.send(
                    TwoWays.target(kind),
                    2,
                    SendOptions.builder().hopLimit(9).trafficClass(0).build());

            ProbePacket probe = wire.awaitProbe(1);
            assertThat(probe.hopLimit()).isEqualTo(33);
            assertThat(probe.bytes().getInt(0) >>> (probe.isIpv6() ? 20 : 16) & 0xff)
                    .isEqualTo(0x28);
            probe = wire.awaitProbe(2);
            assertThat(probe.hopLimit()).isEqualTo(9);
            assertThat(probe.bytes().getInt(0) >>> (probe.isIpv6() ? 20 : 16) & 0xff)
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4_DGRAM, 0, false, true",
        "IPV4_DGRAM, 1, true, true",
        "IPV4_DGRAM, 2, true, false",
        "IPV4_DGRAM, 3, true, false",
        "IPV4_DGRAM, 4, false, false",
        "IPV4_DGRAM, 5, false, true",
        "IPV4_RAW, 0, false, true",
        "IPV4_RAW, 1, true, true",
        "IPV4_RAW, 2, true, false",
        "IPV4_RAW, 3, true, false",
        "IPV4_RAW, 4, false, false",
        "IPV4_RAW, 5, false, true"
    })
    void mtuDiscoveryChoosesTheBitAndWhatBecomesOfALongPacket(
            SocketKind kind, int mode, boolean dontFragment, boolean fragments) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire wire = Wire.of(ways.first)) {
            on.with(IcmpChannelOption.MTU_DISCOVER, mode);
            on.send(TwoWays.target(kind), 1);
            int flags = wire.awaitProbe(1).bytes().getShort(6) & DONT_FRAGMENT;
            assertThat(flags != 0).isEqualTo(dontFragment);

            Throwable refusal = on.channel
                    .writeAndFlush(on.request(TwoWays.target(kind), 2, 2_000))
                    .await()
                    .cause();
            if (fragments) {
                assertThat(refusal).isNull();
            } else {
                assertThat(refusal).hasMessageContaining("EMSGSIZE");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV6_DGRAM", "IPV6_RAW"})
    void ipv6PacketsAreRefusedOrFragmentedAsMtuDiscoverySays(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind)) {
            for (int mode = IcmpChannelOption.MTU_DISCOVER_DONT; mode <= IcmpChannelOption.MTU_DISCOVER_OMIT; mode++) {
                on.with(IcmpChannelOption.MTU_DISCOVER, mode);
                boolean refused = !on.channel
                        .writeAndFlush(on.request(TwoWays.target(kind), 2, 2_000))
                        .await()
                        .isSuccess();
                assertThat(refused)
                        .as("mode %d", mode)
                        .isEqualTo(mode == IcmpChannelOption.MTU_DISCOVER_DO
                                || mode == IcmpChannelOption.MTU_DISCOVER_PROBE
                                || mode == IcmpChannelOption.MTU_DISCOVER_INTERFACE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMarkChoosesTheWayOfAllPackets(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire second = Wire.of(ways.second)) {
            on.with(IcmpChannelOption.MARK, TwoWays.MARK);
            on.send(TwoWays.target(kind), 1);

            assertThat(second.awaitProbe(1).hopLimit()).isEqualTo(64);
            assertThat(on.channel.config().getOption(IcmpChannelOption.MARK)).isEqualTo(TwoWays.MARK);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterfaceSetBeforeTheBindCarriesAllPacketsAndLeavesThePairAlone(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.opened(ways.near, kind);
                Wire second = Wire.of(ways.second)) {
            on.with(IcmpChannelOption.INTERFACE, ways.secondLink.device()).bind();
            on.send(TwoWays.target(kind), 1);

            assertThat(second.awaitProbe(1).hopLimit()).isEqualTo(64);
            on.awaitReceived(1);
            assertThat(on.channel.sockets().arePaired()).isEqualTo(!kind.isRaw());
            assertThat(on.channel.takesSendOptions()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterfaceIsGivenUpByAnEmptyName(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire first = Wire.of(ways.first);
                Wire second = Wire.of(ways.second)) {
            on.with(IcmpChannelOption.INTERFACE, ways.secondLink.device());
            on.send(TwoWays.target(kind), 1);
            assertThat(second.awaitProbe(1).hopLimit()).isEqualTo(64);

            on.with(IcmpChannelOption.INTERFACE, "");
            on.send(TwoWays.target(kind), 2);
            assertThat(first.awaitProbe(2).hopLimit()).isEqualTo(64);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterfaceThatIsNotThereFailsTheBind(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.opened(ways.near, kind).with(IcmpChannelOption.INTERFACE, "nowhere0")) {
            assertThatThrownBy(on::bind)
                    .isInstanceOf(SystemCallException.class)
                    .hasMessage("setsockopt(SO_BINDTODEVICE, nowhere0) on " + kind
                            + ": ENODEV; there is no such interface: see ip link");
            assertThat(on.channel.isOpen()).isFalse();
        }
        try (PlainChannel on = PlainChannel.bound(ways.near, kind)) {
            assertThatThrownBy(() -> on.with(IcmpChannelOption.INTERFACE, "nowhere0"))
                    .isInstanceOf(ChannelException.class)
                    .hasMessageContaining("ENODEV");
        }
    }

    @ParameterizedTest
    @EnumSource
    void multicastPacketsHaveTheirOwnHopLimitAndInterface(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire first = Wire.of(ways.first);
                Wire second = Wire.of(ways.second)) {
            on.with(ChannelOption.IP_MULTICAST_IF, device(ways.secondLink.device()))
                    .with(ChannelOption.IP_MULTICAST_TTL, 7);
            on.send(group(kind), 1).sync();
            assertThat(second.awaitProbe(1).hopLimit()).isEqualTo(7);

            on.with(ChannelOption.IP_MULTICAST_IF, device(ways.firstLink.device()))
                    .with(ChannelOption.IP_MULTICAST_TTL, 1);
            on.send(group(kind), 2).sync();
            assertThat(first.awaitProbe(2).hopLimit()).isOne();
            assertThat(on.channel.config().getOption(ChannelOption.IP_MULTICAST_IF))
                    .isEqualTo(device(ways.firstLink.device()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void multicastPacketsComeBackToThisHostUnlessThatIsDisabled(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                TestSocket host = TestSocket.raw(ways.near, !on.isIpv4())) {
            on.with(ChannelOption.IP_MULTICAST_IF, device(ways.firstLink.device()))
                    .with(ChannelOption.IP_MULTICAST_LOOP_DISABLED, true);
            on.send(group(kind), 1).sync();
            on.with(ChannelOption.IP_MULTICAST_LOOP_DISABLED, false);
            on.send(group(kind), 2).sync();

            // The second comes back, so the first would have come before it.
            assertThat(awaitRequest(host, on.isIpv4())).isEqualTo(2);
        }
    }

    /** Returns the number of the first echo request that a raw socket of a host receives. */
    private static int awaitRequest(TestSocket host, boolean ipv4) throws Exception {
        while (true) {
            Optional<byte[]> packet = host.receive(Duration.ofSeconds(5));
            ByteBuffer bytes = ByteBuffer.wrap(packet.orElseThrow());
            int icmp = ipv4 ? (bytes.get(0) & 0xf) * 4 : 0;
            if (bytes.get(icmp) == (byte) (ipv4 ? 8 : 128)) {
                return bytes.getShort(icmp + 6);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV6_DGRAM", "IPV6_RAW"})
    void aFlowLabelStandsOnEveryPacketThatHasNoneOfItsOwn(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire wire = Wire.of(ways.first)) {
            on.with(IcmpChannelOption.AUTO_FLOW_LABEL, false);
            on.send(TwoWays.target(kind), 1);
            assertThat(wire.awaitProbe(1).bytes().getInt(0) & 0xfffff).isZero();

            on.with(IcmpChannelOption.AUTO_FLOW_LABEL, true);
            on.send(TwoWays.target(kind), 2);
            assertThat(wire.awaitProbe(2).bytes().getInt(0) & 0xfffff).isNotZero();

            on.with(IcmpChannelOption.FLOW_LABEL, 0xabcde);
            on.send(TwoWays.target(kind), 3);
            assertThat(wire.awaitProbe(3).bytes().getInt(0) & 0xfffff).isEqualTo(0xabcde);
            on.send(
                    TwoWays.target(kind),
                    4,
                    SendOptions.builder().flowLabel(0x12345).build());
            assertThat(wire.awaitProbe(4).bytes().getInt(0) & 0xfffff).isEqualTo(0x12345);
        }
    }

    @Test
    void aPriorityIsKeptUntilATrafficClassIsSet() throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, SocketKind.IPV4_DGRAM)) {
            on.with(IcmpChannelOption.PRIORITY, 5);
            assertThat(on.channel.config().getOption(IcmpChannelOption.PRIORITY))
                    .isEqualTo(5);
            on.with(ChannelOption.IP_TOS, 0x10);
            assertThat(on.channel.config().getOption(IcmpChannelOption.PRIORITY))
                    .isEqualTo(6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionCanBeReadFromTheKernel(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind)) {
            assertThat(on.channel.config().getOptions())
                    .containsEntry(IcmpChannelOption.HOP_LIMIT, 64)
                    .containsEntry(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_WANT)
                    .containsEntry(IcmpChannelOption.MARK, 0)
                    .containsEntry(IcmpChannelOption.PRIORITY, 0)
                    .containsEntry(IcmpChannelOption.INTERFACE, "")
                    .containsEntry(IcmpChannelOption.FLOW_LABEL, 0)
                    .containsEntry(IcmpChannelOption.RECEIVE_TRAFFIC_CLASS, false)
                    .containsEntry(IcmpChannelOption.RECEIVE_DESTINATION, false)
                    .containsEntry(ChannelOption.IP_MULTICAST_TTL, 1)
                    .containsEntry(ChannelOption.IP_MULTICAST_LOOP_DISABLED, false)
                    .containsEntry(ChannelOption.SO_BROADCAST, false);
        }
    }
}
