package io.github.nettyping.target;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;

/**
 * A range of addresses without a gap, of one family and, if they have a scope, of one link. Immutable.
 *
 * @param first the lowest
 * @param last  the highest, itself in the range
 * @param count how many there are, at least 1
 */
public record AddressRange(IpAddress first, IpAddress last, long count) {

    /**
     * Checks that the three fit together.
     *
     * @throws IllegalArgumentException if {@code count} addresses from {@code first} on do not end with {@code last}, or
     *                                  the two lie in different families or links
     */
    public AddressRange {
        boolean fits = count >= 1
                && first.family() == last.family()
                && first.scopeId() == last.scopeId()
                && last.low() == first.low() + count - 1
                && last.high() == Unsigned128.plusHigh(first.high(), first.low(), count - 1);
        if (!fits) {
            throw new IllegalArgumentException(
                    "count: " + count + " (expected: that of " + first + " to " + last + ")");
        }
    }
}
