package io.github.nettyping.codec;

/**
 * A node could not process a field of the packet's header. Immutable.
 *
 * @param report  what every error has
 * @param pointer offset of the byte at fault from the start of the quoted IP header; 0 to 255 in ICMPv4, 0 to
 *                2<sup>32</sup>-1 in ICMPv6, where it may lie beyond the quote
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-8">RFC 792, Parameter Problem Message</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443#section-3.4">RFC 4443, section 3.4</a>
 */
public record ParameterProblemMessage(ErrorReport report, long pointer) implements IcmpError {}
