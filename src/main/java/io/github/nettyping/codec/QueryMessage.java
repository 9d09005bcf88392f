package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;

/**
 * A question to a node other than an echo request, or the answer to one. {@link IcmpEncoder} writes it, {@link
 * IcmpDecoder} reads it. Immutable.
 */
public sealed interface QueryMessage extends IcmpMessage, Uncounted
        permits TimestampRequest, TimestampReply, ExtendedEchoRequest, ExtendedEchoReply {

    /** {@return the other end: destination of a message to be sent, source of a received one} */
    IpAddress peer();

    /**
     * {@return the identifier, 0 to 65535, which names the sender among the programs of its host} A reply repeats it;
     * ping sockets replace it by their own.
     */
    int identifier();

    /** {@return the sequence number, 0 to 65535, at most 255 in extended echo messages; a reply repeats it} */
    int sequence();
}
