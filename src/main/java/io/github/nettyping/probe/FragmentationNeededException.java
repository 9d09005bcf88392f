package io.github.nettyping.probe;

import io.github.nettyping.codec.DestinationUnreachableMessage;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.PacketTooBigMessage;
import java.util.OptionalInt;

/**
 * The probe was longer than a link on the path takes, and must not be fragmented: ICMP's "fragmentation needed and DF
 * set", or "packet too big" of ICMPv6, which is a type of its own and whose outcome is an {@link OtherIcmpError}.
 * Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1191#section-4">RFC 1191, section 4</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443#section-3.2">RFC 4443, section 3.2</a>
 */
public final class FragmentationNeededException extends DestinationUnreachableException {

    private static final long serialVersionUID = 1L;

    FragmentationNeededException(String message, IcmpErrorOutcome outcome) {
        super(message, outcome);
    }

    /**
     * {@return the length in bytes of the largest packet that the link takes, as the router claims, IP header included}
     * More than 0; empty if the router did not tell.
     *
     * @throws IllegalStateException if this exception has been serialised
     */
    public OptionalInt nextHopMtu() {
        return nextHopMtu(error());
    }

    /** Returns the next hop's MTU, if the error tells it. */
    static OptionalInt nextHopMtu(IcmpError error) {
        if (error instanceof DestinationUnreachableMessage message) {
            return message.nextHopMtu();
        }
        return error instanceof PacketTooBigMessage message && message.mtu() > 0
                ? OptionalInt.of(message.mtu())
                : OptionalInt.empty();
    }
}
