package io.github.nettyping.channel;

import static io.github.nettyping.channel.ChannelOnFakes.host;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernel gets for each option of the channel, and what is said when it refuses. */
class IcmpChannelConfigTest {

    private static ChannelOnFakes open(SocketKind kind) {
        return new ChannelOnFakes(new FakeSyscalls(), kind);
    }

    static Stream<Arguments> kernelOptions() {
        int ip = InHeader.IPPROTO_IP;
        int ipv6 = InHeader.IPPROTO_IPV6;
        int socket = SocketHeader.SOL_SOCKET;
        return Stream.of(
                Arguments.of(SocketKind.IPV4_RAW, ChannelOption.IP_TOS, 0xb8, ip, InHeader.IP_TOS, 0xb8),
                Arguments.of(SocketKind.IPV6_RAW, ChannelOption.IP_TOS, 0xb8, ipv6, InHeader.IPV6_TCLASS, 0xb8),
                Arguments.of(SocketKind.IPV4_RAW, ChannelOption.IP_MULTICAST_TTL, 9, ip, InHeader.IP_MULTICAST_TTL, 9),
                Arguments.of(
                        SocketKind.IPV6_RAW, ChannelOption.IP_MULTICAST_TTL, 9, ipv6, InHeader.IPV6_MULTICAST_HOPS, 9),
                Arguments.of(
                        SocketKind.IPV4_RAW,
                        ChannelOption.IP_MULTICAST_LOOP_DISABLED,
                        false,
                        ip,
                        InHeader.IP_MULTICAST_LOOP,
                        1),
                Arguments.of(
                        SocketKind.IPV6_RAW,
                        ChannelOption.IP_MULTICAST_LOOP_DISABLED,
                        false,
                        ipv6,
                        InHeader.IPV6_MULTICAST_LOOP,
                        1),
                Arguments.of(SocketKind.IPV4_RAW, IcmpChannelOption.HOP_LIMIT, 3, ip, InHeader.IP_TTL, 3),
                Arguments.of(SocketKind.IPV6_RAW, IcmpChannelOption.HOP_LIMIT, 3, ipv6, InHeader.IPV6_UNICAST_HOPS, 3),
                Arguments.of(SocketKind.IPV4_RAW, IcmpChannelOption.MTU_DISCOVER, 5, ip, InHeader.IP_MTU_DISCOVER, 5),
                Arguments.of(
                        SocketKind.IPV6_RAW, IcmpChannelOption.MTU_DISCOVER, 5, ipv6, InHeader.IPV6_MTU_DISCOVER, 5),
                Arguments.of(SocketKind.IPV4_RAW, IcmpChannelOption.MARK, -2, socket, SocketHeader.SO_MARK, -2),
                Arguments.of(SocketKind.IPV6_RAW, IcmpChannelOption.PRIORITY, 6, socket, SocketHeader.SO_PRIORITY, 6),
                Arguments.of(
                        SocketKind.IPV6_RAW,
                        IcmpChannelOption.AUTO_FLOW_LABEL,
                        true,
                        ipv6,
                        InHeader.IPV6_AUTOFLOWLABEL,
                        1),
                Arguments.of(
                        SocketKind.IPV4_RAW, IcmpChannelOption.RECEIVE_TRAFFIC_CLASS, true, ip, InHeader.IP_RECVTOS, 1),
                Arguments.of(
                        SocketKind.IPV6_RAW,
                        IcmpChannelOption.RECEIVE_TRAFFIC_CLASS,
                        true,
                        ipv6,
                        InHeader.IPV6_RECVTCLASS,
                        1),
                Arguments.of(
                        SocketKind.IPV4_RAW, IcmpChannelOption.RECEIVE_DESTINATION, true, ip, InHeader.IP_PKTINFO, 1),
                Arguments.of(
                        SocketKind.IPV6_RAW,
                        IcmpChannelOption.RECEIVE_DESTINATION,
                        true,
                        ipv6,
                        InHeader.IPV6_RECVPKTINFO,
                        1),
                Arguments.of(
                        SocketKind.IPV4_RAW, IcmpChannelOption.RECEIVE_IPV4_OPTIONS, true, ip, InHeader.IP_RECVOPTS, 1),
                Arguments.of(
                        SocketKind.IPV4_RAW, IcmpChannelOption.DONT_ROUTE, true, socket, SocketHeader.SO_DONTROUTE, 1),
                Arguments.of(SocketKind.IPV6_RAW, IcmpChannelOption.DEBUG, true, socket, SocketHeader.SO_DEBUG, 1),
                Arguments.of(SocketKind.IPV4_RAW, IcmpChannelOption.HEADER_INCLUDED, true, ip, InHeader.IP_HDRINCL, 1));
    }

    @ParameterizedTest(name = "{1} on {0}")
    @MethodSource("kernelOptions")
    void anOptionGoesToTheKernelAndComesBack(
            SocketKind kind, ChannelOption<Object> option, Object value, int level, int number, int kernels) {
        try (ChannelOnFakes on = open(kind)) {
            assertThat(on.channel.config().setOption(option, value)).isTrue();

            assertThat(on.kernel.option(level, number)).isEqualTo(kernels);
            assertThat(on.channel.config().getOption(option)).isEqualTo(value);
            assertThat(on.channel.config().getOptions()).containsEntry(option, value);
        }
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                Arguments.of(ChannelOption.IP_TOS, 256),
                Arguments.of(ChannelOption.IP_TOS, -1),
                Arguments.of(ChannelOption.IP_MULTICAST_TTL, 256),
                Arguments.of(IcmpChannelOption.HOP_LIMIT, 0),
                Arguments.of(IcmpChannelOption.HOP_LIMIT, 256),
                Arguments.of(IcmpChannelOption.MTU_DISCOVER, 6),
                Arguments.of(IcmpChannelOption.PRIORITY, -1),
                Arguments.of(IcmpChannelOption.FLOW_LABEL, 0x100000),
                Arguments.of(IcmpChannelOption.INTERFACE, "sixteen-letters-"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("outOfRange")
    void aValueOutOfRangeIsRefusedByName(ChannelOption<Object> option, Object value) {
        try (ChannelOnFakes on = open(SocketKind.IPV6_RAW)) {
            String name = option.name().substring(option.name().indexOf('#') + 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> on.channel.config().setOption(option, value))
                    .withMessageContaining(name + ": " + value + " (expected: ");
        }
    }

    @Test
    void flowLabelsAreIpv6s() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_RAW)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.FLOW_LABEL, 1))
                    .withMessage("FLOW_LABEL on a channel of IPV4 (expected: IPV6)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.AUTO_FLOW_LABEL, true))
                    .withMessageEndingWith("AUTO_FLOW_LABEL on a channel of IPV4 (expected: IPV6)");
            assertThat(on.channel.config().getOptions()).doesNotContainKey(IcmpChannelOption.AUTO_FLOW_LABEL);
        }
    }

    @Test
    void optionsOfIpv4HeadersAreIpv4sAndFillAHeaderAtMost() {
        try (ChannelOnFakes ipv6 = open(SocketKind.IPV6_RAW);
                ChannelOnFakes ipv4 = open(SocketKind.IPV4_RAW)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ipv6.channel.config().setOption(IcmpChannelOption.IPV4_OPTIONS, new byte[4]))
                    .withMessage("IPV4_OPTIONS on a channel of IPV6 (expected: IPV4)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ipv4.channel.config().setOption(IcmpChannelOption.IPV4_OPTIONS, new byte[41]))
                    .withMessage("IPV4_OPTIONS (bytes): 41 (expected: 0 to 40)");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "IPV4_RAW", mode = EnumSource.Mode.EXCLUDE)
    void onlyARawIpv4ChannelTakesHeaders(SocketKind kind) {
        try (ChannelOnFakes on = open(kind)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.HEADER_INCLUDED, true))
                    .withMessage("HEADER_INCLUDED on a channel of " + kind + " (expected: IPV4_RAW)");
            assertThat(on.channel.config().headerIncluded()).isFalse();
        }
    }

    @Test
    void aRefusalNamesOptionErrnoAndRemedy() {
        FakeSyscalls kernel = new FakeSyscalls()
                .refuseOption(SocketHeader.SOL_SOCKET, SocketHeader.SO_MARK, Errno.EPERM)
                .refuseOption(SocketHeader.SOL_SOCKET, SocketHeader.SO_BINDTODEVICE, Errno.ENODEV);
        try (ChannelOnFakes on = new ChannelOnFakes(kernel, SocketKind.IPV4_RAW)) {
            assertThatThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.MARK, 7))
                    .isInstanceOf(ChannelException.class)
                    .cause()
                    .isInstanceOf(SystemCallException.class)
                    .hasMessage(
                            "setsockopt(SO_MARK, 7) on IPV4_RAW: EPERM; it needs CAP_NET_ADMIN or, on newer kernels,"
                                    + " CAP_NET_RAW");
            assertThatThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.INTERFACE, "eth9"))
                    .cause()
                    .hasMessage("setsockopt(SO_BINDTODEVICE, eth9) on IPV4_RAW: ENODEV; there is no such interface:"
                            + " see ip link");
            assertThat(on.channel.config().getOption(IcmpChannelOption.INTERFACE))
                    .isEmpty();
        }
    }

    @Test
    void anInterfaceIsSetByItsName() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_RAW)) {
            on.channel.config().setOption(IcmpChannelOption.INTERFACE, "link0");

            assertThat(on.kernel.byteOption(SocketHeader.SOL_SOCKET, SocketHeader.SO_BINDTODEVICE))
                    .isEqualTo("link0".getBytes(StandardCharsets.US_ASCII));
            assertThat(on.channel.config().getOption(IcmpChannelOption.INTERFACE))
                    .isEqualTo("link0");
        }
    }

    @Test
    void aFlowLabelStandsInEveryDestination() {
        try (ChannelOnFakes on = open(SocketKind.IPV6_RAW)) {
            on.channel.config().setOption(IcmpChannelOption.FLOW_LABEL, 0xabcde);
            assertThat(on.kernel.option(InHeader.IPPROTO_IPV6, InHeader.IPV6_FLOWINFO_SEND))
                    .isOne();
            on.send(IcmpPacket.of(Unpooled.directBuffer(8).writeZero(8), 0xfd00L << 48, 1, 0));
            assertThat(on.kernel.sent().get(0).flowInfo()).isEqualTo(0xabcde);

            on.channel.config().setOption(IcmpChannelOption.FLOW_LABEL, 0);
            assertThat(on.kernel.option(InHeader.IPPROTO_IPV6, InHeader.IPV6_FLOWINFO_SEND))
                    .isZero();
            on.send(IcmpPacket.of(Unpooled.directBuffer(8).writeZero(8), 0xfd00L << 48, 1, 0));
            assertThat(on.kernel.sent().get(1).flowInfo()).isZero();
        }
    }

    @Test
    void aKernelWithoutTheExtensionsOfErrorsWillDo() {
        FakeSyscalls kernel =
                new FakeSyscalls().refuseOption(InHeader.IPPROTO_IP, InHeader.IP_RECVERR_RFC4884, Errno.ENOPROTOOPT);
        try (ChannelOnFakes on = new ChannelOnFakes(kernel, SocketKind.IPV4_RAW)) {
            assertThat(on.channel.isActive()).isTrue();
            assertThat(kernel.option(InHeader.IPPROTO_IP, InHeader.IP_RECVERR)).isOne();
        }
    }

    @Test
    void nothingIsAskedForThatCostsAndFewWant() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_DGRAM)) {
            assertThat(on.kernel.option(InHeader.IPPROTO_IP, InHeader.IP_RECVTTL))
                    .isOne();
            assertThat(on.kernel.option(InHeader.IPPROTO_IP, InHeader.IP_RECVERR_RFC4884))
                    .isOne();
            assertThat(on.kernel.option(InHeader.IPPROTO_IP, InHeader.IP_RECVTOS))
                    .isNull();
            assertThat(on.kernel.option(InHeader.IPPROTO_IP, InHeader.IP_PKTINFO))
                    .isNull();
        }
    }

    @Test
    void tellsWhetherTheHeaderIsIncludedOnceTheKernelHasAgreed() {
        FakeSyscalls kernel =
                new FakeSyscalls().refuseOption(InHeader.IPPROTO_IP, InHeader.IP_HDRINCL, Errno.ENOPROTOOPT);
        try (ChannelOnFakes on = new ChannelOnFakes(kernel, SocketKind.IPV4_RAW)) {
            assertThatThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.HEADER_INCLUDED, true))
                    .isInstanceOf(ChannelException.class);
            assertThat(on.channel.config().headerIncluded()).isFalse();
            assertThat(on.send(IcmpPacket.of(Unpooled.directBuffer(8).writeZero(8), host(1)))
                            .isSuccess())
                    .isTrue();
        }
    }
}
