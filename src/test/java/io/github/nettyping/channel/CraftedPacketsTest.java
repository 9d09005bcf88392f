package io.github.nettyping.channel;

import static io.github.nettyping.channel.ChannelOnFakes.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that bring their IPv4 header, on a scripted kernel. */
class CraftedPacketsTest {

    private static final int HEADER_BYTES = 24;

    private static ChannelOnFakes open() {
        ChannelOnFakes on = new ChannelOnFakes(new FakeSyscalls(), SocketKind.IPV4_RAW);
        on.channel.config().setOption(IcmpChannelOption.HEADER_INCLUDED, true);
        return on;
    }

    /** Version 4, 24 bytes of header with a "no operation" option, ICMP; then an echo request. */
    private static byte[] crafted(int destination) {
        return ByteBuffer.allocate(HEADER_BYTES + 8)
                .put(0, (byte) 0x46)
                .put(9, (byte) 1)
                .putInt(16, destination)
                .putInt(20, 0x01010100)
                .put(24, (byte) 8)
                .array();
    }

    private static IcmpPacket packet(byte... bytes) {
        return IcmpPacket.of(Unpooled.directBuffer().writeBytes(bytes), host(5));
    }

    @Test
    void goOutAsTheyStand() {
        try (ChannelOnFakes on = open()) {
            assertThat(on.send(packet(crafted(0x7f000005))).isSuccess()).isTrue();
            assertThat(on.kernel.sent().get(0).bytes()).isEqualTo(crafted(0x7f000005));
            assertThat(on.kernel.sent().get(0).to()).isEqualTo(host(5));
        }
    }

    @Test
    void mustNameTheirPeer() {
        try (ChannelOnFakes on = open()) {
            assertThat(on.send(packet(crafted(0x7f000006))).cause())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a packet to 127.0.0.5 whose header says 127.0.0.6 (expected: the same destination)");
            assertThat(on.kernel.sent()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 23})
    void mustHaveAWholeHeader(int length) {
        try (ChannelOnFakes on = open()) {
            assertThat(on.send(packet(Arrays.copyOf(crafted(0x7f000005), length)))
                            .cause())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("a packet of " + length + " bytes to 127.0.0.5 (expected: an IPv4 header");
            assertThat(on.kernel.sent()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x44, 0x66, 0x08})
    void mustBeginWithAHeaderOfIpv4(int first) {
        try (ChannelOnFakes on = open()) {
            byte[] bytes = crafted(0x7f000005);
            bytes[0] = (byte) first;
            assertThat(on.send(packet(bytes)).cause()).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void sayHopLimitAndTrafficClassThemselves() {
        try (ChannelOnFakes on = open()) {
            IcmpPacket packet = packet(crafted(0x7f000005))
                    .sendWith(SendOptions.builder().hopLimit(3).build());
            assertThat(on.send(packet).cause())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("hopLimit=3 beside an IPv4 header");
            IcmpPacket marked = packet(crafted(0x7f000005))
                    .sendWith(SendOptions.builder().mark(3).build());
            assertThat(on.send(marked).isSuccess()).isTrue();
        }
    }

    @Test
    void areQuotedByTheErrorQueueWithTheirHeader() {
        try (ChannelOnFakes on = open()) {
            byte[] quote = Arrays.copyOf(crafted(0x7f000005), HEADER_BYTES + 8 + 128);
            // The offset of the extensions counts from the header too.
            on.kernel.onError(host(5), quote, Errno.EHOSTUNREACH, 11, 0, host(7), HEADER_BYTES + 128);
            on.reading().hasError();

            IcmpPacket packet = on.received.get(0);
            assertThat(packet.content().readableBytes()).isEqualTo(quote.length);
            assertThat(packet.content().getByte(packet.content().readerIndex())).isEqualTo((byte) 0x46);
            assertThat(packet.queuedError().orElseThrow().extensionsOffset()).hasValue(HEADER_BYTES + 128);
        }
    }
}
