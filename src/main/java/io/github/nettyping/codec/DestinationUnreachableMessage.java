package io.github.nettyping.codec;

import java.util.OptionalInt;

/**
 * A packet could not be delivered; the code says why. Immutable.
 *
 * @param report     what every error has
 * @param nextHopMtu the largest packet the next hop takes, IP header included, 1 to 65535; empty unless this is
 *                   ICMPv4 "fragmentation needed" by a router that tells it (RFC 1191, section 4)
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-4">RFC 792, Destination Unreachable Message</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443#section-3.1">RFC 4443, section 3.1</a>
 */
public record DestinationUnreachableMessage(ErrorReport report, OptionalInt nextHopMtu) implements IcmpError {}
