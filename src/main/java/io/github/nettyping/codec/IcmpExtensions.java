package io.github.nettyping.codec;

import java.util.List;

/**
 * What a node appended to an ICMP error. Immutable.
 *
 * @param objects   in the order of the packet; empty if there are none, or if they cannot be trusted
 * @param malformed whether there are bytes in place of the extensions that are not valid: another version, a wrong
 *                  checksum, lengths that contradict each other, or more than 64 objects
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4884#section-7">RFC 4884, section 7</a>
 */
public record IcmpExtensions(List<ExtensionObject> objects, boolean malformed) {

    /** No extensions, as in most errors. */
    public static final IcmpExtensions NONE = new IcmpExtensions(List.of(), false);

    /** Invalid bytes in place of extensions. */
    static final IcmpExtensions MALFORMED = new IcmpExtensions(List.of(), true);
}
