package io.github.nettyping.codec;

import io.github.nettyping.internal.Internal;
import io.github.nettyping.packet.ConfinedReferenceCounted;
import io.github.nettyping.packet.IcmpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An echo request or reply. It owns the packet that holds it: releasing the message releases the packet and its bytes.
 *
 * <p>Instances are reused together with their packets; one must not be touched after its last release. Confined to one
 * thread at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-14">RFC 792, Echo or Echo Reply Message</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443#section-4">RFC 4443, section 4</a>
 */
public abstract sealed class EchoMessage extends ConfinedReferenceCounted implements IcmpMessage
        permits EchoRequest, EchoReply {

    private static final int MAX_CODE = 0xff;
    private static final int MAX_FIELD = 0xffff;
    private static final int ABSENT = -1;

    private @Nullable IcmpPacket packet;
    private int code;
    private int identifier;
    private int sequence;
    private int ipv4Header = ABSENT;

    EchoMessage() {}

    /** Checks what a factory was given, before it takes the packet. */
    static void checkFields(int code, int identifier, int sequence) {
        if ((code & ~MAX_CODE) != 0 || ((identifier | sequence) & ~MAX_FIELD) != 0) {
            throw new IllegalArgumentException("code: " + code + ", identifier: " + identifier + ", sequence: "
                    + sequence + " (expected: 0 to 255, 0 to 65535, 0 to 65535)");
        }
    }

    final void fill(IcmpPacket packet, int code, int identifier, int sequence) {
        revive();
        this.packet = packet;
        this.code = code;
        this.identifier = identifier;
        this.sequence = sequence;
        this.ipv4Header = ABSENT;
    }

    /** Notes at which index of the packet's content the IPv4 header begins. */
    final void ipv4HeaderAt(int index) {
        this.ipv4Header = index;
    }

    /** Takes the packet out, so that the last release frees the message alone. */
    final IcmpPacket removePacket() {
        IcmpPacket removed = packet();
        packet = null;
        return removed;
    }

    /** {@return the code, 0 in every honest echo message, else to 255} */
    public final int code() {
        return code;
    }

    /** {@return the identifier, 0 to 65535, which names the sender among the programs of its host} */
    public final int identifier() {
        return identifier;
    }

    /** {@return the sequence number, 0 to 65535} */
    public final int sequence() {
        return sequence;
    }

    /**
     * {@return the data after the 8-byte ICMP header: the readable bytes of the {@link #packet()}'s content; not
     * retained}
     */
    public final ByteBuf payload() {
        return packet().content();
    }

    /**
     * Returns the packet that holds this message, with its peer, hop limit and times.
     *
     * @return the packet; not retained
     */
    public final IcmpPacket packet() {
        IcmpPacket held = packet;
        if (held == null) {
            throw new IllegalReferenceCountException(0);
        }
        return held;
    }

    /**
     * Returns the IPv4 header the message came with; a record route is among its options.
     *
     * @return empty for messages to be sent, and if the socket delivers no header, as only raw IPv4 sockets do; a new
     *     object at each call
     */
    public final Optional<Ipv4Header> ipv4Header() {
        ByteBuf content = packet().content();
        return ipv4Header == ABSENT
                ? Optional.empty()
                : Ipv4HeaderCodec.read(content, ipv4Header, content.writerIndex());
    }

    @Override
    public final EchoMessage touch(@Nullable Object hint) {
        IcmpPacket held = packet;
        if (held != null) {
            held.touch(hint);
        }
        return this;
    }

    @Internal
    @Override
    protected final void deallocate() {
        IcmpPacket held = packet;
        packet = null;
        if (held != null) {
            held.release();
        }
    }

    /** Returns the fields and the packet, for logs. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(code=" + code + ", identifier=" + identifier + ", sequence=" + sequence
                + ", " + packet + ')';
    }
}
