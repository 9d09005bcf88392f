package io.github.nettyping.correlation;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.buffer.ByteBuf;

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

    /** The first eight bytes of the pattern, and what to add for each byte of offset; no byte carries over. */
    private static final long PATTERN_START = 0x0001_0203_0405_0607L;

    private static final long PATTERN_STEP = 0x0101_0101_0101_0101L;

    private EchoPayload() {}

    /** Returns eight bytes of the pattern, from an offset that is a multiple of 8. */
    private static long patternAt(int offset) {
        return PATTERN_START + PATTERN_STEP * (offset & 0xff);
    }

    /** Returns the capacity of a buffer for a payload of this size with {@link EchoRequest#HEADROOM}. */
    static int capacity(int payloadBytes) {
        return EchoRequest.HEADROOM + payloadBytes;
    }

    /** Fills a buffer, whatever it held, and returns it. */
    static ByteBuf write(ByteBuf payload, int payloadBytes, long token, int slot, int generation) {
        int start = EchoRequest.HEADROOM;
        payload.setIndex(start, start + payloadBytes);
        if (payloadBytes < PATTERN) {
            writePattern(payload, start, 0, payloadBytes);
            return payload;
        }
        payload.setLong(start + TOKEN, token);
        payload.setInt(start + SLOT, slot);
        payload.setInt(start + GENERATION, generation);
        writePattern(payload, start, PATTERN, payloadBytes);
        return payload;
    }

    private static void writePattern(ByteBuf payload, int start, int from, int to) {
        int offset = from;
        for (; offset + Long.BYTES <= to; offset += Long.BYTES) {
            payload.setLong(start + offset, patternAt(offset));
        }
        for (; offset < to; offset++) {
            payload.setByte(start + offset, offset);
        }
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
        return isPattern(payload, payload.readerIndex(), sentBytes < PATTERN ? 0 : PATTERN, bytes);
    }

    private static boolean isPattern(ByteBuf payload, int start, int from, int to) {
        int offset = from;
        for (; offset + Long.BYTES <= to; offset += Long.BYTES) {
            if (payload.getLong(start + offset) != patternAt(offset)) {
                return false;
            }
        }
        for (; offset < to; offset++) {
            if (payload.getByte(start + offset) != (byte) offset) {
                return false;
            }
        }
        return true;
    }
}
