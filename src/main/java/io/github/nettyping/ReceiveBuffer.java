package io.github.nettyping;

import io.github.nettyping.channel.IcmpChannelConfig;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.internal.linux.SkBuff;

/** What replies take of a receive buffer, and how large one can be. Stateless. */
final class ReceiveBuffer {

    /** Up to here a reply is small: the kernel has 256 bytes for it in memory set aside for small heads. */
    private static final int SMALL_PAYLOAD_BYTES = 128;

    /** {@code sizeof(struct sk_buff)}, and head room and {@code skb_shared_info} beside the data, rounded up. */
    private static final int SKB_BYTES = 256;

    private static final int OVERHEAD_BYTES = 512;

    /** ICMP header, and an IPv4 header with all its options. */
    private static final int HEADER_BYTES = 8 + 60;

    private static final int MAX_PACKET_BYTES = 65_535;

    private ReceiveBuffer() {}

    /** Returns how many replies with a payload of this size fit, at least one. */
    static int repliesHeld(int grantedBytes, int payloadBytes) {
        return Math.max(1, grantedBytes / replyBytes(payloadBytes));
    }

    /** Returns what one reply with a payload of this size takes of the buffer. */
    static int replyBytes(int payloadBytes) {
        if (payloadBytes <= SMALL_PAYLOAD_BYTES) {
            return SkBuff.SMALL_PACKET_BYTES;
        }
        int data = HEADER_BYTES + payloadBytes + OVERHEAD_BYTES;
        // The kernel takes memory in powers of two.
        int allocated = Integer.highestOneBit(data - 1) << 1;
        return SKB_BYTES + allocated;
    }

    /** Returns the size of the largest packet that may come back for a payload of this size. */
    static int packetBytes(int payloadBytes) {
        return Math.min(MAX_PACKET_BYTES, HEADER_BYTES + payloadBytes);
    }

    /** Lets a channel read packets of this size whole. */
    static void fit(IcmpChannelConfig config, int packetBytes) {
        if (packetBytes > config.getOption(IcmpChannelOption.MAX_PACKET_BYTES)) {
            config.setOption(IcmpChannelOption.MAX_PACKET_BYTES, packetBytes);
        }
    }
}
