package io.github.nettyping.testing;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Cuts IP packets into fragments. Stateless but for the identification, which never rests. */
final class Fragments {

    /** RFC 791, section 3.1. */
    private static final int IPV4_MORE_FRAGMENTS = 0x2000;

    private static final AtomicInteger IDENTIFICATION = new AtomicInteger();

    private Fragments() {}

    /**
     * Sends a finished packet in fragments, the first one last, so that reassembly has to wait for it.
     *
     * @param packet    without options or extension headers
     * @param dataBytes what a fragment holds besides its IP headers, a multiple of 8
     * @param answers   where to send them
     */
    static void send(ByteBuffer packet, int dataBytes, Answers answers) {
        boolean ipv6 = Packets.isIpv6(packet);
        int header = ipv6 ? Packets.IPV6_HEADER_BYTES : Packets.IPV4_HEADER_BYTES;
        int identification = IDENTIFICATION.incrementAndGet();
        int count = Math.max(1, (packet.limit() - header + dataBytes - 1) / dataBytes);
        for (int i = count - 1; i >= 0; i--) {
            int offset = i * dataBytes;
            int length = Math.min(dataBytes, packet.limit() - header - offset);
            boolean more = i < count - 1;
            ByteBuffer fragment = answers.buffer();
            fragment.put(0, packet, 0, header);
            if (ipv6) {
                // RFC 8200, section 4.5: the fragment header is 8 bytes, the offset counts in units of 8 bytes.
                fragment.limit(header + 8 + length);
                fragment.put(6, (byte) Packets.FRAGMENT).putShort(4, (short) (8 + length));
                fragment.putShort(header, (short) (Packets.ICMPV6 << 8));
                fragment.putShort(header + 2, (short) (offset | (more ? 1 : 0)));
                fragment.putInt(header + 4, identification);
                fragment.put(header + 8, packet, header + offset, length);
            } else {
                fragment.limit(header + length);
                fragment.putShort(2, (short) (header + length)).putShort(4, (short) identification);
                fragment.putShort(6, (short) (offset / 8 | (more ? IPV4_MORE_FRAGMENTS : 0)));
                Packets.sumIpv4Header(fragment);
                fragment.put(header, packet, header + offset, length);
            }
            answers.send(fragment);
        }
    }
}
