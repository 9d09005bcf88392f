package io.github.nettyping.internal.engine;

import io.github.nettyping.channel.IcmpChannelConfig;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.internal.linux.SkBuff;

/** How much of a receive buffer replies take, and how large one can be. Stateless. */
final class ReceiveBuffer {

    /** Up to this size a reply is small: the kernel has 256 bytes for it in memory for small heads. */
    private static final int SMALL_PAYLOAD_BYTES = 128;

    /** {@code sizeof(struct sk_buff)}, and head room and {@code skb_shared_info} beside the data, rounded up. */
    private static final int SKB_BYTES = 256;

    private static final int OVERHEAD_BYTES = 512;

    /** ICMP header, and an IPv4 header with all its options. */
    private static final int HEADER_BYTES = 8 + 60;

    /** What surely comes in one piece, Ethernet's 1,500 bytes without the headers of either family. */
    private static final int WHOLE_PAYLOAD_BYTES = 1_500 - 20 - 8;

    /** The least data of a fragment on links as narrow as IPv6 permits: 1,280 bytes, in IPv6 with two headers. */
    private static final int FRAGMENT_BYTES = 1_280 - 40 - 8;

    /** The memory of a fragment: sizes are powers of two, so anything above 1,024 bytes takes 2,048. */
    private static final int FRAGMENT_BUFFER_BYTES = SKB_BYTES + 2_048;

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
        int whole = SKB_BYTES + allocated;
        if (payloadBytes <= WHOLE_PAYLOAD_BYTES) {
            return whole;
        }
        // The kernel puts fragments together without copying them.
        int fragments = (8 + payloadBytes + FRAGMENT_BYTES - 1) / FRAGMENT_BYTES;
        return Math.max(whole, fragments * FRAGMENT_BUFFER_BYTES);
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
