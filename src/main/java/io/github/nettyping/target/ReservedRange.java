package io.github.nettyping.target;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;

/**
 * A prefix with a special purpose. Immutable.
 *
 * @param prefix    as the registry writes it: {@code 192.0.2.0/24}
 * @param length    of the prefix, 0 to 128 bits
 * @param first     its first address
 * @param last      its last address
 * @param reach     whether its addresses are reachable from everywhere
 * @param reference the documents that say so: {@code RFC 5737}
 * @param name      what it is for: {@code Documentation (TEST-NET-1)}
 */
public record ReservedRange(
        String prefix, int length, IpAddress first, IpAddress last, Reach reach, String reference, String name) {

    /** Whether packets to an address leave the domain of whoever administers it; see RFC 8190, section 2.1. */
    public enum Reach {
        /** They do. */
        GLOBAL,
        /** They do not. */
        NOT_GLOBAL,
        /** The registry does not say; the entry of a wider prefix counts. */
        NOT_SAID
    }

    /**
     * {@return whether an address is in the prefix, on whichever link}
     *
     * @param address any address
     */
    public boolean contains(IpAddress address) {
        return address.family() == first.family()
                && Unsigned128.compare(first.high(), first.low(), address.high(), address.low()) <= 0
                && Unsigned128.compare(address.high(), address.low(), last.high(), last.low()) <= 0;
    }
}
