package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.IcmpHeader;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.channel.ChannelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which types the kernel is told to keep from a raw channel. */
class RawFilterTest {

    private static ChannelOnFakes open(SocketKind kind) {
        return new ChannelOnFakes(new FakeSyscalls(), kind);
    }

    /** Returns the ICMPv6 types that pass the mask last set. */
    private static List<Integer> passingV6(FakeSyscalls kernel) {
        ByteBuffer mask = ByteBuffer.wrap(kernel.byteOption(IcmpHeader.SOL_ICMPV6, IcmpHeader.ICMPV6_FILTER))
                .order(ByteOrder.nativeOrder());
        assertThat(mask.limit()).isEqualTo(32);
        return IntStream.range(0, 256)
                .filter(type -> (mask.getInt(type / 32 * 4) & 1 << type % 32) == 0)
                .boxed()
                .toList();
    }

    @Test
    void typesOfRepliesPassAlone() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_RAW)) {
            // Types 0 and 14; 43 has no bit.
            assertThat(on.kernel.option(IcmpHeader.SOL_RAW, IcmpHeader.ICMP_FILTER))
                    .isEqualTo(~(1 | 1 << 14));
        }
        try (ChannelOnFakes on = open(SocketKind.IPV6_RAW)) {
            assertThat(passingV6(on.kernel)).containsExactly(129, 161);
        }
    }

    @Test
    void allTypesPassWhileEverythingIsReceived() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_RAW)) {
            on.channel.config().setOption(IcmpChannelOption.RECEIVE_ALL, true);
            assertThat(on.kernel.option(IcmpHeader.SOL_RAW, IcmpHeader.ICMP_FILTER))
                    .isZero();
            assertThat(on.channel.config().getOptions()).containsEntry(IcmpChannelOption.RECEIVE_ALL, true);

            on.channel.config().setOption(IcmpChannelOption.RECEIVE_ALL, false);
            assertThat(on.kernel.option(IcmpHeader.SOL_RAW, IcmpHeader.ICMP_FILTER))
                    .isEqualTo(~(1 | 1 << 14));
            assertThat(on.channel.config().getOptions()).containsEntry(IcmpChannelOption.RECEIVE_ALL, false);
        }
        try (ChannelOnFakes on = open(SocketKind.IPV6_RAW)) {
            on.channel.config().setOption(IcmpChannelOption.RECEIVE_ALL, true);
            assertThat(passingV6(on.kernel)).hasSize(256);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IPV4_DGRAM", "IPV6_DGRAM"})
    void aPingChannelIsToldThatItNeverReceivesEverything(SocketKind kind) {
        try (ChannelOnFakes on = open(kind)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.RECEIVE_ALL, true))
                    .withMessage("RECEIVE_ALL on a channel of " + kind + " (expected: "
                            + SocketKind.of(kind.family(), true) + ')');
            assertThat(on.channel.config().getOption(IcmpChannelOption.RECEIVE_ALL))
                    .isFalse();
        }
    }

    @Test
    void aRefusalLeavesTheOptionAsItWas() {
        FakeSyscalls kernel = new FakeSyscalls();
        try (ChannelOnFakes on = new ChannelOnFakes(kernel, SocketKind.IPV4_RAW)) {
            kernel.refuseOption(SocketHeader.SOL_SOCKET, SocketHeader.SO_ATTACH_FILTER, Errno.EPERM);
            assertThatThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.RECEIVE_ALL, true))
                    .isInstanceOf(ChannelException.class)
                    .cause()
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageStartingWith("setsockopt(SO_ATTACH_FILTER) on IPV4_RAW: EPERM; ")
                    .hasMessageContaining("sandbox");
            assertThat(on.channel.config().getOption(IcmpChannelOption.RECEIVE_ALL))
                    .isFalse();
        }
    }

    @Test
    void aClosedChannelTouchesNoDescriptor() {
        try (ChannelOnFakes on = open(SocketKind.IPV4_RAW)) {
            on.channel.close();
            on.run();
            assertThatThrownBy(() -> on.channel.config().setOption(IcmpChannelOption.RECEIVE_ALL, true))
                    .hasRootCauseMessage("setsockopt(SO_ATTACH_FILTER) on IPV4_RAW: EBADF");
        }
    }
}
