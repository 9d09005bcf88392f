package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.ExtendedEchoRequest;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.codec.InterfaceIdentification;
import io.github.nettyping.codec.QueryMessage;
import io.github.nettyping.codec.TimeOfDay;
import io.github.nettyping.codec.TimestampRequest;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What of a namespace's packets reaches a raw channel. */
@RequiresNamespaces
class RawFilterIT {

    private static final Duration PATIENCE = Await.LIMIT;

    private static Namespace lab;

    @BeforeAll
    static void open() {
        lab = Namespace.create();
        lab.sysctl("net.ipv4.icmp_echo_enable_probe", "1");
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    private static InetAddress self(PlainChannel on) {
        return Packets.address(on.isIpv4() ? "127.0.0.1" : "::1");
    }

    /** Returns the ICMP type of a received packet. */
    private static int type(IcmpPacket packet) {
        return packet.content().getUnsignedByte(icmp(packet));
    }

    private static int identifier(IcmpPacket packet) {
        return packet.content().getUnsignedShort(icmp(packet) + 4);
    }

    /** Raw IPv4 sockets deliver the IP header, of which no received packet here has options; queued errors have none. */
    private static int icmp(IcmpPacket packet) {
        ByteBuf content = packet.content();
        boolean header = packet.queuedError().isEmpty() && packet.peer().family() == IpFamily.IPV4;
        return content.readerIndex() + (header ? 20 : 0);
    }

    private static void send(PlainChannel on, QueryMessage query) {
        on.channel
                .writeAndFlush(new IcmpEncoder(on.channel.kind()).encode(on.channel.alloc(), query))
                .syncUninterruptibly();
    }

    private static ExtendedEchoRequest extended(PlainChannel on, int identifier) {
        return new ExtendedEchoRequest(
                IpAddress.of(self(on)), identifier, 1, true, new InterfaceIdentification.ByName("lo"));
    }

    private static int identifierOf(PlainChannel on) {
        return on.channel.localAddress().getPort();
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_RAW", "IPV6_RAW"})
    void extendedEchoRepliesArriveWhereTheirIdentifierBelongs(SocketKind kind) throws Exception {
        try (PlainChannel mine = PlainChannel.bound(lab, kind);
                PlainChannel others = PlainChannel.bound(lab, kind)) {
            send(mine, extended(mine, identifierOf(others)));
            assertThat(identifier(others.awaitReceived(1))).isEqualTo(identifierOf(others));
            send(mine, extended(mine, identifierOf(mine)));

            IcmpPacket reply = mine.awaitReceived(1);
            assertThat(type(reply)).isEqualTo(mine.isIpv4() ? 43 : 161);
            assertThat(identifier(reply)).isEqualTo(identifierOf(mine));
            assertThat(mine.received).hasSize(1);
            assertThat(others.received).hasSize(1);
        }
    }

    @Test
    void timestampRepliesArriveWhereTheirIdentifierBelongs() throws Exception {
        try (PlainChannel mine = PlainChannel.bound(lab, SocketKind.IPV4_RAW);
                PlainChannel others = PlainChannel.bound(lab, SocketKind.IPV4_RAW)) {
            IpAddress self = IpAddress.of(self(mine));
            send(mine, new TimestampRequest(self, identifierOf(others), 1, TimeOfDay.ofMillis(1)));
            assertThat(identifier(others.awaitReceived(1))).isEqualTo(identifierOf(others));
            send(mine, new TimestampRequest(self, identifierOf(mine), 1, TimeOfDay.ofMillis(1)));

            assertThat(type(mine.awaitReceived(1))).isEqualTo(14);
            assertThat(mine.received).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_RAW", "IPV6_RAW"})
    void everythingIsReceivedWhileTheOptionIsOnAndOwnRepliesElse(SocketKind kind) throws Exception {
        try (PlainChannel all = PlainChannel.opened(lab, kind)
                        .with(IcmpChannelOption.RECEIVE_ALL, true)
                        .bind();
                PlainChannel others = PlainChannel.bound(lab, kind)) {
            boolean ipv4 = all.isIpv4();
            others.send(self(others), 1);
            others.awaitReceived(1);
            Await.until("request and reply", PATIENCE, () -> all.received.size() >= 2);
            assertThat(all.received)
                    .extracting(RawFilterIT::type)
                    .containsExactlyElementsOf(ipv4 ? List.of(8, 0) : List.of(128, 129));
            assertThat(all.received).extracting(RawFilterIT::identifier).containsOnly(identifierOf(others));

            all.with(IcmpChannelOption.RECEIVE_ALL, false);
            others.send(self(others), 2);
            others.awaitReceived(2);
            all.send(self(all), 3);
            assertThat(identifier(all.awaitReceived(3))).isEqualTo(identifierOf(all));

            all.with(IcmpChannelOption.RECEIVE_ALL, true);
            others.send(self(others), 4);
            Await.until("request and reply", PATIENCE, () -> all.received.size() >= 5);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_RAW", "IPV6_RAW"})
    @RequiresTun
    void anErrorIsReceivedBesideTheQueuedOneWhileTheOptionIsOn(SocketKind kind) throws Exception {
        boolean ipv4 = kind == SocketKind.IPV4_RAW;
        InetAddress router = Packets.address(ipv4 ? "10.9.9.9" : "fd00:9::9");
        try (Namespace net = Namespace.create();
                TunResponder tun = TunResponder.open(
                        net, IcmpError.unreachable(ipv4 ? 1 : 3, router), ipv4 ? "10.1.0.0/24" : "fd00:1::/120");
                PlainChannel on = PlainChannel.bound(net, kind)) {
            InetAddress target = Packets.address(ipv4 ? "10.1.0.1" : "fd00:1::1");
            on.send(target, 1);
            assertThat(on.awaitReceived(1).queuedError()).isPresent();

            on.with(IcmpChannelOption.RECEIVE_ALL, true).send(target, 2);
            on.awaitReceived(3);
            List<IcmpPacket> news = on.received.subList(1, 3);
            assertThat(news)
                    .filteredOn(packet -> packet.queuedError().isPresent())
                    .hasSize(1);
            assertThat(news)
                    .filteredOn(packet -> packet.queuedError().isEmpty())
                    .singleElement()
                    .satisfies(packet -> {
                        assertThat(packet.peer()).isEqualTo(IpAddress.of(router));
                        assertThat(type(packet)).isEqualTo(ipv4 ? 3 : 1);
                    });
            assertThat(tun.probes()).isEqualTo(2);
        }
    }
}
