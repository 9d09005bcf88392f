package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.QueuedError.Origin;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Makes packets that are almost right. Checksums are mostly repaired after the mutation, or hardly a packet would be
 * read any further.
 */
final class PacketMutator {

    private static final byte[] PAYLOAD = Packets.hex("000102030405060708090a0b0c0d0e0f1011121314151617");
    private static final byte[] REQUEST_V4 = Packets.concat(Packets.hex("0800 0000 1234 5678"), PAYLOAD);
    private static final byte[] REQUEST_V6 = Packets.concat(Packets.hex("8000 0000 1234 5678"), PAYLOAD);
    private static final byte[] QUOTE_V4 = Packets.ipv4(Packets.US, Packets.TARGET, REQUEST_V4);
    private static final byte[] QUOTE_V6 = Packets.ipv6(
            Packets.US_V6,
            Packets.TARGET_V6,
            Ipv6Header.HOP_BY_HOP,
            Packets.concat(Packets.hex("2c00 0104 00000000 3a00 0001 deadbeef"), REQUEST_V6));

    /** Every object there is. */
    private static final byte[] STRUCTURE = Packets.structure(
            Packets.object(1, 1, Packets.hex("186a0afe fffff f01")),
            Packets.object(2, 0x8f, Packets.hex("0000000c 0001 0000 c0000207 08 65746830000000 000005dc")),
            Packets.object(2, 0x46, Packets.hex("0002 0000 20010db8000000000000000000000007 08 65746830000000")),
            Packets.object(3, 1, Packets.hex("6574683000000000")),
            Packets.object(3, 2, Packets.hex("0000000c")),
            Packets.object(3, 3, Packets.hex("0002 10 00 20010db8000000000000000000000007")),
            Packets.object(3, 3, Packets.hex("4005 06 00 0200112233440000")),
            Packets.object(4, 1, Packets.hex("0000002a")));

    private static final byte[] PROBE = Packets.structure(Packets.object(3, 3, Packets.hex("0001 04 00 c0000201")));

    private static final List<byte[]> HEADERS = List.of(
            Packets.hex("45 00 0000 0000 4000 3f 01 0000 c6336401 c0000201"),
            Packets.hex("46 00 0000 0000 0000 3f 01 0000 c6336401 c0000201 94040000"),
            Packets.hex(
                    "4b 00 0000 0000 0000 3f 01 0000 c6336401 c0000201 01 07 0b 0c c0000201 c0000202 44 0c 0d 10",
                    "00000001 80000002"),
            Packets.hex(
                    "4d 00 0000 0000 0000 3f 01 0000 c6336401 c0000201 01 83 0b 04 c0000201 c0000202 44 14 0d 01",
                    "c0000201 00000001 c0000202 00000002"));

    /** A message, and where its extension structure begins; 0 if it has none. */
    private static final class Seed {

        private final byte[] icmp;
        private final int structure;

        Seed(byte[] icmp, int structure) {
            this.icmp = icmp;
            this.structure = structure;
        }

        static Seed of(byte[]... parts) {
            return new Seed(Packets.concat(parts), 0);
        }

        static Seed extended(String header, byte[] quote, int quoteBytes, byte[] structure) {
            byte[] start = Packets.concat(Packets.hex(header), Arrays.copyOf(quote, quoteBytes));
            return new Seed(Packets.concat(start, structure), start.length);
        }
    }

    private static final List<Seed> SEEDS_V4 = List.of(
            Seed.of(REQUEST_V4),
            Seed.of(Packets.hex("0000 0000 1234 5678"), PAYLOAD),
            Seed.of(Packets.hex("0304 0000 000005dc"), QUOTE_V4),
            Seed.of(Packets.hex("0b00 0000 00200000"), QUOTE_V4, new byte[100]),
            Seed.of(Packets.hex("0c00 0000 14000000"), QUOTE_V4),
            Seed.of(Packets.hex("0501 0000 c63364fe"), QUOTE_V4),
            Seed.of(Packets.hex("0400 0000 00000000"), QUOTE_V4),
            Seed.extended("0b00 0000 00200000", QUOTE_V4, 128, STRUCTURE),
            Seed.extended("0b00 0000 00000000", QUOTE_V4, 128, STRUCTURE),
            Seed.extended("0304 0000 002405dc", QUOTE_V4, 144, STRUCTURE),
            Seed.of(Packets.hex("0d00 0000 1234 5678 00000001 00000002 80000003")),
            Seed.of(Packets.hex("0e00 0000 1234 5678 00000001 00000002 80000003")),
            Seed.extended("2a00 0000 1234 5601", new byte[0], 0, PROBE),
            Seed.of(Packets.hex("2b00 0000 1234 5647"), PROBE));

    private static final List<Seed> SEEDS_V6 = List.of(
            Seed.of(REQUEST_V6),
            Seed.of(Packets.hex("8100 0000 1234 5678"), PAYLOAD),
            Seed.of(Packets.hex("0103 0000 00000000"), QUOTE_V6),
            Seed.of(Packets.hex("0200 0000 00000500"), QUOTE_V6),
            Seed.of(Packets.hex("0300 0000 10000000"), QUOTE_V6, new byte[100]),
            Seed.of(Packets.hex("0401 0000 00000006"), QUOTE_V6),
            Seed.extended("0300 0000 10000000", QUOTE_V6, 128, STRUCTURE),
            Seed.extended("0300 0000 00000000", QUOTE_V6, 128, STRUCTURE),
            Seed.extended("0103 0000 12000000", QUOTE_V6, 144, STRUCTURE),
            Seed.extended("a000 0000 1234 5601", new byte[0], 0, PROBE),
            Seed.of(Packets.hex("a104 0000 1234 5647"), PROBE));

    private static final List<Origin> ORIGINS = List.of(Origin.values());

    private final Random random;
    private long repaired;

    PacketMutator(long seed) {
        this.random = new Random(seed);
    }

    /** Returns how many packets got the right ICMP checksum after their mutation. */
    long repaired() {
        return repaired;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private byte[] mutated(byte[] bytes) {
        byte[] copy = oneIn(6) ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 9)) : bytes.clone();
        for (int changes = random.nextInt(4); changes > 0 && copy.length > 0; changes--) {
            // Mostly the first bytes: that is where lengths and types are.
            int index = random.nextInt(random.nextBoolean() ? copy.length : Math.min(copy.length, 64));
            copy[index] = (byte) (random.nextBoolean() ? random.nextInt() : copy[index] ^ 1 << random.nextInt(8));
        }
        return copy;
    }

    private static void setChecksum(byte[] bytes, int start, int field) {
        ByteBuffer.wrap(bytes).putShort(field, (short) 0);
        int checksum = Packets.naiveChecksum(Arrays.copyOfRange(bytes, start, bytes.length));
        ByteBuffer.wrap(bytes).putShort(field, (short) checksum);
    }

    /** Returns a mutated message, the structure's checksum mostly repaired. */
    private byte[] message(Seed seed) {
        byte[] icmp = mutated(seed.icmp);
        if (seed.structure > 0 && icmp.length >= seed.structure + 4 && !oneIn(4)) {
            setChecksum(icmp, seed.structure, seed.structure + 2);
        }
        return icmp;
    }

    private byte[] withIpHeader(byte[] icmp) {
        byte[] header = HEADERS.get(random.nextInt(HEADERS.size())).clone();
        ByteBuffer.wrap(header).putShort(Ipv4Layout.TOTAL_LENGTH, (short) (header.length + icmp.length));
        if (oneIn(8)) {
            return mutated(Packets.concat(header, icmp));
        }
        for (int changes = random.nextInt(3); changes > 0 && header.length > Ipv4Layout.MIN_BYTES; changes--) {
            header[random.nextInt(Ipv4Layout.MIN_BYTES, header.length)] = (byte) random.nextInt();
        }
        return Packets.concat(header, icmp);
    }

    private IcmpPacket queued(IpFamily family, IpAddress peer) {
        boolean v4 = family == IpFamily.IPV4;
        boolean withHeader = oneIn(4);
        byte[] quote = Arrays.copyOf(v4 ? QUOTE_V4 : QUOTE_V6, 128);
        // Without options and extension headers.
        int header = v4 ? 20 : 60;
        byte[] whole = withHeader ? quote : Arrays.copyOfRange(quote, header, 128);
        boolean extended = random.nextBoolean();
        Seed seed = extended
                ? new Seed(Packets.concat(whole, STRUCTURE), whole.length)
                : Seed.of(random.nextBoolean() ? whole : Arrays.copyOf(whole, 8 + random.nextInt(24)));
        Origin origin = oneIn(4) ? ORIGINS.get(random.nextInt(ORIGINS.size())) : v4 ? Origin.ICMP : Origin.ICMPV6;
        OptionalInt offset = extended && random.nextBoolean()
                ? OptionalInt.of(oneIn(4) ? random.nextInt() >>> random.nextInt(32) : whole.length)
                : OptionalInt.empty();
        QueuedError error = new QueuedError(
                113, origin, random.nextInt(16), random.nextInt(256), random.nextInt(), Optional.empty(), offset);
        return buffered(message(seed), peer).queuedError(error);
    }

    /** Returns a packet as a socket could deliver it, or almost. */
    IcmpPacket packet(SocketKind kind) {
        boolean v4 = kind.family() == IpFamily.IPV4;
        IpAddress peer = v4 ? Packets.TARGET : new IpAddress(0xfe80L << 48, 7, 2);
        if (oneIn(4)) {
            return queued(kind.family(), peer);
        }
        List<Seed> seeds = v4 ? SEEDS_V4 : SEEDS_V6;
        byte[] icmp = message(seeds.get(random.nextInt(seeds.size())));
        if (icmp.length >= IcmpHeader.BYTES && !oneIn(6)) {
            setChecksum(icmp, 0, IcmpHeader.CHECKSUM);
            repaired++;
        }
        IcmpPacket packet = buffered(kind.deliversIpHeader() ? withIpHeader(icmp) : icmp, peer);
        return oneIn(50) ? packet.markTruncated() : packet;
    }

    /** Returns a packet of random bytes, of which the first ones may look like a header. */
    IcmpPacket noise(SocketKind kind) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length >= Ipv4Layout.MIN_BYTES && kind.deliversIpHeader()) {
            ByteBuffer.wrap(bytes).put(0, (byte) 0x45).put(Ipv4Layout.PROTOCOL, (byte) 1);
            setChecksum(bytes, 20, Math.min(bytes.length - 2, 22));
        }
        return buffered(bytes, Packets.TARGET);
    }

    /** No spare capacity, so that a read beyond the packet throws; but Netty's empty buffer would count nothing. */
    private static IcmpPacket buffered(byte[] bytes, IpAddress peer) {
        return IcmpPacket.of(Unpooled.buffer(Math.max(1, bytes.length)).writeBytes(bytes), peer);
    }
}
