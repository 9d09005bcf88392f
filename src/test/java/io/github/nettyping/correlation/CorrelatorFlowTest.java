package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.InternetChecksum;
import io.github.nettyping.correlation.FakeIcmpChannel.Sent;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Probes whose ICMP checksum is told: what routers take for a flow. */
@SuppressWarnings("FutureReturnValueIgnored") // What became of a probe is told by its outcome.
class CorrelatorFlowTest {

    private static final IpAddress IPV4 = IpAddress.ofIpv4(0xc000_0201);
    private static final IpAddress IPV6 = IpAddress.of(NetUtil.createInetAddressFromIpAddressString("2001:db8::7"));

    private final ProbeCorrelator correlator = FakeIcmpChannel.correlator().build();
    private final FakeIcmpChannel channel = FakeIcmpChannel.with(correlator);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static ProbeOptions flow(int checksum, int payloadBytes) {
        return ProbeOptions.builder()
                .attempts(1)
                .payloadBytes(payloadBytes)
                .filler(PayloadFiller.random())
                .flowChecksum(checksum)
                .build();
    }

    private Sent send(IpAddress target, ProbeOptions options) {
        channel.writeAndFlush(new Probe(target, options));
        return channel.lastSent();
    }

    /** The checksum of the message, by RFC 792; without pseudo-header. */
    private static int checksum(IpFamily family, Sent packet) {
        ByteBuf message = Unpooled.buffer();
        message.writeByte(family == IpFamily.IPV4 ? 8 : 128).writeByte(0).writeShort(0);
        message.writeShort(packet.identifier()).writeShort(packet.sequence()).writeBytes(packet.payload());
        return InternetChecksum.of(message, 0, message.readableBytes());
    }

    @ParameterizedTest
    @CsvSource({"1, 18", "1, 56", "65534, 57", "4660, 1001", "32768, 20"})
    void everyProbeOfAFlowHasItsChecksum(int flow, int payloadBytes) {
        for (int i = 0; i < 50; i++) {
            assertThat(checksum(IpFamily.IPV4, send(IPV4, flow(flow, payloadBytes))))
                    .isEqualTo(flow);
            assertThat(checksum(IpFamily.IPV6, send(IPV6, flow(flow, payloadBytes))))
                    .isEqualTo(flow);
        }
    }

    @Test
    void replyToAProbeOfAFlowIsUndamaged() {
        Sent packet = send(IPV4, flow(7, 56));
        channel.writeInbound(channel.reply(packet).build());

        assertThat(channel.outcome(Replied.class).flags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"16", "17", "18", "55"})
    void changedByteOfAFlowsFillerIsDamage(int offset) {
        Sent packet = send(IPV4, flow(7, 56));
        byte[] payload = packet.payload().clone();
        payload[offset] ^= 4;
        channel.writeInbound(channel.reply(packet).payload(payload).build());

        assertThat(channel.outcome(Replied.class).flags()).containsExactly(ReplyFlag.DAMAGED);
    }
}
