package io.github.nettyping.channel;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;

/**
 * Packets that bring their IPv4 header. Stateless.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/raw.7.html">raw(7)</a>, RFC 791, section 3.1
 */
final class CraftedPackets {

    private static final int MIN_HEADER_BYTES = 20;
    private static final int DESTINATION = 16;

    private CraftedPackets() {}

    /**
     * Returns normally if a packet begins with a whole IPv4 header that names its peer as the destination. The kernel
     * routes by the peer and sends the header. If they differed, the packet would reach a host that excludes and the
     * matching of errors, which look at peers, do not know.
     *
     * @throws IllegalArgumentException if it does not
     */
    static void requireHeader(IcmpPacket packet) {
        ByteBuf content = packet.content();
        if (headerBytes(content) == 0) {
            throw new IllegalArgumentException("a packet of " + content.readableBytes() + " bytes to " + packet.peer()
                    + " (expected: an IPv4 header at its beginning, as HEADER_INCLUDED says)");
        }
        IpAddress destination = IpAddress.ofIpv4(content.getInt(content.readerIndex() + DESTINATION));
        if (destination.low() != packet.peerLow()) {
            throw new IllegalArgumentException("a packet to " + packet.peer() + " whose header says " + destination
                    + " (expected: the same destination)");
        }
    }

    /** Returns the length of the IPv4 header that the bytes begin with, 0 if they do not begin with a whole one. */
    private static int headerBytes(ByteBuf content) {
        int readable = content.readableBytes();
        if (readable < MIN_HEADER_BYTES) {
            return 0;
        }
        int first = content.getUnsignedByte(content.readerIndex());
        int length = (first & 0xf) * Integer.BYTES;
        return first >> 4 == 4 && length >= MIN_HEADER_BYTES && length <= readable ? length : 0;
    }
}
