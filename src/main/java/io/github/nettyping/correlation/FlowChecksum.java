package io.github.nettyping.correlation;

import io.github.nettyping.codec.InternetChecksum;
import io.github.nettyping.packet.IpFamily;
import io.netty.buffer.ByteBuf;

/**
 * Two bytes of a payload that make the ICMP checksum what it shall be, whatever the rest is. Routers that spread packets
 * over several ways take the first four bytes behind the IP header for port numbers: of an echo request, type, code and
 * checksum. Stateless.
 *
 * @see <a href="https://doi.org/10.1145/1177080.1177100">Augustin et al., Avoiding traceroute anomalies with Paris
 *     traceroute</a>, IMC 2006, section 4
 */
final class FlowChecksum {

    /** Which of the first eight bytes of filler they are. */
    static final long MASK = 0xffff_0000_0000_0000L;

    /** Types of an echo request, in the first of the message's bytes. RFC 792 and RFC 4443, section 4.1. */
    private static final int ECHO_REQUEST = 8;

    private static final int ECHO_REQUEST_IPV6 = 128;

    private FlowChecksum() {}

    /** Sets the two bytes in a payload that is complete but for them. */
    static void write(ByteBuf payload, IpFamily family, int identifier, int sequence, int checksum) {
        int place = payload.readerIndex() + EchoPayload.FILLER;
        payload.setShort(place, 0);
        payload.setShort(place, missing(payload, family, identifier, sequence, checksum));
    }

    /** Tells whether the two bytes came back as they were sent, if everything else did. */
    static boolean isIntact(ByteBuf payload, IpFamily family, int identifier, int sequence, int checksum) {
        // The sum of everything is the complement of the checksum; with it, the sum is all ones.
        return add(sumOf(payload, family, identifier, sequence), checksum) == 0xffff;
    }

    private static int missing(ByteBuf payload, IpFamily family, int identifier, int sequence, int checksum) {
        int sum = add(sumOf(payload, family, identifier, sequence), checksum);
        return ~sum & 0xffff;
    }

    /** Returns the one's complement sum of the message without its checksum. */
    private static int sumOf(ByteBuf payload, IpFamily family, int identifier, int sequence) {
        int type = family == IpFamily.IPV4 ? ECHO_REQUEST : ECHO_REQUEST_IPV6;
        int sum = ~InternetChecksum.of(payload, payload.readerIndex(), payload.readableBytes()) & 0xffff;
        return add(add(add(sum, type << 8), identifier), sequence);
    }

    private static int add(int one, int other) {
        int sum = one + other;
        return (sum & 0xffff) + (sum >>> 16);
    }
}
