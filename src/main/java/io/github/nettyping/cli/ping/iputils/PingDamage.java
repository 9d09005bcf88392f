package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.buffer.ByteBuf;

/** What ping(8) of iputils says of data that came back otherwise than it was sent. Stateless. */
public final class PingDamage {

    /** It compares what stands behind its time stamp, which is as long as what authenticates our replies. */
    private static final int FIRST = ProbeOptions.MIN_VERIFIED_PAYLOAD_BYTES;

    private static final int BYTES_A_LINE = 32;

    private PingDamage() {}

    /** Returns the lines, each with a line break before it; empty if what came back is as the bytes that were sent. */
    public static String of(ByteBuf payload, PayloadFiller filler, int payloadBytes) {
        if (payload.readableBytes() < payloadBytes) {
            return "";
        }
        for (int i = FIRST; i < payloadBytes; i++) {
            int sent = sentByte(filler, i);
            int came = byteAt(payload, i);
            if (sent != came) {
                return "\nwrong data byte #" + i + " should be 0x" + Integer.toHexString(sent) + " but was 0x"
                        + Integer.toHexString(came) + dump(payload, payloadBytes);
            }
        }
        return "";
    }

    /** Returns the same of bytes that only the probe could tell: which of them is wrong is left open. */
    public static String ofRandom(ByteBuf payload, int payloadBytes) {
        return payload.readableBytes() < payloadBytes ? "" : "\nwrong data bytes" + dump(payload, payloadBytes);
    }

    private static String dump(ByteBuf payload, int payloadBytes) {
        StringBuilder text = new StringBuilder();
        for (int i = FIRST; i < payloadBytes; i++) {
            if ((i - FIRST) % BYTES_A_LINE == 0) {
                text.append("\n#").append(i).append('\t');
            }
            text.append(Integer.toHexString(byteAt(payload, i))).append(' ');
        }
        return text.toString();
    }

    private static int byteAt(ByteBuf payload, int offset) {
        return payload.getUnsignedByte(payload.readerIndex() + offset);
    }

    /** For a filler that does not depend on the packet. */
    private static int sentByte(PayloadFiller filler, int offset) {
        int within = (offset - FIRST) % Long.BYTES;
        long eight = filler.eightBytes(offset - within, FIRST, 0);
        return (int) (eight >>> (Long.SIZE - Byte.SIZE * (1 + within))) & 0xff;
    }
}
