package io.github.nettyping.testing;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Hosts that reply: rightly, or as odd hosts do. Immutable; safe for use by many threads.
 *
 * <p>Lengths and checksums are made right after the change, unless they are the change.
 */
public final class Replies {

    private Replies() {}

    /** Changes an echo reply that stands in a buffer from index 0 to the limit. */
    @FunctionalInterface
    interface Change {
        void apply(ProbePacket probe, ByteBuffer reply);
    }

    /**
     * Returns a host that replies rightly.
     *
     * @return answers either family
     */
    public static Behaviour echo() {
        return changed((probe, reply) -> {});
    }

    /**
     * Returns a host that sends the same reply several times.
     *
     * @param copies 1 or more
     * @return answers either family
     */
    public static Behaviour duplicate(int copies) {
        return (probe, answers) -> {
            ByteBuffer reply = answers.buffer();
            write(probe, reply);
            Packets.finish(reply);
            for (int i = 0; i < copies; i++) {
                answers.send(reply);
            }
        };
    }

    /**
     * Returns a host that flips the bits of the last payload byte.
     *
     * @return answers either family; a probe of 16 payload bytes or fewer has nothing but its token to corrupt
     */
    public static Behaviour corruptPayload() {
        return changed((probe, reply) -> flip(reply, reply.limit() - 1));
    }

    /**
     * Returns a host that flips the bits of the first payload byte, where the token stands.
     *
     * @return answers either family
     */
    public static Behaviour wrongToken() {
        return changed((probe, reply) -> flip(reply, probe.icmpOffset() + 8));
    }

    /**
     * Returns a host that replies with zeros for data, as some do.
     *
     * @return answers either family
     */
    public static Behaviour zeroPayload() {
        return changed((probe, reply) -> {
            for (int i = probe.icmpOffset() + 8; i < reply.limit(); i++) {
                reply.put(i, (byte) 0);
            }
        });
    }

    /**
     * Returns a host that replies from another address than it was asked at.
     *
     * @param source of the probe's family, not one of the asking namespace's own (the kernel drops those)
     * @return answers one family
     */
    public static Behaviour wrongSource(InetAddress source) {
        byte[] address = source.getAddress();
        return changed((probe, reply) -> {
            if (probe.isIpv6() != (address.length == 16)) {
                throw new IllegalArgumentException("source: " + source + " (expected: the probe's family)");
            }
            reply.put(probe.isIpv6() ? 8 : 12, address);
        });
    }

    /**
     * Returns a host that replies under another identifier (its lowest bit flipped).
     *
     * @return answers either family
     */
    public static Behaviour wrongIdentifier() {
        return changed((probe, reply) -> reply.putShort(probe.icmpOffset() + 4, (short) (probe.identifier() ^ 1)));
    }

    /**
     * Returns a host that replies under another sequence number (its lowest bit flipped).
     *
     * @return answers either family
     */
    public static Behaviour wrongSequence() {
        return changed((probe, reply) -> reply.putShort(probe.icmpOffset() + 6, (short) (probe.sequence() ^ 1)));
    }

    /**
     * Returns a host that cuts the data.
     *
     * @param payloadBytes what is left of it, less than the probe's
     * @return answers either family
     */
    public static Behaviour truncate(int payloadBytes) {
        return changed((probe, reply) -> {
            if (payloadBytes >= probe.payloadBytes()) {
                throw new IllegalArgumentException(
                        "payloadBytes: " + payloadBytes + " (probe: " + probe.payloadBytes() + ")");
            }
            reply.limit(probe.icmpOffset() + 8 + payloadBytes);
        });
    }

    /**
     * Returns a host that appends bytes 0xee to the data.
     *
     * @param bytes how many
     * @return answers either family
     */
    public static Behaviour extend(int bytes) {
        return changed((probe, reply) -> {
            int end = reply.limit();
            reply.limit(end + bytes);
            for (int i = end; i < end + bytes; i++) {
                reply.put(i, (byte) 0xee);
            }
        });
    }

    /**
     * Returns a host that sends an ICMP message shorter than its header. An ICMP reply of fewer than 4 bytes has no
     * checksum.
     *
     * @param icmpBytes 0 to 7
     * @return answers either family; only a raw socket gets to see it
     */
    public static Behaviour shortMessage(int icmpBytes) {
        return changed((probe, reply) -> reply.limit(probe.icmpOffset() + icmpBytes));
    }

    /**
     * Returns a host that replies with a code, which should be 0.
     *
     * @param code 0 to 255
     * @return answers either family
     */
    public static Behaviour replyCode(int code) {
        return changed((probe, reply) -> reply.put(probe.icmpOffset() + 1, (byte) code));
    }

    /**
     * Returns a host that answers by another type of message in the form of an echo reply.
     *
     * @param type 0 to 255
     * @return answers either family
     */
    public static Behaviour replyType(int type) {
        return changed((probe, reply) -> reply.put(probe.icmpOffset(), (byte) type));
    }

    /**
     * Returns a host whose replies arrive with few hops left.
     *
     * @param hopLimit 0 to 255
     * @return answers either family
     */
    public static Behaviour hopLimit(int hopLimit) {
        return changed((probe, reply) -> reply.put(probe.isIpv6() ? 7 : 8, (byte) hopLimit));
    }

    /**
     * Returns a host whose replies have a wrong ICMP checksum.
     *
     * @return answers either family; only a raw IPv4 socket gets to see it
     */
    public static Behaviour badChecksum() {
        return changed((probe, reply) -> {}, (probe, reply) -> flip(reply, probe.icmpOffset() + 2));
    }

    /**
     * Returns a host whose replies carry 8 bytes of IP options: no-operations in IPv4, a destination option of
     * unknown kind, to be skipped, in IPv6.
     *
     * @return answers either family
     */
    public static Behaviour withIpOptions() {
        return changed((probe, reply) -> {
            reply.limit(reply.limit() + 8);
            Packets.insertOptions(reply, probe.icmpOffset());
        });
    }

    /**
     * Returns a host whose replies arrive in fragments.
     *
     * @param bytes what a fragment holds besides its IP headers, a multiple of 8
     * @return answers either family, first fragment last
     */
    public static Behaviour fragmented(int bytes) {
        if (bytes <= 0 || bytes % 8 != 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: a multiple of 8)");
        }
        return (probe, answers) -> {
            ByteBuffer reply = ByteBuffer.allocate(probe.length());
            write(probe, reply);
            Packets.finish(reply);
            Fragments.send(reply, bytes, answers);
        };
    }

    private static Behaviour changed(Change change) {
        return changed(change, (probe, reply) -> {});
    }

    private static Behaviour changed(Change before, Change after) {
        return (probe, answers) -> {
            ByteBuffer reply = answers.buffer();
            write(probe, reply);
            before.apply(probe, reply);
            Packets.finish(reply);
            after.apply(probe, reply);
            answers.send(reply);
        };
    }

    /** Writes the reply to a probe, lengths and checksums left to do. */
    private static void write(ProbePacket probe, ByteBuffer reply) {
        ByteBuffer bytes = probe.bytes();
        int icmp = probe.icmpOffset();
        boolean ipv6 = probe.isIpv6();
        reply.limit(probe.length());
        reply.put(0, bytes, 0, probe.length());
        if (ipv6) {
            reply.put(7, (byte) Packets.HOP_LIMIT);
        } else {
            // Type of service, identification, flags and offset; options stay, as a host returns them.
            reply.put(1, (byte) 0).putInt(4, 0).put(8, (byte) Packets.HOP_LIMIT);
        }
        reply.put(ipv6 ? 24 : 16, bytes, ipv6 ? 8 : 12, ipv6 ? 16 : 4);
        reply.put(ipv6 ? 8 : 12, bytes, ipv6 ? 24 : 16, ipv6 ? 16 : 4);
        reply.putShort(icmp, (short) (ipv6 ? 129 << 8 : 0));
    }

    private static void flip(ByteBuffer packet, int index) {
        packet.put(index, (byte) ~packet.get(index));
    }
}
