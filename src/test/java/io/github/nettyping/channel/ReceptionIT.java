package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.Arrival;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.Answers;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What arrives beside replies and errors, on all kinds of socket. */
@RequiresNamespaces
class ReceptionIT {

    private static final int EMSGSIZE = 90;
    private static final int EHOSTUNREACH = 113;

    /** RFC 4884, section 5: the quote is padded to 128 bytes if extensions follow. */
    private static final int PADDED_QUOTE_BYTES = 128;

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
        near.close();
        far.close();
    }

    private static boolean isIpv4(SocketKind kind) {
        return kind.name().startsWith("IPV4");
    }

    private static InetAddress farAddress(SocketKind kind) {
        return Packets.address(isIpv4(kind) ? link.farIpv4() : link.farIpv6());
    }

    private static InetAddress nearAddress(SocketKind kind) {
        return Packets.address(isIpv4(kind) ? link.nearIpv4() : link.nearIpv6());
    }

    @ParameterizedTest
    @EnumSource
    void aReplyTellsItsTrafficClassIfAsked(SocketKind kind) throws Exception {
        try (PlainChannel on = PlainChannel.bound(near, kind)) {
            on.send(farAddress(kind), 0);
            assertThat(on.awaitReceived(1).trafficClass().isPresent())
                    .as("only a raw IPv4 socket delivers the header it stands in")
                    .isEqualTo(kind == SocketKind.IPV4_RAW);
            on.with(IcmpChannelOption.RECEIVE_TRAFFIC_CLASS, true);
            // Linux answers in the class it is asked in.
            on.send(
                    farAddress(kind),
                    1,
                    SendOptions.builder().trafficClass(0xb8).build());
            assertThat(on.awaitReceived(2).trafficClass()).hasValue(0xb8);
            on.send(farAddress(kind), 2);
            assertThat(on.awaitReceived(3).trafficClass()).hasValue(0);
            assertThat(on.received)
                    .allSatisfy(packet -> assertThat(packet.arrival()).isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReplyTellsItsDestinationAndInterfaceIfAsked(SocketKind kind) throws Exception {
        int index = near.call(
                () -> java.net.NetworkInterface.getByName(link.device()).getIndex());
        try (PlainChannel on = PlainChannel.bound(near, kind).with(IcmpChannelOption.RECEIVE_DESTINATION, true)) {
            on.send(farAddress(kind), 1);
            assertThat(on.awaitReceived(1).arrival()).contains(new Arrival(IpAddress.of(nearAddress(kind)), index));

            on.with(IcmpChannelOption.RECEIVE_DESTINATION, false).send(farAddress(kind), 2);
            assertThat(on.awaitReceived(2).arrival()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV6_DGRAM", "IPV6_RAW"})
    void aLinkLocalDestinationHasItsScope(SocketKind kind) throws Exception {
        int index = near.call(
                () -> java.net.NetworkInterface.getByName(link.device()).getIndex());
        near.ip("address", "replace", "fe80::77/64", "dev", link.device(), "nodad");
        far.ip("address", "replace", "fe80::88/64", "dev", link.device(), "nodad");
        try (PlainChannel on = PlainChannel.bound(near, kind).with(IcmpChannelOption.RECEIVE_DESTINATION, true)) {
            IpAddress peer = new IpAddress(0xfe80L << 48, 0x88, index);
            on.channel.writeAndFlush(on.request(peer, 1, 16));

            Arrival arrival = on.awaitReceived(1).arrival().orElseThrow();
            assertThat(arrival.destination().isLinkLocal()).isTrue();
            assertThat(arrival.destination().scopeId()).isEqualTo(index);
        }
    }

    /** A router that reports "time exceeded" with an extension: one object of class 7, type 1, with four bytes. */
    private static Behaviour extended(InetAddress router) {
        return (ProbePacket probe, Answers answers) -> {
            byte[] quote = new byte[PADDED_QUOTE_BYTES];
            probe.bytes().get(0, quote, 0, Math.min(probe.length(), PADDED_QUOTE_BYTES));
            // RFC 4884, section 7: version 2, checksum; length 8, class 7, type 1, payload.
            ByteBuffer extension = ByteBuffer.allocate(12)
                    .putInt(0x2000_0000)
                    .putShort((short) 8)
                    .put((byte) 7)
                    .put((byte) 1)
                    .putInt(0xcafe_f00d);
            extension.putShort(2, (short) Packets.checksum(extension, 0, 12, 0));
            byte[] body = Arrays.copyOf(quote, PADDED_QUOTE_BYTES + 12);
            System.arraycopy(extension.array(), 0, body, PADDED_QUOTE_BYTES, 12);
            boolean ipv6 = probe.isIpv6();
            // The length of the quote: byte 5 in words of 32 bits (IPv4), byte 4 in words of 64 (IPv6).
            int rest = ipv6 ? (PADDED_QUOTE_BYTES / 8) << 24 : (PADDED_QUOTE_BYTES / 4) << 16;
            byte[] message = Packets.message(ipv6 ? 3 : 11, 0, ipv6, rest, body);
            answers.send(Packets.packet(router, probe.source(), message));
        };
    }

    @ParameterizedTest
    @EnumSource
    @RequiresTun
    void anErrorTellsWhereItsExtensionsBegin(SocketKind kind) throws Exception {
        InetAddress router = Packets.address(isIpv4(kind) ? "10.9.9.9" : "fd00:9::9");
        InetAddress target = Packets.address(isIpv4(kind) ? "10.1.0.1" : "fd00:1::1");
        String prefix = isIpv4(kind) ? "10.1.0.0/24" : "fd00:1::/120";
        try (Namespace lab = Namespace.create();
                TunResponder tun = TunResponder.open(lab, extended(router), prefix);
                PlainChannel on = PlainChannel.bound(lab, kind)) {
            on.send(target, 1);
            IcmpPacket packet = on.awaitReceived(1);
            QueuedError error = packet.queuedError().orElseThrow();

            assertThat(error.origin()).isEqualTo(isIpv4(kind) ? QueuedError.Origin.ICMP : QueuedError.Origin.ICMPV6);
            assertThat(error.offender()).contains(IpAddress.of(router));
            // The kernel has taken the IP header off the quote.
            assertThat(error.extensionsOffset()).hasValue(PADDED_QUOTE_BYTES - (isIpv4(kind) ? 20 : 40));
            int at = packet.content().readerIndex() + error.extensionsOffset().getAsInt();
            assertThat(packet.content().getByte(at)).isEqualTo((byte) 0x20);
            assertThat(packet.content().getInt(at + 8)).isEqualTo(0xcafe_f00d);

            tun.behave(io.github.nettyping.testing.IcmpError.timeExceeded(router));
            on.send(target, 2);
            assertThat(on.awaitReceived(2).queuedError().orElseThrow().extensionsOffset())
                    .as("no extensions")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @RequiresTun
    void aPathMtuThatARouterToldIsItsErrorAndThenThisHosts(SocketKind kind) throws Exception {
        InetAddress router = Packets.address(isIpv4(kind) ? "10.9.9.9" : "fd00:9::9");
        InetAddress target = Packets.address(isIpv4(kind) ? "10.1.0.1" : "fd00:1::1");
        String prefix = isIpv4(kind) ? "10.1.0.0/24" : "fd00:1::/120";
        Behaviour narrow = io.github.nettyping.testing.IcmpError.fragmentationNeeded(1_400, router);
        try (Namespace lab = Namespace.create();
                TunResponder tun = TunResponder.open(lab, narrow, prefix);
                PlainChannel on = PlainChannel.bound(lab, kind)
                        .with(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_DO)) {
            assertThat(on.channel
                            .writeAndFlush(on.request(target, 1, 1_440))
                            .await()
                            .isSuccess())
                    .isTrue();
            QueuedError told = on.awaitReceived(1).queuedError().orElseThrow();
            assertThat(told.origin()).isEqualTo(isIpv4(kind) ? QueuedError.Origin.ICMP : QueuedError.Origin.ICMPV6);
            assertThat(told.errno()).isEqualTo(EMSGSIZE);
            assertThat(told.info()).isEqualTo(1_400);
            assertThat(told.offender()).contains(IpAddress.of(router));
            assertThat(told.extensionsOffset()).isEmpty();

            assertThat(on.channel
                            .writeAndFlush(on.request(target, 2, 1_440))
                            .await()
                            .cause())
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageContaining("EMSGSIZE");
            assertThat(tun.probes()).isOne();
            if (kind.isRaw()) {
                // The sender of a pair does not ask for queued errors: its call has said it.
                QueuedError known = on.awaitReceived(2).queuedError().orElseThrow();
                assertThat(known.origin()).isEqualTo(QueuedError.Origin.LOCAL);
                assertThat(known.errno()).isEqualTo(EMSGSIZE);
                assertThat(known.info()).isEqualTo(1_400);
                assertThat(known.offender()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNeighbourThatIsNotThereIsAnIcmpErrorOfThisHost(SocketKind kind) throws Exception {
        boolean ipv4 = isIpv4(kind);
        near.sysctl("net.ipv4.neigh." + link.device() + ".retrans_time_ms", "100");
        near.sysctl("net.ipv6.neigh." + link.device() + ".retrans_time_ms", "100");
        near.ip("address", "replace", "10.55.0.1/24", "dev", link.device());
        InetAddress nobody = Packets.address(ipv4 ? "10.55.0.77" : "fd00:18::77");
        try (PlainChannel on = PlainChannel.bound(near, kind)) {
            on.send(nobody, 1);
            QueuedError error = on.awaitReceived(1).queuedError().orElseThrow();

            assertThat(error.origin()).isEqualTo(ipv4 ? QueuedError.Origin.ICMP : QueuedError.Origin.ICMPV6);
            assertThat(error.errno()).isEqualTo(EHOSTUNREACH);
            assertThat(error.type()).isEqualTo(ipv4 ? 3 : 1);
            assertThat(error.code()).isEqualTo(ipv4 ? 1 : 3);
            assertThat(error.offender()).contains(IpAddress.of(Packets.address(ipv4 ? "10.55.0.1" : link.nearIpv6())));
        }
    }
}
