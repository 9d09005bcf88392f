package io.github.nettyping.codec;

import io.github.nettyping.packet.IcmpPacket;
import io.netty.util.Recycler;

/** An echo reply; the packet's peer is who sent it. Confined to one thread at a time. */
public final class EchoReply extends EchoMessage {

    private static final Recycler<EchoReply> RECYCLER = new Recycler<>() {
        @Override
        protected EchoReply newObject(Handle<EchoReply> handle) {
            return new EchoReply(handle);
        }
    };

    private final Recycler.Handle<EchoReply> handle;

    private EchoReply(Recycler.Handle<EchoReply> handle) {
        this.handle = handle;
    }

    /**
     * Returns a reply.
     *
     * @param packet     takes ownership of it unless this method throws; the readable bytes are the payload
     * @param code       0 to 255
     * @param identifier 0 to 65535
     * @param sequence   0 to 65535
     * @return a reply with a reference count of 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public static EchoReply of(IcmpPacket packet, int code, int identifier, int sequence) {
        checkFields(code, identifier, sequence);
        EchoReply reply = RECYCLER.get();
        reply.fill(packet, code, identifier, sequence);
        return reply;
    }

    @Override
    void recycle() {
        handle.recycle(this);
    }
}
