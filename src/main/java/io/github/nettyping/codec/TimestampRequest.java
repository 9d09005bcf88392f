package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;

/**
 * A request for a node's time of day; ICMPv4 only, and only raw sockets can send it. Immutable.
 *
 * @param peer       destination of a message to be sent, an IPv4 address; source of a received one
 * @param identifier 0 to 65535
 * @param sequence   0 to 65535
 * @param originate  when the sender last touched it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-16">RFC 792, Timestamp or Timestamp Reply Message</a>
 */
public record TimestampRequest(IpAddress peer, int identifier, int sequence, TimeOfDay originate)
        implements QueryMessage {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range; the message names it
     */
    public TimestampRequest {
        Ranges.require("identifier", identifier, 0, Fields.MAX_16_BITS);
        Ranges.require("sequence", sequence, 0, Fields.MAX_16_BITS);
    }
}
