package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;

/**
 * A question to a node other than an echo request, or the answer to one. {@link IcmpEncoder} writes it, {@link
 * IcmpDecoder} reads it. Immutable.
 */
public sealed interface QueryMessage extends IcmpMessage, Uncounted
        permits TimestampRequest, TimestampReply, ExtendedEchoRequest, ExtendedEchoReply {

    /**
     * Returns the other end.
     *
     * @return destination of a message to be sent, source of a received one
     */
    IpAddress peer();

    /**
     * Returns the identifier, which names the sender among the programs of its host; a reply repeats it.
     *
     * @return 0 to 65535; ping sockets replace it by their own
     */
    int identifier();

    /**
     * Returns the sequence number; a reply repeats it.
     *
     * @return 0 to 65535; at most 255 in extended echo messages
     */
    int sequence();
}
