package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.QueuedError.Origin;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: one message a packet, no exception, nothing leaked. */
class DecoderRobustnessTest {

    private static final int PACKETS = 200_000;

    /** Fixed, so that a failure comes back. */
    private static final long SEED = 792_4443;

    private static final byte[] PAYLOAD = Packets.hex("000102030405060708090a0b0c0d0e0f1011121314151617");
    private static final byte[] REQUEST_V4 = Packets.concat(Packets.hex("0800 0000 1234 5678"), PAYLOAD);
    private static final byte[] REQUEST_V6 = Packets.concat(Packets.hex("8000 0000 1234 5678"), PAYLOAD);
    private static final byte[] QUOTE_V4 = Packets.ipv4(Packets.US, Packets.TARGET, REQUEST_V4);
    private static final byte[] QUOTE_V6 = Packets.ipv6(
            Packets.US_V6,
            Packets.TARGET_V6,
            Ipv6Header.HOP_BY_HOP,
            Packets.concat(Packets.hex("2c00 0104 00000000 3a00 0001 deadbeef"), REQUEST_V6));

    private static final List<byte[]> SEEDS_V4 = List.of(
            REQUEST_V4,
            Packets.concat(Packets.hex("0000 0000 1234 5678"), PAYLOAD),
            Packets.concat(Packets.hex("0304 0000 000005dc"), QUOTE_V4),
            Packets.concat(Packets.hex("0b00 0000 00200000"), QUOTE_V4, new byte[100]),
            Packets.concat(Packets.hex("0c00 0000 14000000"), QUOTE_V4),
            Packets.concat(Packets.hex("0501 0000 c63364fe"), QUOTE_V4));

    private static final List<byte[]> SEEDS_V6 = List.of(
            REQUEST_V6,
            Packets.concat(Packets.hex("8100 0000 1234 5678"), PAYLOAD),
            Packets.concat(Packets.hex("0103 0000 00000000"), QUOTE_V6),
            Packets.concat(Packets.hex("0200 0000 00000500"), QUOTE_V6),
            Packets.concat(Packets.hex("0300 0000 10000000"), QUOTE_V6, new byte[100]),
            Packets.concat(Packets.hex("0401 0000 00000006"), QUOTE_V6));

    private static final List<Origin> ORIGINS = List.of(Origin.values());
    private static final List<SocketKind> KINDS = List.of(SocketKind.values());

    private final Random random = new Random(SEED);

    private byte[] mutated(byte[] bytes) {
        byte[] copy = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 9)) : bytes.clone();
        for (int changes = random.nextInt(4); changes > 0 && copy.length > 0; changes--) {
            // Mostly headers: that is where lengths and types are.
            int index = random.nextInt(random.nextBoolean() ? copy.length : Math.min(copy.length, 64));
            copy[index] = (byte) (random.nextBoolean() ? random.nextInt() : copy[index] ^ 1 << random.nextInt(8));
        }
        return copy;
    }

    /** Half of the messages get the right checksum after their mutation, or hardly one would be read further. */
    private byte[] rawV4(byte[] seed) {
        byte[] icmp = mutated(seed);
        boolean right = icmp.length >= IcmpHeader.BYTES && random.nextBoolean();
        byte[] packet = Packets.ipv4(Packets.ROUTER, Packets.US, right ? Packets.checksummed(icmp) : icmp);
        return right && random.nextBoolean() ? packet : mutated(packet);
    }

    private IcmpPacket packet(SocketKind kind) {
        boolean v4 = kind.family() == IpFamily.IPV4;
        IpAddress peer = v4 ? Packets.TARGET : new IpAddress(0xfe80L << 48, 7, 2);
        List<byte[]> seeds = v4 ? SEEDS_V4 : SEEDS_V6;
        byte[] seed = seeds.get(random.nextInt(seeds.size()));
        if (random.nextInt(5) == 0) {
            Origin origin = ORIGINS.get(random.nextInt(ORIGINS.size()));
            QueuedError error = new QueuedError(
                    113, origin, random.nextInt(16), random.nextInt(256), random.nextInt(), Optional.empty());
            return buffered(mutated(v4 ? REQUEST_V4 : REQUEST_V6), peer).queuedError(error);
        }
        IcmpPacket packet = buffered(kind.deliversIpHeader() ? rawV4(seed) : mutated(seed), peer);
        return random.nextInt(50) == 0 ? packet.markTruncated() : packet;
    }

    /** No spare capacity, so that a read beyond the packet throws; but Netty's empty buffer would count nothing. */
    private static IcmpPacket buffered(byte[] bytes, IpAddress peer) {
        return IcmpPacket.of(Unpooled.buffer(Math.max(1, bytes.length)).writeBytes(bytes), peer);
    }

    @Test
    void everyMutatedPacketBecomesOneMessageAndIsReleased() {
        Map<SocketKind, EmbeddedChannel> channels = new EnumMap<>(SocketKind.class);
        for (SocketKind kind : KINDS) {
            channels.put(kind, new EmbeddedChannel(new IcmpDecoder(kind)));
        }
        int echoes = 0;
        int quotes = 0;
        int undecodable = 0;
        for (int i = 0; i < PACKETS; i++) {
            SocketKind kind = KINDS.get(i % KINDS.size());
            IcmpPacket packet = packet(kind);
            ByteBuf content = packet.content();
            EmbeddedChannel channel = channels.get(kind);

            channel.writeInbound(packet);

            IcmpMessage message = channel.readInbound();
            assertThat(channel.inboundMessages()).isEmpty();
            if (message instanceof EchoMessage echo) {
                echoes++;
                assertThat(content.refCnt()).isEqualTo(1);
                assertThat(echo.payload().readableBytes()).isBetween(0, content.capacity() - IcmpHeader.BYTES);
            } else if (message instanceof IcmpError error) {
                assertThat(error.name()).matches("[a-z0-9_]+");
                quotes += error.quote().isPresent() ? 1 : 0;
            } else if (message instanceof UndecodablePacket) {
                undecodable++;
            }
            message.release();
            assertThat(content.refCnt()).isZero();
        }
        channels.values().forEach(EmbeddedChannel::finish);
        // The mutations are worth something only if they reach every branch.
        assertThat(echoes).isGreaterThan(PACKETS / 10);
        assertThat(quotes).isGreaterThan(PACKETS / 10);
        assertThat(undecodable).isGreaterThan(PACKETS / 20);
    }

    @Test
    void randomBytesBecomeOneMessageEach() {
        for (SocketKind kind : KINDS) {
            EmbeddedChannel channel = new EmbeddedChannel(new IcmpDecoder(kind));
            for (int i = 0; i < 10_000; i++) {
                byte[] bytes = new byte[random.nextInt(120)];
                random.nextBytes(bytes);
                if (bytes.length >= 12 && kind.deliversIpHeader()) {
                    ByteBuffer.wrap(bytes).put(0, (byte) 0x45).put(Ipv4Layout.PROTOCOL, (byte) 1);
                }
                channel.writeInbound(buffered(bytes, Packets.TARGET));
                IcmpMessage message = channel.readInbound();
                assertThat(message).isNotNull();
                message.release();
            }
            channel.finish();
        }
    }
}
