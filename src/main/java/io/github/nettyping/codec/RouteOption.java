package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.Collections;
import java.util.List;

/**
 * Asks every node on the path to write its address here (record route), or names nodes to pass (source routes). A host
 * that answers an echo request copies the option into the reply, which then records the path back behind the path
 * there. Immutable.
 *
 * @param kind      what is asked
 * @param pointer   offset of the next free, or next to be visited, address from the start of the option, counted from
 *                  1: 4 is the first address; 0 to 255
 * @param addresses all of them, free places included, at most 9, IPv4
 * @see <a href="https://www.rfc-editor.org/rfc/rfc791#page-18">RFC 791, Loose Source and Record Route</a>
 */
public record RouteOption(Kind kind, int pointer, List<IpAddress> addresses) implements Ipv4Option {

    /** The most addresses that 40 bytes hold. */
    public static final int MAX_ADDRESSES = 9;

    /** Bytes before the addresses: type, length, pointer; the first pointer is one more. */
    static final int HEADER_BYTES = 3;

    private static final int FIRST = HEADER_BYTES + 1;

    /** What is asked. */
    public enum Kind {
        /** Every node records its address, as long as there is room. */
        RECORD(7),
        /** The packet passes these nodes, whatever lies between; most networks drop it. */
        LOOSE_SOURCE(131),
        /** The packet passes these nodes and no other; most networks drop it. */
        STRICT_SOURCE(137);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        /** Returns the type on the wire. */
        int type() {
            return type;
        }
    }

    /**
     * Copies the list and checks the ranges.
     *
     * @throws IllegalArgumentException if something is out of range; the message names it
     */
    public RouteOption {
        addresses = List.copyOf(addresses);
        Ranges.require("pointer", pointer, 0, Fields.MAX_8_BITS);
        Ranges.require("number of addresses", addresses.size(), 0, MAX_ADDRESSES);
        for (IpAddress address : addresses) {
            if (address.family() != IpFamily.IPV4) {
                throw new IllegalArgumentException("addresses: " + address + " (expected: IPv4)");
            }
        }
    }

    /**
     * {@return a record route option without any address yet}
     *
     * @param room for how many addresses, 1 to 9
     * @throws IllegalArgumentException if the number is out of range
     */
    public static RouteOption recordRoute(int room) {
        Ranges.require("room", room, 1, MAX_ADDRESSES);
        return new RouteOption(Kind.RECORD, FIRST, Collections.nCopies(room, IpAddress.ofIpv4(0)));
    }

    /**
     * {@return a loose source route}
     *
     * @param route the nodes to pass after the header's destination, which is the first of all; the last one is the
     *              target; 1 to 9
     * @throws IllegalArgumentException if they are too few, too many, or not IPv4
     */
    public static RouteOption looseSource(List<IpAddress> route) {
        return source(Kind.LOOSE_SOURCE, route);
    }

    /**
     * {@return a strict source route}
     *
     * @param route as {@link #looseSource}
     * @throws IllegalArgumentException if they are too few, too many, or not IPv4
     */
    public static RouteOption strictSource(List<IpAddress> route) {
        return source(Kind.STRICT_SOURCE, route);
    }

    private static RouteOption source(Kind kind, List<IpAddress> route) {
        Ranges.require("number of addresses", route.size(), 1, MAX_ADDRESSES);
        return new RouteOption(kind, FIRST, route);
    }

    /**
     * Returns the addresses before the pointer: those of the nodes that have been passed.
     *
     * @return in the order of the path
     */
    public List<IpAddress> recorded() {
        int count = (pointer - FIRST) / Integer.BYTES;
        return addresses.subList(0, Math.max(0, Math.min(count, addresses.size())));
    }
}
