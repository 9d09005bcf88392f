package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;

/**
 * An echo request: what a probe is on the wire. Outbound, the packet's peer is the destination; inbound, on raw
 * sockets, which see the requests of others too, it is the source. Confined to one thread at a time.
 */
public final class EchoRequest extends EchoMessage {

    /**
     * Bytes that a payload buffer should leave unused before its reader index. {@link IcmpEncoder} writes the ICMP
     * header there; without them it copies the payload. They must belong to this request alone: two requests sharing
     * one buffer would overwrite each other's header.
     */
    public static final int HEADROOM = IcmpHeader.BYTES;

    private EchoRequest() {}

    /**
     * {@return a request with code 0 and a reference count of 1}
     *
     * @param packet     takes ownership of it unless this method throws; the readable bytes are the payload
     * @param identifier 0 to 65535; ping sockets replace it by their own
     * @param sequence   0 to 65535
     * @throws IllegalArgumentException if a number is out of range
     */
    public static EchoRequest of(IcmpPacket packet, int identifier, int sequence) {
        return of(packet, 0, identifier, sequence);
    }

    /** As {@link #of(IcmpPacket, int, int)}, with the code that a request of another host came with. */
    static EchoRequest of(IcmpPacket packet, int code, int identifier, int sequence) {
        checkFields(code, identifier, sequence);
        EchoRequest request = ofPacket(packet);
        request.fill(packet, code, identifier, sequence);
        return request;
    }

    /**
     * Takes the packet out and ends the request, for an encoder: the request must not be touched any more.
     *
     * @return the packet, which the caller now owns
     * @throws IllegalStateException if somebody else holds the request too; nothing is changed then
     */
    IcmpPacket detachPacket() {
        if (refCnt() > 1) {
            throw new IllegalStateException("refCnt: " + refCnt() + " (expected: 1, the request is in use elsewhere)");
        }
        IcmpPacket packet = removePacket();
        release();
        return packet;
    }

    /** Returns the packet's last message object for reuse, if nobody uses it any more. */
    private static EchoRequest ofPacket(IcmpPacket packet) {
        if (packet.companion() instanceof EchoRequest used && used.refCnt() == 0) {
            return used;
        }
        EchoRequest fresh = new EchoRequest();
        packet.companion(fresh);
        return fresh;
    }
}
