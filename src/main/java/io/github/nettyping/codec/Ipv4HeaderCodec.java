package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Reads and writes IPv4 headers as values; the places of their fields are told by {@link Ipv4Layout}. */
final class Ipv4HeaderCodec {

    private Ipv4HeaderCodec() {}

    /** Reads the header at an index; empty if no whole one lies before {@code end}. */
    static Optional<Ipv4Header> read(ByteBuf buffer, int start, int end) {
        if (!Ipv4Layout.isWhole(buffer, start, end)) {
            return Optional.empty();
        }
        int fragment = buffer.getUnsignedShort(start + Ipv4Layout.FLAGS_AND_FRAGMENT_OFFSET);
        int options = start + Ipv4Layout.MIN_BYTES;
        return Optional.of(new Ipv4Header(
                buffer.getUnsignedByte(start + Ipv4Layout.TYPE_OF_SERVICE),
                buffer.getUnsignedShort(start + Ipv4Layout.IDENTIFICATION),
                (fragment & Ipv4Layout.DONT_FRAGMENT) != 0,
                (fragment & Ipv4Layout.MORE_FRAGMENTS) != 0,
                (fragment & Ipv4Layout.FRAGMENT_OFFSET_MASK) * Ipv4Layout.FRAGMENT_UNIT_BYTES,
                buffer.getUnsignedByte(start + Ipv4Layout.TTL),
                buffer.getUnsignedByte(start + Ipv4Layout.PROTOCOL),
                Optional.of(IpAddress.ofIpv4(buffer.getInt(start + Ipv4Layout.SOURCE))),
                IpAddress.ofIpv4(buffer.getInt(start + Ipv4Layout.DESTINATION)),
                new Ipv4Options(Octets.copyOf(buffer, options, start + Ipv4Layout.bytes(buffer, start)))));
    }

    /** Writes a header, which is known to fit, before a message; takes ownership of it. */
    static ByteBuf write(Ipv4Header header, ByteBuf message) {
        int headerBytes = header.headerBytes();
        ByteBuf packet = Headroom.before(message.alloc(), message, headerBytes);
        int start = packet.readerIndex() - headerBytes;
        int totalBytes = headerBytes + packet.readableBytes();
        packet.setByte(
                start + Ipv4Layout.VERSION_AND_LENGTH,
                Ipv4Layout.VERSION << Ipv4Layout.VERSION_SHIFT | headerBytes / Integer.BYTES);
        packet.setByte(start + Ipv4Layout.TYPE_OF_SERVICE, header.typeOfService());
        packet.setShort(start + Ipv4Layout.TOTAL_LENGTH, totalBytes);
        packet.setShort(start + Ipv4Layout.IDENTIFICATION, header.identification());
        packet.setShort(
                start + Ipv4Layout.FLAGS_AND_FRAGMENT_OFFSET,
                (header.dontFragment() ? Ipv4Layout.DONT_FRAGMENT : 0)
                        | (header.moreFragments() ? Ipv4Layout.MORE_FRAGMENTS : 0)
                        | header.fragmentOffsetBytes() / Ipv4Layout.FRAGMENT_UNIT_BYTES);
        packet.setByte(start + Ipv4Layout.TTL, header.ttl());
        packet.setByte(start + Ipv4Layout.PROTOCOL, header.protocol());
        packet.setShort(start + Ipv4Layout.HEADER_CHECKSUM, 0);
        packet.setInt(
                start + Ipv4Layout.SOURCE,
                header.source().map(IpAddress::ipv4Bits).orElse(0));
        packet.setInt(start + Ipv4Layout.DESTINATION, header.destination().ipv4Bits());
        packet.setBytes(start + Ipv4Layout.MIN_BYTES, header.options().octets().toByteArray());
        int checksum = InternetChecksum.of(packet, start, headerBytes);
        packet.setShort(start + Ipv4Layout.HEADER_CHECKSUM, checksum);
        return packet.readerIndex(start);
    }
}
