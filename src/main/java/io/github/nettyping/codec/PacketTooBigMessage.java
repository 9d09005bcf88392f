package io.github.nettyping.codec;

/**
 * An IPv6 packet was larger than the next link takes; ICMPv4 says so by {@link DestinationUnreachableMessage}.
 * Immutable.
 *
 * @param report what every error has
 * @param mtu    the largest packet that link takes, IP header included, as the router claims; 0 to
 *               {@link Integer#MAX_VALUE}, which also stands for anything above
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4443#section-3.2">RFC 4443, section 3.2</a>
 */
public record PacketTooBigMessage(ErrorReport report, int mtu) implements IcmpError {}
