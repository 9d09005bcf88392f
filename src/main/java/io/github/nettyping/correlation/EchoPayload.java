package io.github.nettyping.correlation;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * What stands in the payload of a probe, in network order, at named offsets. A payload too short for the authenticated
 * part is the pattern alone. Safe for use by many threads.
 *
 * <pre>
 *  0  token       64 bits, see {@link ProbeToken}
 *  8  slot        32 bits, index into the {@link SlotTable}
 * 12  generation  32 bits, which try of which probe in that slot
 * 16  pattern     each byte is its own offset, modulo 256
 * </pre>
 */
final class EchoPayload {

    static final int TOKEN = 0;
    static final int SLOT = 8;
    static final int GENERATION = 12;
    static final int PATTERN = ProbeOptions.MIN_VERIFIED_PAYLOAD_BYTES;

    /** The longest payload there can be, every byte its own offset. Direct, so that copying it is one memory copy. */
    private static final ByteBuf WHOLE_PATTERN = Unpooled.unreleasableBuffer(newPattern());

    private EchoPayload() {}

    private static ByteBuf newPattern() {
        ByteBuf pattern = Unpooled.directBuffer(ProbeOptions.MAX_PAYLOAD_BYTES, ProbeOptions.MAX_PAYLOAD_BYTES);
        for (int i = 0; i < ProbeOptions.MAX_PAYLOAD_BYTES; i++) {
            pattern.writeByte(i);
        }
        return pattern.asReadOnly();
    }

    /** Returns a payload with {@link EchoRequest#HEADROOM}, which the caller owns. */
    static ByteBuf write(ByteBufAllocator allocator, int payloadBytes, long token, int slot, int generation) {
        int start = EchoRequest.HEADROOM;
        ByteBuf payload = allocator.directBuffer(start + payloadBytes);
        payload.setIndex(start, start + payloadBytes);
        if (payloadBytes < PATTERN) {
            payload.setBytes(start, WHOLE_PATTERN, 0, payloadBytes);
            return payload;
        }
        payload.setLong(start + TOKEN, token);
        payload.setInt(start + SLOT, slot);
        payload.setInt(start + GENERATION, generation);
        payload.setBytes(start + PATTERN, WHOLE_PATTERN, PATTERN, payloadBytes - PATTERN);
        return payload;
    }

    /**
     * Tells whether the pattern came back as it was sent; the authenticated part is the token's business.
     *
     * @param payload   what came back
     * @param sentBytes length of the payload that was sent
     * @param truncated whether we, not the network, cut off the end
     */
    static boolean isIntact(ByteBuf payload, int sentBytes, boolean truncated) {
        int bytes = payload.readableBytes();
        if (bytes != sentBytes && !(truncated && bytes < sentBytes)) {
            return false;
        }
        int from = sentBytes < PATTERN ? 0 : Math.min(PATTERN, bytes);
        return ByteBufUtil.equals(payload, payload.readerIndex() + from, WHOLE_PATTERN, from, bytes - from);
    }
}
