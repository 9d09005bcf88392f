package io.github.nettyping.correlation;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.buffer.ByteBuf;

/**
 * What stands in the payload of a probe, in network order, at named offsets. A payload too short for the authenticated
 * part is filler alone. Safe for use by many threads.
 *
 * <pre>
 *  0  token       64 bits, see {@link ProbeToken}
 *  8  slot        32 bits, index into the {@link SlotTable}
 * 12  generation  32 bits, which try of which probe in that slot
 * 16  filler      see {@link PayloadFiller}; of a flow, the first two bytes are {@link FlowChecksum}'s
 * </pre>
 */
final class EchoPayload {

    static final int TOKEN = 0;
    static final int SLOT = 8;
    static final int GENERATION = 12;
    static final int FILLER = ProbeOptions.MIN_VERIFIED_PAYLOAD_BYTES;

    private EchoPayload() {}

    /** Returns the capacity of a buffer for a payload of this size with {@link EchoRequest#HEADROOM}. */
    static int capacity(int payloadBytes) {
        return EchoRequest.HEADROOM + payloadBytes;
    }

    /** Fills a buffer, whatever it held. The bytes of a flow's checksum are filler as yet. */
    static void write(ByteBuf payload, ProbeOptions options, long token, int slot, int generation) {
        int start = EchoRequest.HEADROOM;
        int payloadBytes = options.payloadBytes();
        payload.setIndex(start, start + payloadBytes);
        int from = 0;
        if (payloadBytes >= FILLER) {
            payload.setLong(start + TOKEN, token);
            payload.setInt(start + SLOT, slot);
            payload.setInt(start + GENERATION, generation);
            from = FILLER;
        }
        PayloadFiller filler = options.filler();
        int offset = from;
        for (; offset + Long.BYTES <= payloadBytes; offset += Long.BYTES) {
            payload.setLong(start + offset, filler.eightBytes(offset, from, token));
        }
        if (offset < payloadBytes) {
            long last = filler.eightBytes(offset, from, token);
            for (; offset < payloadBytes; offset++) {
                payload.setByte(start + offset, byteOf(last, offset));
            }
        }
    }

    /** Returns a byte of eight, by its offset in the payload: groups of eight begin at multiples of 8. */
    private static byte byteOf(long eight, int offset) {
        return (byte) (eight >>> (Long.SIZE - Byte.SIZE * (1 + offset % Long.BYTES)));
    }

    /**
     * Tells whether the filler came back as it was sent; the authenticated part is the token's business, and the two bytes
     * of a flow's checksum are {@link FlowChecksum}'s.
     *
     * @param payload   what came back
     * @param options   of what was sent
     * @param token     of the packet that was sent
     * @param truncated whether we, not the network, cut off the end
     */
    static boolean isIntact(ByteBuf payload, ProbeOptions options, long token, boolean truncated) {
        int bytes = payload.readableBytes();
        int sentBytes = options.payloadBytes();
        if (bytes != sentBytes && !(truncated && bytes < sentBytes)) {
            return false;
        }
        PayloadFiller filler = options.filler();
        int start = payload.readerIndex();
        int from = sentBytes < FILLER ? 0 : FILLER;
        int offset = from;
        long ignored = options.flowChecksum().isPresent() ? FlowChecksum.MASK : 0;
        for (; offset + Long.BYTES <= bytes; offset += Long.BYTES) {
            long difference = payload.getLong(start + offset) ^ filler.eightBytes(offset, from, token);
            if ((difference & ~ignored) != 0) {
                return false;
            }
            ignored = 0;
        }
        if (offset < bytes) {
            long last = filler.eightBytes(offset, from, token);
            for (; offset < bytes; offset++) {
                boolean same = payload.getByte(start + offset) == byteOf(last, offset);
                if (!same && byteOf(ignored, offset) == 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
