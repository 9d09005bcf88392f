package io.github.nettyping.codec;

/**
 * A node asked for fewer packets; ICMPv4 only, and deprecated since 2012. It says nothing about what became of the
 * quoted packet. Immutable.
 *
 * @param report what every error has
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-10">RFC 792, Source Quench Message</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc6633">RFC 6633</a>
 */
public record SourceQuenchMessage(ErrorReport report) implements IcmpError {}
