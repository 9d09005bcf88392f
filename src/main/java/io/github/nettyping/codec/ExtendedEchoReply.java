package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;
import java.util.Optional;

/**
 * A proxy's answer to an {@link ExtendedEchoRequest}. Nothing in it is proven. Immutable.
 *
 * @param peer       source of a received message, destination of one to be sent
 * @param code       0 to 255: 0 if the other fields tell the state; else why they do not, see {@link IcmpNames#code}
 * @param identifier 0 to 65535, that of the request
 * @param sequence   0 to 255, that of the request
 * @param state      what the proxy knows of a neighbour; empty if the interface is its own
 * @param active     whether the interface is the proxy's own and up
 * @param ipv4       whether it is active and runs IPv4
 * @param ipv6       whether it is active and runs IPv6
 * @param receipt    when it was received; empty in a message to be sent
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8335#section-3">RFC 8335, section 3</a>
 */
public record ExtendedEchoReply(
        IpAddress peer,
        int code,
        int identifier,
        int sequence,
        Optional<NeighborState> state,
        boolean active,
        boolean ipv4,
        boolean ipv6,
        Optional<Receipt> receipt)
        implements QueryMessage {

    // Bits of the last header byte: three of state, two reserved, then these. RFC 8335, section 3.
    static final int STATE_SHIFT = 5;
    static final int ACTIVE = 4;
    static final int IPV4 = 2;
    static final int IPV6 = 1;

    /** State of a neighbour's entry in the proxy's ARP table or neighbour cache. RFC 8335, section 3; RFC 4861. */
    public enum NeighborState {
        /** It is being resolved. */
        INCOMPLETE(1),
        /** It has been reachable a short while ago. */
        REACHABLE(2),
        /** It has not been heard of for a while. */
        STALE(3),
        /** It has not been heard of for a while, and packets were sent to it lately. */
        DELAY(4),
        /** It is being asked whether it is reachable. */
        PROBE(5),
        /** It could not be resolved. */
        FAILED(6);

        private final int value;

        NeighborState(int value) {
            this.value = value;
        }

        /** Returns the number on the wire. */
        int value() {
            return value;
        }

        /** Returns the state of a number; empty for 0, which tells none, and 7, which means nothing. */
        static Optional<NeighborState> of(int value) {
            for (NeighborState state : values()) {
                if (state.value == value) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range; the message names it
     */
    public ExtendedEchoReply {
        Ranges.require("code", code, 0, Fields.MAX_8_BITS);
        Ranges.require("identifier", identifier, 0, Fields.MAX_16_BITS);
        Ranges.require("sequence", sequence, 0, Fields.MAX_8_BITS);
    }

    /**
     * {@return the code in one word of lower-case letters, digits and underscores} {@code no_error}, {@code
     * malformed_query}, {@code no_such_interface}, {@code no_such_table_entry}, {@code
     * multiple_interfaces_satisfy_query}, or {@code code_9} for one without a meaning.
     */
    public String codeName() {
        return IcmpNames.code(peer.family(), IcmpType.EXTENDED_ECHO_REPLY.value(peer.family()), code);
    }
}
