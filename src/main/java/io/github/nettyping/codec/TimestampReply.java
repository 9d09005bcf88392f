package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;
import java.util.Optional;

/**
 * A node's answer to a {@link TimestampRequest}. Nothing in it is proven. Immutable.
 *
 * @param peer       source of a received message, destination of one to be sent, an IPv4 address
 * @param code       0 to 255, 0 in every honest one
 * @param identifier 0 to 65535, that of the request
 * @param sequence   0 to 65535, that of the request
 * @param originate  when the asking node sent the request, by its own clock
 * @param receive    when the answering node received it, by its clock
 * @param transmit   when the answering node sent the reply, by its clock
 * @param receipt    when it was received; empty in a message to be sent
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-16">RFC 792, Timestamp or Timestamp Reply Message</a>
 */
public record TimestampReply(
        IpAddress peer,
        int code,
        int identifier,
        int sequence,
        TimeOfDay originate,
        TimeOfDay receive,
        TimeOfDay transmit,
        Optional<Receipt> receipt)
        implements QueryMessage {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range; the message names it
     */
    public TimestampReply {
        Ranges.require("code", code, 0, Fields.MAX_8_BITS);
        Ranges.require("identifier", identifier, 0, Fields.MAX_16_BITS);
        Ranges.require("sequence", sequence, 0, Fields.MAX_16_BITS);
    }
}
