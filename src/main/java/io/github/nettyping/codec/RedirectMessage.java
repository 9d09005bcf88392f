package io.github.nettyping.codec;

import io.github.nettyping.packet.IpAddress;

/**
 * A router forwarded the packet and named a better next hop; ICMPv4 only. The redirect of IPv6 belongs to neighbour
 * discovery (RFC 4861) and is an {@link OtherMessage}. Immutable.
 *
 * @param report  what every error has
 * @param gateway the router to use instead
 * @see <a href="https://www.rfc-editor.org/rfc/rfc792#page-12">RFC 792, Redirect Message</a>
 */
public record RedirectMessage(ErrorReport report, IpAddress gateway) implements IcmpError {}
