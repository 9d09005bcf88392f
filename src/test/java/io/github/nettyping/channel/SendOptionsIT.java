package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.TwoWays;
import io.github.nettyping.testing.Wire;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Options of single packets as they stand on the wire, on all kinds of socket. */
@RequiresNamespaces
class SendOptionsIT {

    private static TwoWays ways;

    @BeforeAll
    static void open() {
        ways = new TwoWays();
    }

    @AfterAll
    static void close() {
        ways.close();
    }

    private static int trafficClass(ProbePacket probe) {
        int word = probe.bytes().getInt(0);
        return (probe.isIpv6() ? word >>> 20 : word >>> 16) & 0xff;
    }

    private static int flowLabel(ProbePacket probe) {
        return probe.bytes().getInt(0) & 0xfffff;
    }

    @ParameterizedTest
    @EnumSource
    void packetsOfOneFlushHaveTheirOwnHopLimitAndTrafficClass(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire wire = Wire.of(ways.first)) {
            InetAddress target = TwoWays.target(kind);
            on.channel.write(on.request(target, 1, 16)
                    .sendWith(
                            SendOptions.builder().hopLimit(9).trafficClass(0x28).build()));
            on.channel.write(on.request(target, 2, 16));
            on.channel.write(on.request(target, 3, 16)
                    .sendWith(SendOptions.builder().hopLimit(200).build()));
            on.channel.write(on.request(target, 4, 16)
                    .sendWith(SendOptions.builder().trafficClass(0xff).build()));
            on.channel.flush();

            ProbePacket probe = wire.awaitProbe(1);
            assertThat(probe.hopLimit()).isEqualTo(9);
            assertThat(trafficClass(probe)).isEqualTo(0x28);
            probe = wire.awaitProbe(2);
            assertThat(probe.hopLimit()).isEqualTo(64);
            assertThat(trafficClass(probe)).isZero();
            probe = wire.awaitProbe(3);
            assertThat(probe.hopLimit()).isEqualTo(200);
            assertThat(trafficClass(probe)).isZero();
            probe = wire.awaitProbe(4);
            assertThat(probe.hopLimit()).isEqualTo(64);
            assertThat(trafficClass(probe)).isEqualTo(0xff);
            on.awaitReceived(4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_DGRAM", "IPV4_RAW", "IPV6_RAW"})
    void aPacketComesFromTheSourceItNamesAndItsAnswerIsHeard(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire wire = Wire.of(ways.first)) {
            InetAddress source = TwoWays.otherSource(kind);
            on.send(
                    TwoWays.target(kind),
                    1,
                    SendOptions.builder().source(IpAddress.of(source)).build());
            assertThat(wire.awaitProbe(1).source()).isEqualTo(source);
            on.awaitReceived(1);

            on.send(TwoWays.target(kind), 2);
            assertThat(wire.awaitProbe(2).source()).isEqualTo(ways.ownSource(kind));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPacketLeavesByTheInterfaceItNames(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire first = Wire.of(ways.first);
                Wire second = Wire.of(ways.second)) {
            SendOptions options = SendOptions.builder()
                    .interfaceIndex(ways.index(ways.secondLink))
                    .build();
            on.send(TwoWays.target(kind), 1, options).sync();
            on.send(TwoWays.target(kind), 2).sync();

            assertThat(second.awaitProbe(1).hopLimit()).isEqualTo(64);
            assertThat(first.awaitProbe(2).hopLimit()).isEqualTo(64);
            on.awaitReceived(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMarkChoosesTheWay(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire first = Wire.of(ways.first);
                Wire second = Wire.of(ways.second)) {
            on.send(
                            TwoWays.target(kind),
                            1,
                            SendOptions.builder().mark(TwoWays.MARK).build())
                    .sync();
            on.send(
                            TwoWays.target(kind),
                            2,
                            SendOptions.builder().mark(TwoWays.MARK + 1).build())
                    .sync();

            assertThat(second.awaitProbe(1).hopLimit()).isEqualTo(64);
            assertThat(first.awaitProbe(2).hopLimit()).isEqualTo(64);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV6_DGRAM", "IPV6_RAW"})
    void aFlowLabelStandsOnTheWireBesideTheTrafficClass(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire wire = Wire.of(ways.first)) {
            on.send(
                    TwoWays.target(kind),
                    1,
                    SendOptions.builder().flowLabel(0xabcde).trafficClass(0x28).build());
            ProbePacket probe = wire.awaitProbe(1);
            assertThat(flowLabel(probe)).isEqualTo(0xabcde);
            assertThat(trafficClass(probe)).isEqualTo(0x28);

            on.send(
                    TwoWays.target(kind),
                    2,
                    SendOptions.builder().flowLabel(0xfffff).build());
            assertThat(flowLabel(wire.awaitProbe(2))).isEqualTo(0xfffff);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV6_DGRAM", "IPV6_RAW"})
    void aLongPacketThatMayNotBeFragmentedIsRefusedAndNoOther(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind)) {
            InetAddress target = TwoWays.target(kind);
            SendOptions whole = SendOptions.builder().dontFragment(true).build();
            ChannelFuture fits =
                    on.channel.write(on.request(target, 1, 1_500 - 48).sendWith(whole));
            ChannelFuture tooLong =
                    on.channel.write(on.request(target, 2, 1_501 - 48).sendWith(whole));
            ChannelFuture inFragments = on.channel.write(on.request(target, 3, 1_501 - 48));
            on.channel.flush();

            assertThat(fits.await().cause()).isNull();
            assertThat(inFragments.await().cause()).isNull();
            assertThat(tooLong.await().cause())
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageContaining("with dontFragment: EMSGSIZE");
            on.awaitReceived(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allOptionsOfOnePacketHoldTogether(SocketKind kind) throws Exception {
        boolean ipv6 = kind.name().startsWith("IPV6");
        SendOptions.Builder options = SendOptions.builder()
                .hopLimit(9)
                .trafficClass(0x28)
                .interfaceIndex(ways.index(ways.secondLink))
                .mark(TwoWays.MARK);
        InetAddress source = TwoWays.otherSource(kind);
        if (kind != SocketKind.IPV6_DGRAM) {
            options.source(IpAddress.of(source));
        }
        if (ipv6) {
            options.dontFragment(true).flowLabel(0xabcde);
        }
        try (PlainChannel on = PlainChannel.bound(ways.near, kind);
                Wire second = Wire.of(ways.second)) {
            on.send(TwoWays.target(kind), 1, options.build()).sync();
            ProbePacket probe = second.awaitProbe(1);

            assertThat(probe.hopLimit()).isEqualTo(9);
            assertThat(trafficClass(probe)).isEqualTo(0x28);
            if (kind != SocketKind.IPV6_DGRAM) {
                assertThat(probe.source()).isEqualTo(source);
            }
            if (ipv6) {
                assertThat(flowLabel(probe)).isEqualTo(0xabcde);
            }
            on.awaitReceived(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheKernelRefusesFailsItsPacketAlone(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(ways.near, kind)) {
            InetAddress target = TwoWays.target(kind);
            ChannelFuture before = on.channel.write(on.request(target, 1, 16));
            ChannelFuture nowhere = on.channel.write(on.request(target, 2, 16)
                    .sendWith(SendOptions.builder().interfaceIndex(99_999).build()));
            ChannelFuture between = on.channel.write(on.request(target, 3, 16)
                    .sendWith(SendOptions.builder().hopLimit(5).build()));
            ChannelFuture foreign = on.channel.write(on.request(target, 4, 16)
                    .sendWith(SendOptions.builder()
                            .source(IpAddress.of(
                                    Packets.address(kind.name().startsWith("IPV4") ? "10.99.0.1" : "fd99::1")))
                            .build()));
            ChannelFuture after = on.channel.write(on.request(target, 5, 16));
            on.channel.flush();

            assertThat(before.await().cause()).isNull();
            assertThat(between.await().cause()).isNull();
            assertThat(after.await().cause()).isNull();
            assertThat(nowhere.await().cause())
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageContaining("with interfaceIndex=99999: ENODEV; there is no interface of this index");
            // ENETUNREACH on IPv4, EINVAL on IPv6, by this class where the kernel would send it from another address.
            assertThat(foreign.await().isSuccess()).isFalse();
            assertThat(foreign.cause()).hasMessageContaining("source=");
            on.awaitReceived(3);
        }
    }
}
