package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;

/** An echo reply; the packet's peer is who sent it. Confined to one thread at a time. */
public final class EchoReply extends EchoMessage {

    private EchoReply() {}

    /**
     * {@return a reply with a reference count of 1}
     *
     * @param packet     takes ownership of it unless this method throws; the readable bytes are the payload
     * @param code       0 to 255
     * @param identifier 0 to 65535
     * @param sequence   0 to 65535
     * @throws IllegalArgumentException if a number is out of range
     */
    public static EchoReply of(IcmpPacket packet, int code, int identifier, int sequence) {
        checkFields(code, identifier, sequence);
        EchoReply reply = ofPacket(packet);
        reply.fill(packet, code, identifier, sequence);
        return reply;
    }

    /** Returns the packet's last message object for reuse, if nobody uses it any more. */
    private static EchoReply ofPacket(IcmpPacket packet) {
        if (packet.companion() instanceof EchoReply used && used.refCnt() == 0) {
            return used;
        }
        EchoReply fresh = new EchoReply();
        packet.companion(fresh);
        return fresh;
    }
}
