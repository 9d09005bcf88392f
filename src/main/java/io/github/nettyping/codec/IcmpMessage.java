package io.github.nettyping.codec;

import io.netty.util.ReferenceCounted;

/**
 * The message of one packet, in either version of ICMP.
 *
 * <p>Only an {@link EchoMessage} holds a buffer and is truly reference counted. The others are immutable values, for
 * which retaining and releasing do nothing, so that a handler may release any message without asking which it is.
 *
 * <p>Threading: see the implementations.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792">RFC 792</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443">RFC 4443</a>
 */
public sealed interface IcmpMessage extends ReferenceCounted
        permits EchoMessage, QueryMessage, IcmpError, LocalError, OtherMessage, UndecodablePacket {}
