package io.github.nettyping.codec;

/**
 * A packet ran out of hops (code 0), or out of time waiting for its missing fragments (code 1). Immutable.
 *
 * @param report what every error has
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-6">RFC 792, Time Exceeded Message</a>,
 *     <a href="https://www.rfc-editor.org/rfc/rfc4443#section-3.3">RFC 4443, section 3.3</a>
 */
public record TimeExceededMessage(ErrorReport report) implements IcmpError {}
