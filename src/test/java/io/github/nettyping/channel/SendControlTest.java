package io.github.nettyping.channel;

import static io.github.nettyping.channel.ChannelOnFakes.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.packet.UnsupportedSendOptionsException;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The control messages beside packets with options of their own, byte by byte, in the order of a little-endian machine. */
class SendControlTest {

    private static final IpAddress TARGET_IPV6 = new IpAddress(0xfd00_0018L << 32, 2, 0);
    private static final IpAddress SOURCE_IPV6 = new IpAddress(0xfd00_0018_0000_0000L, 0x0102_0304_0506_0708L, 0);
    private static final IpAddress LINK_LOCAL = new IpAddress(0xfe80L << 48, 1, 9);

    private static ChannelOnFakes open(SocketKind kind) {
        return new ChannelOnFakes(kernel(kind), kind);
    }

    /** A kernel of our day: replies go to the last bound, and control messages are looked at. */
    private static FakeSyscalls kernel(SocketKind kind) {
        FakeSyscalls kernel = new FakeSyscalls();
        if (!kind.isRaw()) {
            kernel.onReceive(kind == SocketKind.IPV4_DGRAM ? host(1) : TARGET_IPV6, new byte[16]);
        }
        return kind == SocketKind.IPV6_DGRAM ? kernel.onSend(1, -Errno.EINVAL) : kernel;
    }

    private static IcmpPacket packet(IpAddress target, SendOptions options) {
        return IcmpPacket.of(Unpooled.directBuffer(8).writeZero(8), target).sendWith(options);
    }

    private static byte[] control(SocketKind kind, SendOptions options) {
        try (ChannelOnFakes on = open(kind)) {
            on.send(packet(kind.name().startsWith("IPV4") ? host(1) : TARGET_IPV6, options))
                    .syncUninterruptibly();
            return on.kernel.sent().get(0).control();
        }
    }

    private static byte[] hex(String... fields) {
        return HexFormat.of()
                .parseHex(Arrays.stream(fields)
                        .flatMap(field -> Stream.of(field.split(" ", -1)))
                        .collect(Collectors.joining()));
    }

    @Test
    void everyOptionOfIpv4HasItsControlMessage() {
        SendOptions all = SendOptions.builder()
                .source(IpAddress.ofIpv4(0xc6120001))
                .interfaceIndex(0x01020304)
                .hopLimit(3)
                .trafficClass(0x28)
                .mark(0x7a7b7c7d)
                .build();

        assertThat(control(SocketKind.IPV4_RAW, all))
                .isEqualTo(hex(
                        "1c00000000000000 00000000 08000000", // cmsg_len 28, IPPROTO_IP, IP_PKTINFO
                        "04030201", // ipi_ifindex
                        "c6120001", // ipi_spec_dst 198.18.0.1
                        "00000000", // ipi_addr, not for senders
                        "00000000", // to the next multiple of 8
                        "1400000000000000 00000000 02000000", // cmsg_len 20, IPPROTO_IP, IP_TTL
                        "03000000 00000000",
                        "1400000000000000 00000000 01000000", // cmsg_len 20, IPPROTO_IP, IP_TOS
                        "28000000 00000000",
                        "1400000000000000 01000000 24000000", // cmsg_len 20, SOL_SOCKET, SO_MARK
                        "7d7c7b7a 00000000"));
    }

    @Test
    void everyOptionOfIpv6HasItsControlMessage() {
        SendOptions all = SendOptions.builder()
                .source(SOURCE_IPV6)
                .interfaceIndex(5)
                .hopLimit(3)
                .trafficClass(0x28)
                .dontFragment(true)
                .flowLabel(0xabcde)
                .mark(7)
                .build();

        assertThat(control(SocketKind.IPV6_RAW, all))
                .isEqualTo(hex(
                        "2400000000000000 29000000 32000000", // cmsg_len 36, IPPROTO_IPV6, IPV6_PKTINFO
                        "fd000018000000000102030405060708", // ipi6_addr
                        "05000000", // ipi6_ifindex
                        "00000000", // to the next multiple of 8
                        "1400000000000000 29000000 34000000", // cmsg_len 20, IPPROTO_IPV6, IPV6_HOPLIMIT
                        "03000000 00000000",
                        "1400000000000000 29000000 43000000", // cmsg_len 20, IPPROTO_IPV6, IPV6_TCLASS
                        "28000000 00000000",
                        "1400000000000000 29000000 3e000000", // cmsg_len 20, IPPROTO_IPV6, IPV6_DONTFRAG
                        "01000000 00000000",
                        "1400000000000000 29000000 0b000000", // cmsg_len 20, IPPROTO_IPV6, IPV6_FLOWINFO
                        "000abcde 00000000", // in network order
                        "1400000000000000 01000000 24000000", // cmsg_len 20, SOL_SOCKET, SO_MARK
                        "07000000 00000000"));
    }

    @Test
    void anInterfaceAloneLeavesTheSourceToTheKernel() {
        SendOptions options = SendOptions.builder().interfaceIndex(5).build();

        assertThat(control(SocketKind.IPV4_DGRAM, options))
                .isEqualTo(hex("1c00000000000000 00000000 08000000", "05000000 00000000 00000000 00000000"));
        assertThat(control(SocketKind.IPV6_DGRAM, options))
                .isEqualTo(hex(
                        "2400000000000000 29000000 32000000", "00000000000000000000000000000000", "05000000 00000000"));
    }

    @Test
    void aLinkLocalSourceNamesItsInterface() {
        assertThat(control(
                        SocketKind.IPV6_RAW,
                        SendOptions.builder().source(LINK_LOCAL).build()))
                .isEqualTo(hex(
                        "2400000000000000 29000000 32000000", "fe800000000000000000000000000001", "09000000 00000000"));
    }

    @Test
    void aMarkOfZeroIsSent() {
        assertThat(control(SocketKind.IPV4_DGRAM, SendOptions.builder().mark(0).build()))
                .isEqualTo(hex("1400000000000000 01000000 24000000 00000000 00000000"));
    }

    @ParameterizedTest
    @EnumSource
    void aPacketWithoutOptionsHasNoControlData(SocketKind kind) {
        assertThat(control(kind, SendOptions.none())).isEmpty();
    }

    @Test
    void packetsOfOneBatchHaveTheirOwnOptionsAndTheNextBatchHasNoneOfThem() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_DGRAM)) {
            for (int hop = 1; hop <= 3; hop++) {
                on.channel.write(
                        packet(host(hop), SendOptions.builder().hopLimit(hop).build()));
                on.channel.write(packet(host(hop), SendOptions.none()));
            }
            on.channel.flush();
            for (int i = 0; i < 6; i++) {
                on.channel.write(packet(host(i), SendOptions.none()));
            }
            on.channel.flush();

            assertThat(on.kernel.calls()).containsExactly("sendmmsg", "sendmmsg");
            assertThat(on.kernel.sent().subList(0, 6))
                    .extracting(sent -> sent.control().length == 0 ? 0 : (int) sent.control()[16])
                    .containsExactly(1, 0, 2, 0, 3, 0);
            assertThat(on.kernel.sent().subList(6, 12))
                    .allSatisfy(sent -> assertThat(sent.control()).isEmpty());
        }
    }

    @Test
    void optionsStayWithTheirPacketAfterAShortCount() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_DGRAM)) {
            on.kernel.onSend(1);
            on.channel.write(packet(host(1), SendOptions.builder().hopLimit(9).build()));
            on.channel.write(packet(host(2), SendOptions.none()));
            on.channel.write(packet(host(3), SendOptions.builder().hopLimit(8).build()));
            on.channel.flush();

            assertThat(on.kernel.sent())
                    .extracting(sent -> sent.control().length == 0 ? 0 : (int) sent.control()[16])
                    .containsExactly(9, 0, 8);
        }
    }

    @Test
    void whatTheKernelRefusesFailsThatPacketAndSaysWhatItWasAskedFor() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_RAW)) {
            on.kernel.onSend(1, -Errno.EPERM, -Errno.ENODEV, -Errno.EINVAL);
            ChannelFuture before = on.channel.write(packet(host(1), SendOptions.none()));
            ChannelFuture mark = on.channel.write(
                    packet(host(2), SendOptions.builder().mark(7).build()));
            ChannelFuture device = on.channel.write(
                    packet(host(3), SendOptions.builder().interfaceIndex(99).build()));
            ChannelFuture source = on.channel.write(
                    packet(host(4), SendOptions.builder().source(host(9)).build()));
            ChannelFuture after = on.channel.write(packet(host(5), SendOptions.none()));
            on.channel.flush();

            assertThat(before.isSuccess()).isTrue();
            assertThat(after.isSuccess()).isTrue();
            assertThat(mark.cause())
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageStartingWith("sendmmsg to 127.0.0.2 with mark=0x7: EPERM; a mark needs CAP_NET_ADMIN");
            assertThat(device.cause())
                    .hasMessage("sendmmsg to 127.0.0.3 with interfaceIndex=99: ENODEV; there is no interface of this"
                            + " index: see ip link");
            assertThat(source.cause())
                    .hasMessage("sendmmsg to 127.0.0.4 with source=127.0.0.9: EINVAL; the source must be an address of"
                            + " this machine, and the interface one with a way to the peer");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_DGRAM", "IPV4_RAW"})
    void whatIpv4DoesNotHaveIsRefusedBeforeItIsSent(SocketKind kind) {
        try (ChannelOnFakes on = open(kind)) {
            SendOptions whole = SendOptions.builder().dontFragment(true).build();
            SendOptions label = SendOptions.builder().flowLabel(1).build();
            SendOptions other = SendOptions.builder().source(SOURCE_IPV6).build();

            assertThat(on.send(packet(host(1), whole)).cause())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("send options dontFragment to IPv4");
            assertThat(on.send(packet(host(1), label)).cause()).isInstanceOf(IllegalArgumentException.class);
            assertThat(on.send(packet(host(1), other)).cause()).isInstanceOf(IllegalArgumentException.class);
            assertThat(on.kernel.sent()).isEmpty();
        }
    }

    @Test
    void anIpv6PingSocketIsNotTrustedWithASource() {
        try (ChannelOnFakes on = open(SocketKind.IPV6_DGRAM)) {
            SendOptions options = SendOptions.builder().source(SOURCE_IPV6).build();

            assertThat(on.channel.takesSendOptions()).isTrue();
            assertThat(on.send(packet(TARGET_IPV6, options)).cause())
                    .isInstanceOf(UnsupportedSendOptionsException.class)
                    .hasMessageContaining("bind the channel to it");
            assertThat(on.kernel.sent()).isEmpty();
        }
    }

    @Test
    void aKernelThatOverlooksControlMessagesIsNotGivenThem() {
        FakeSyscalls old = new FakeSyscalls()
                .onReceive(TARGET_IPV6, new byte[16])
                .onSend(1, 1)
                .onReceive(TARGET_IPV6, new byte[16]);
        try (ChannelOnFakes on = new ChannelOnFakes(old, SocketKind.IPV6_DGRAM)) {
            assertThat(on.channel.takesSendOptions()).isFalse();
            assertThat(on.send(packet(
                                    TARGET_IPV6,
                                    SendOptions.builder().hopLimit(3).build()))
                            .cause())
                    .isInstanceOf(UnsupportedSendOptionsException.class)
                    .hasMessageContaining("hopLimit=3")
                    .hasMessageContaining("Linux 5.18");
            assertThat(on.send(packet(TARGET_IPV6, SendOptions.none())).isSuccess())
                    .isTrue();
            assertThat(on.channel.drain()).isTrue();
            assertThat(on.received).as("answers to the checks").isEmpty();
        }
    }
}
