package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes of packets, and what the decoder makes of them. */
final class Packets {

    static final IpAddress US = address("192.0.2.1");
    static final IpAddress TARGET = address("198.18.0.5");
    static final IpAddress ROUTER = address("198.51.100.1");
    static final IpAddress US_V6 = address("2001:db8::1");
    static final IpAddress TARGET_V6 = address("2001:db8:5::7");
    static final IpAddress ROUTER_V6 = address("2001:db8:ff::fe");

    private Packets() {}

    static IpAddress address(String text) {
        try {
            return IpAddress.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Returns bytes written in hexadecimal; blanks do not count. */
    static byte[] hex(String... parts) {
        return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
    }

    static byte[] concat(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    /** Returns the address as it stands in a header. */
    static byte[] bytes(IpAddress address) {
        return address.toInetAddress().getAddress();
    }

    static byte[] text(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    /** The checksum word by word, as RFC 1071, section 1 tells it; another way than the code under test goes. */
    static int naiveChecksum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0);
            if (sum > 0xffff) {
                sum = sum - 0x10000 + 1;
            }
        }
        return ~sum & 0xffff;
    }

    /** Returns the ICMP message with its checksum set. */
    static byte[] checksummed(byte[] icmp) {
        byte[] copy = icmp.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy);
        buffer.putShort(IcmpHeader.CHECKSUM, (short) 0);
        return buffer.putShort(IcmpHeader.CHECKSUM, (short) naiveChecksum(copy)).array();
    }

    /** Returns an IPv4 packet of 20 bytes header, as a router quotes it or a raw socket delivers it. */
    static byte[] ipv4(IpAddress source, IpAddress destination, byte[] icmp) {
        byte[] rest = hex("0000 4000", /* ttl, protocol ICMP */ "3f01", /* checksum, not ours to verify */ "0000");
        byte[] start = ByteBuffer.allocate(4)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + icmp.length))
                .array();
        return concat(start, rest, bytes(source), bytes(destination), icmp);
    }

    /** Returns an IPv6 packet; {@code next} names what {@code rest} begins with. */
    static byte[] ipv6(IpAddress source, IpAddress destination, int next, byte[] rest) {
        byte[] start = ByteBuffer.allocate(8)
                .putInt(6 << 28)
                .putShort((short) rest.length)
                .put((byte) next)
                .put((byte) 64)
                .array();
        return concat(start, bytes(source), bytes(destination), rest);
    }

    /** Returns an extension object: length, class, type, payload. RFC 4884, section 8. */
    static byte[] object(int classNumber, int type, byte[] payload) {
        byte[] header = ByteBuffer.allocate(4)
                .putShort((short) (4 + payload.length))
                .put((byte) classNumber)
                .put((byte) type)
                .array();
        return concat(header, payload);
    }

    /** Returns an extension structure with its checksum. RFC 4884, section 7. */
    static byte[] structure(byte[]... objects) {
        byte[] bytes = concat(hex("20 00 0000"), concat(objects));
        ByteBuffer.wrap(bytes).putShort(2, (short) naiveChecksum(bytes));
        return bytes;
    }

    /** Returns a packet as a socket of that kind would deliver the ICMP message. */
    static IcmpPacket delivered(SocketKind kind, IpAddress from, byte[] icmp) {
        return packet(from, kind.deliversIpHeader() ? ipv4(from, US, checksummed(icmp)) : icmp);
    }

    /** Returns a packet whose bytes do not begin at index 0, so that no code may take that for granted. */
    static IcmpPacket packet(IpAddress peer, byte[] bytes) {
        ByteBuf buffer = Unpooled.buffer(3 + bytes.length).writeZero(3).writeBytes(bytes);
        return IcmpPacket.of(buffer.skipBytes(3), peer);
    }

    /** Returns what the decoder makes of a packet; never null. */
    static IcmpMessage decode(SocketKind kind, IcmpPacket packet) {
        EmbeddedChannel channel = new EmbeddedChannel(new IcmpDecoder(kind));
        channel.writeInbound(packet);
        IcmpMessage message = channel.readInbound();
        channel.finish();
        return message;
    }

    static <T extends IcmpMessage> T decode(Class<T> type, SocketKind kind, IcmpPacket packet) {
        return type.cast(decode(kind, packet));
    }
}
