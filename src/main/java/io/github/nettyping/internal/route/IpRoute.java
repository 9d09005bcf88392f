package io.github.nettyping.internal.route;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.Optional;

/**
 * A route of the kernel: where it sends packets for a prefix. Immutable.
 *
 * @param prefix       the first address of the prefix, without a scope
 * @param prefixLength how many bits of it count, 0 to 32 or 128
 * @param table        where the kernel keeps it
 * @param kind         what becomes of the packets
 * @param metric       the least of several for the same prefix wins, 0 to 2^32 - 1
 * @param link         the interface they leave by; if there are several, the one that makes the route {@link
 *                     Kind#ON_LINK}, if any. Empty for routes that lead nowhere
 */
public record IpRoute(IpAddress prefix, int prefixLength, Table table, Kind kind, long metric, Optional<Link> link) {

    /** Most bits of an IPv4 prefix. */
    private static final int IPV4_BITS = 32;

    /** Most bits of an IPv6 prefix. */
    private static final int IPV6_BITS = 128;

    /** The tables every machine has, in the order they are asked. ip-rule(8). */
    public enum Table {
        /** This host's own addresses, kept by the kernel. */
        LOCAL,
        /** What administrators fill. */
        MAIN,
        /** For addresses that no other table has a route to; usually empty. */
        DEFAULT
    }

    /** What becomes of packets. ip-route(8). */
    public enum Kind {
        /** This host takes them itself. */
        LOCAL,
        /** They go to all hosts of a link. */
        BROADCAST,
        /** They go to the members of a group. */
        MULTICAST,
        /**
         * They go straight to their destination, which is on the link. If there are several next hops, one such is
         * enough.
         */
        ON_LINK,
        /** A router takes them, or the other end of a tunnel. */
        GATEWAY,
        /** They are refused: {@code EHOSTUNREACH}. */
        UNREACHABLE,
        /** They are dropped: {@code EINVAL}. */
        BLACKHOLE,
        /** They are refused: {@code EACCES}. */
        PROHIBIT,
        /** The next table decides. */
        THROW
    }

    /**
     * A network interface. Immutable.
     *
     * @param index             its number, more than 0
     * @param name              its name; its number in digits if it went away meanwhile
     * @param resolvesNeighbours whether packets to a destination wait until its link-layer address is known (ARP, neighbour
     *                          discovery), so that each takes a place in the kernel's neighbour table. Not on loopback,
     *                          on links with one other end, and on those that ask for no such addresses
     */
    public record Link(int index, String name, boolean resolvesNeighbours) {}

    /**
     * Checks the prefix.
     *
     * @throws IllegalArgumentException if the prefix has a scope or bits set beyond its length, or the length is out of range
     */
    public IpRoute {
        int longest = prefix.family() == IpFamily.IPV4 ? IPV4_BITS : IPV6_BITS;
        if (prefixLength < 0 || prefixLength > longest) {
            throw new IllegalArgumentException("prefixLength: " + prefixLength + " (expected: 0.." + longest + ')');
        }
        int bits = prefixLength + IPV6_BITS - longest;
        if ((prefix.high() & ~Unsigned128.maskHigh(bits)) != 0
                || (prefix.low() & ~Unsigned128.maskLow(bits)) != 0
                || prefix.scopeId() != 0) {
            throw new IllegalArgumentException("prefix: " + prefix + '/' + prefixLength
                    + " (expected: no scope, and no bits set beyond the length)");
        }
    }

    /** {@return the family of the prefix} */
    public IpFamily family() {
        return prefix.family();
    }

    /** {@return the last address of the prefix, without a scope} */
    public IpAddress last() {
        return new IpAddress(
                prefix.high() | ~Unsigned128.maskHigh(bits()), prefix.low() | ~Unsigned128.maskLow(bits()), 0);
    }

    /**
     * {@return whether the prefix covers an address; its scope does not matter}
     *
     * @param address any address
     */
    public boolean covers(IpAddress address) {
        return address.family() == family()
                && (address.high() & Unsigned128.maskHigh(bits())) == prefix.high()
                && (address.low() & Unsigned128.maskLow(bits())) == prefix.low();
    }

    /**
     * {@return whether each destination of this route takes a place in the kernel's neighbour table: the route is
     * on-link, by an interface that resolves neighbours}
     */
    public boolean fillsNeighbourTable() {
        return kind == Kind.ON_LINK && link.isPresent() && link.get().resolvesNeighbours();
    }

    /** Returns prefix, table, kind and interface. */
    @Override
    public String toString() {
        return prefix.toString() + '/' + prefixLength + ' ' + kind
                + link.map(on -> " dev " + on.name()).orElse("") + " table " + table + " metric " + metric;
    }

    /** Returns the length of the prefix in the 128 bits that hold an address of either family. */
    private int bits() {
        return family() == IpFamily.IPV4 ? prefixLength + IPV6_BITS - IPV4_BITS : prefixLength;
    }
}
