package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.Unreachable;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The correlator above the real codec: bytes out, bytes in. */
class CorrelatorPipelineTest {

    private static final IpAddress IPV4 = IpAddress.ofIpv4(0xc000_0201);
    private static final IpAddress IPV6 = new IpAddress(0x2001_0db8_0000_0000L, 1, 0);
    private static final long WALL = 1_800_000_000_000_000_000L;

    private final ProbeCorrelator correlator = FakeIcmpChannel.correlator().build();

    private EmbeddedChannel channel(SocketKind kind) {
        return new EmbeddedChannel(new IcmpEncoder(kind), new IcmpDecoder(kind), correlator);
    }

    /** Sends a probe and returns the bytes of its message. */
    private static byte[] send(EmbeddedChannel channel, IpAddress target, ProbeOptions options) {
        channel.writeOutbound(new Probe(target, options));
        IcmpPacket packet = channel.readOutbound();
        long now = channel.eventLoop().ticker().nanoTime();
        packet.notifySent(WALL, now, now);
        byte[] bytes = ByteBufUtil.getBytes(packet.content());
        packet.release();
        return bytes;
    }

    private static IcmpPacket packet(IpAddress peer, byte[]... parts) {
        return IcmpPacket.of(Unpooled.wrappedBuffer(parts), peer);
    }

    /** RFC 1071, straight from its section 1. */
    private static void writeChecksum(byte[] message) {
        message[2] = 0;
        message[3] = 0;
        int sum = 0;
        ByteBuf words = Unpooled.wrappedBuffer(message);
        while (words.isReadable()) {
            sum += words.readUnsignedShort();
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        words.setShort(2, ~sum);
    }

    @Test
    void pingSocketRepliesComeWithoutIpHeader() {
        EmbeddedChannel channel = channel(SocketKind.IPV4_DGRAM);
        byte[] message = send(channel, IPV4, ProbeOptions.defaults());
        assertThat(message).hasSize(64).startsWith(8, 0, 0, 0, 0x12, 0x34, 0, 0);
        message[0] = 0;

        channel.writeInbound(packet(IPV4, message));

        Replied outcome = channel.readInbound();
        assertThat(outcome.flags()).isEmpty();
        assertThat(outcome.icmpBytes()).isEqualTo(64);
        channel.finishAndReleaseAll();
    }

    @Test
    void rawSocketRepliesComeWithIpHeaderAndChecksum() {
        EmbeddedChannel channel = channel(SocketKind.IPV4_RAW);
        byte[] message = send(channel, IPV4, ProbeOptions.defaults());
        message[0] = 0;
        writeChecksum(message);
        byte[] header = {0x45, 0, 0, 84, 0, 1, 0, 0, 61, 1, 0, 0, (byte) 0xc0, 0, 2, 1, (byte) 0xc0, 0, 2, 9};

        channel.writeInbound(packet(IPV4, header, message));

        Replied outcome = channel.readInbound();
        assertThat(outcome.hopLimit()).hasValue(61);
        assertThat(outcome.icmpBytes()).isEqualTo(64);
        assertThat(outcome.flags()).isEmpty();
        channel.finishAndReleaseAll();
    }

    @Test
    void rawSocketRepliesWithAWrongChecksumAreCounted() {
        EmbeddedChannel channel = channel(SocketKind.IPV4_RAW);
        byte[] message = send(channel, IPV4, ProbeOptions.defaults());
        byte[] header = {0x45, 0, 0, 84, 0, 1, 0, 0, 61, 1, 0, 0, (byte) 0xc0, 0, 2, 1, (byte) 0xc0, 0, 2, 9};
        message[0] = 0;

        channel.writeInbound(packet(IPV4, header, message));

        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(correlator.statistics().rejected().checksum()).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void ipv6RepliesAreMatchedToo() {
        EmbeddedChannel channel = channel(SocketKind.IPV6_DGRAM);
        byte[] message = send(channel, IPV6, ProbeOptions.defaults());
        assertThat(message[0]).isEqualTo((byte) 128);
        message[0] = (byte) 129;

        channel.writeInbound(packet(IPV6, message));

        assertThat(channel.<Replied>readInbound().from()).isEqualTo(IPV6);
        channel.finishAndReleaseAll();
    }

    @Test
    void errorsOfTheErrorQueueAreMatchedByWhatTheyQuote() {
        EmbeddedChannel channel = channel(SocketKind.IPV4_DGRAM);
        byte[] message =
                send(channel, IPV4, ProbeOptions.builder().failFast(true).build());
        IpAddress router = IpAddress.ofIpv4(0xc633_6401);

        channel.writeInbound(packet(IPV4, message)
                .queuedError(new QueuedError(113, QueuedError.Origin.ICMP, 3, 1, 0, Optional.of(router))));

        Unreachable outcome = channel.readInbound();
        assertThat(outcome.error().name()).isEqualTo("host_unreachable");
        assertThat(outcome.error().from()).contains(router);
        channel.finishAndReleaseAll();
    }

    @Test
    void bytesOfAProbeAreTheSameInEveryRunWithTheSameSecret() {
        EmbeddedChannel channel = channel(SocketKind.IPV4_DGRAM);
        byte[] message =
                send(channel, IPV4, ProbeOptions.builder().payloadBytes(20).build());

        long token = new ProbeToken(FakeIcmpChannel.SECRET_HIGH, FakeIcmpChannel.SECRET_LOW).of(0, IPV4.low(), 0, 1);
        ByteBuf expected = Unpooled.buffer()
                .writeBytes(new byte[] {8, 0, 0, 0, 0x12, 0x34, 0, 0}) // type, code, checksum, identifier, sequence
                .writeLong(token)
                .writeInt(0) // slot
                .writeInt(1) // generation
                .writeBytes(new byte[] {16, 17, 18, 19}); // pattern
        assertThat(message).isEqualTo(ByteBufUtil.getBytes(expected));
        channel.finishAndReleaseAll();
    }
}
