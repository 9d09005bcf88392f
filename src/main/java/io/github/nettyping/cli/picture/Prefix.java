package io.github.nettyping.cli.picture;

import io.github.nettyping.packet.AddressFormat;
import io.github.nettyping.packet.IpAddress;

/**
 * All addresses that agree in their leading bits. Immutable.
 *
 * @param high     bytes 0 to 7 of the first address, as {@link IpAddress} has them
 * @param low      bytes 8 to 15
 * @param scopeId  interface index of link-local addresses, 0 for none
 * @param hostBits how many trailing bits are free: 0 to 32 for IPv4, to 128 for IPv6
 */
public record Prefix(long high, long low, int scopeId, int hostBits) {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /** Clears the free bits. */
    public Prefix {
        high &= ~freeHigh(hostBits);
        low &= ~freeLow(hostBits);
    }

    /** Returns the longest prefix that has two addresses of one family and scope. */
    static Prefix cover(IpAddress first, IpAddress last) {
        long highs = first.high() ^ last.high();
        long lows = first.low() ^ last.low();
        int hostBits = highs == 0
                ? Long.SIZE - Long.numberOfLeadingZeros(lows)
                : 2 * Long.SIZE - Long.numberOfLeadingZeros(highs);
        return new Prefix(first.high(), first.low(), first.scopeId(), hostBits);
    }

    /** Returns the prefix around this one that has at least this many free bits, as many as its family has at most. */
    Prefix widened(int newHostBits) {
        return newHostBits <= hostBits ? this : new Prefix(high, low, scopeId, Math.min(newHostBits, bitsOf(isIpv4())));
    }

    static int bitsOf(boolean ofIpv4) {
        return ofIpv4 ? IPV4_BITS : IPV6_BITS;
    }

    boolean isIpv4() {
        return hostBits <= IPV4_BITS && IpAddress.isIpv4(high, low);
    }

    boolean contains(long otherHigh, long otherLow, int otherScopeId) {
        return (otherHigh & ~freeHigh(hostBits)) == high
                && (otherLow & ~freeLow(hostBits)) == low
                && otherScopeId == scopeId
                && IpAddress.isIpv4(otherHigh, otherLow) == isIpv4();
    }

    boolean contains(Prefix other) {
        return other.hostBits <= hostBits && contains(other.high, other.low, other.scopeId);
    }

    IpAddress first() {
        return new IpAddress(high, low, scopeId);
    }

    IpAddress last() {
        return new IpAddress(high | freeHigh(hostBits), low | freeLow(hostBits), scopeId);
    }

    double size() {
        return Math.scalb(1.0, hostBits);
    }

    /** Returns the part with a number, 0 to {@code 2^(hostBits - partBits) - 1}, of those that have this many free bits. */
    Prefix part(int index, int partBits) {
        long partHigh = partBits >= Long.SIZE
                ? (long) index << (partBits - Long.SIZE)
                : partBits == 0 ? 0 : (long) index >>> (Long.SIZE - partBits);
        long partLow = partBits >= Long.SIZE ? 0 : (long) index << partBits;
        return new Prefix(high | partHigh, low | partLow, scopeId, partBits);
    }

    /** Returns the number of the part an address is in: what {@link #part} takes. */
    int indexOf(long otherHigh, long otherLow, int partBits) {
        long offsetHigh = otherHigh & freeHigh(hostBits);
        long offsetLow = otherLow & freeLow(hostBits);
        if (partBits >= Long.SIZE) {
            return partBits == IPV6_BITS ? 0 : (int) (offsetHigh >>> (partBits - Long.SIZE));
        }
        return partBits == 0 ? (int) offsetLow : (int) (offsetLow >>> partBits | offsetHigh << (Long.SIZE - partBits));
    }

    int length() {
        return bitsOf(isIpv4()) - hostBits;
    }

    private static long freeHigh(int hostBits) {
        if (hostBits <= Long.SIZE) {
            return 0;
        }
        return hostBits == IPV6_BITS ? -1 : ~(-1L << (hostBits - Long.SIZE));
    }

    private static long freeLow(int hostBits) {
        return hostBits >= Long.SIZE ? -1 : ~(-1L << hostBits);
    }

    /** Returns {@code 192.0.2.0/24}; of a single address that alone. */
    @Override
    public String toString() {
        StringBuilder text = AddressFormat.append(new StringBuilder(), first());
        return (hostBits == 0 ? text : text.append('/').append(length())).toString();
    }
}
