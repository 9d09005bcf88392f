package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Optional;

/**
 * Reads what an error quotes. Returns empty for anything that is not surely the beginning of an echo request. A
 * stranger writes the quote, so every length in it is checked against what arrived.
 */
final class QuoteDecoder {

    private QuoteDecoder() {}

    /**
     * Reads the quote of an ICMP error that arrived as an ordinary packet.
     *
     * @param packet holds the error
     * @param start  index of the quote
     * @param end    index after the quote
     */
    static Optional<Quote> ofError(IcmpPacket packet, IpFamily family, int start, int end) {
        ByteBuf buffer = packet.content();
        return family == IpFamily.IPV4 ? ofIpv4(buffer, start, end) : ofIpv6(buffer, start, end, packet.peerScopeId());
    }

    /**
     * Reads the quote of an entry of the error queue: no IP header, and the peer is the destination. Sockets that send
     * IP headers of their own ({@code IP_HDRINCL}) get the header too.
     *
     * @param end index after the quote
     */
    static Optional<Quote> ofQueued(IcmpPacket packet, IpFamily family, int end) {
        ByteBuf buffer = packet.content();
        int start = buffer.readerIndex();
        if (beginsWithIpHeader(buffer, family, start, end)) {
            return ofError(packet, family, start, end);
        }
        return isEchoRequest(buffer, family, start, end)
                ? Optional.of(quote(buffer, start, end, packet.peer(), Optional.empty()))
                : Optional.empty();
    }

    /** Tells an IP header from an ICMP header of an echo request, whose first byte is 8 or 128. */
    static boolean beginsWithIpHeader(ByteBuf buffer, IpFamily family, int start, int end) {
        int version = family == IpFamily.IPV4 ? Ipv4Layout.VERSION : Ipv6Header.VERSION;
        return end > start && buffer.getUnsignedByte(start) >>> Ipv4Layout.VERSION_SHIFT == version;
    }

    private static Optional<Quote> ofIpv4(ByteBuf buffer, int start, int end) {
        if (!Ipv4Layout.isIcmp(buffer, start, end) || Ipv4Layout.isLaterFragment(buffer, start)) {
            return Optional.empty();
        }
        int icmp = start + Ipv4Layout.bytes(buffer, start);
        if (!isEchoRequest(buffer, IpFamily.IPV4, icmp, end)) {
            return Optional.empty();
        }
        IpAddress source = IpAddress.ofIpv4(buffer.getInt(start + Ipv4Layout.SOURCE));
        IpAddress destination = IpAddress.ofIpv4(buffer.getInt(start + Ipv4Layout.DESTINATION));
        int cut = cutPadding(icmp, end, start + Ipv4Layout.totalBytes(buffer, start));
        return Optional.of(quote(buffer, icmp, cut, destination, Optional.of(source)));
    }

    private static Optional<Quote> ofIpv6(ByteBuf buffer, int start, int end, int scopeId) {
        if (!Ipv6Header.isWhole(buffer, start, end)) {
            return Optional.empty();
        }
        int next = buffer.getUnsignedByte(start + Ipv6Header.NEXT_HEADER);
        int icmp = start + Ipv6Header.BYTES;
        while (next != Ipv6Header.ICMPV6) {
            if (end - icmp < Ipv6Header.EXTENSION_MIN_BYTES) {
                return Optional.empty();
            }
            int bytes;
            switch (next) {
                case Ipv6Header.HOP_BY_HOP, Ipv6Header.ROUTING, Ipv6Header.DESTINATION_OPTIONS ->
                    bytes = Ipv6Header.extensionBytes(buffer, icmp);
                case Ipv6Header.FRAGMENT -> {
                    if (Ipv6Header.isLaterFragment(buffer, icmp)) {
                        return Optional.empty();
                    }
                    bytes = Ipv6Header.EXTENSION_MIN_BYTES;
                }
                default -> {
                    return Optional.empty();
                }
            }
            next = buffer.getUnsignedByte(icmp + Ipv6Header.EXTENSION_NEXT_HEADER);
            icmp += bytes;
        }
        if (!isEchoRequest(buffer, IpFamily.IPV6, icmp, end)) {
            return Optional.empty();
        }
        IpAddress source = ipv6Address(buffer, start + Ipv6Header.SOURCE, scopeId);
        IpAddress destination = ipv6Address(buffer, start + Ipv6Header.DESTINATION, scopeId);
        if (destination.family() != IpFamily.IPV6 || source.family() != IpFamily.IPV6) {
            // Our packets never have a mapped address, and here it would be taken for an IPv4 target.
            return Optional.empty();
        }
        int cut = cutPadding(icmp, end, start + Ipv6Header.totalBytes(buffer, start));
        return Optional.of(quote(buffer, icmp, cut, destination, Optional.of(source)));
    }

    /** Tells whether a whole ICMP header of an echo request lies between two indexes. */
    private static boolean isEchoRequest(ByteBuf buffer, IpFamily family, int start, int end) {
        return end - start >= IcmpHeader.BYTES
                && IcmpType.of(family, buffer.getUnsignedByte(start + IcmpHeader.TYPE)) == IcmpType.ECHO_REQUEST;
    }

    /**
     * Returns where the quoted packet ends by its own length, if that is possible. If not, the length is ignored but
     * the quote is used: some nodes quote the length after they have changed it.
     */
    private static int cutPadding(int icmp, int end, int claimed) {
        return claimed < icmp + IcmpHeader.BYTES ? end : Math.min(end, claimed);
    }

    /** Returns an address; a link-local one is taken to be on the link by which the error came. */
    private static IpAddress ipv6Address(ByteBuf buffer, int index, int scopeId) {
        long high = buffer.getLong(index);
        // fe80::/10, RFC 4291, section 2.5.6; ff02::/16, section 2.7.
        boolean linkLocal = high >>> 54 == 0xfe80 >>> 6 || high >>> 48 == 0xff02;
        return new IpAddress(high, buffer.getLong(index + Long.BYTES), linkLocal ? scopeId : 0);
    }

    private static Quote quote(ByteBuf buffer, int icmp, int end, IpAddress destination, Optional<IpAddress> source) {
        int payload = icmp + IcmpHeader.BYTES;
        return new Quote(
                destination,
                source,
                buffer.getUnsignedByte(icmp + IcmpHeader.TYPE),
                buffer.getUnsignedShort(icmp + IcmpHeader.IDENTIFIER),
                buffer.getUnsignedShort(icmp + IcmpHeader.SEQUENCE),
                ByteBufUtil.getBytes(buffer, payload, end - payload));
    }
}
