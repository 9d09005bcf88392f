package io.github.nettyping.codec;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Asks nodes on the path for their time of day. A host that answers an echo request copies the option into the reply.
 * Immutable.
 *
 * @param mode     who writes what
 * @param pointer  offset of the next free entry from the start of the option, counted from 1: 5 is the first entry; 0 to
 *                 255
 * @param overflow how many nodes found no room, 0 to 15
 * @param entries  all of them, free ones included, at most 9, with addresses 4
 * @see <a href="https://www.rfc-editor.org/rfc/rfc791#page-22">RFC 791, Internet Timestamp</a>
 */
public record TimestampOption(Mode mode, int pointer, int overflow, List<Entry> entries) implements Ipv4Option {

    static final int TYPE = 68;

    /** Bytes before the entries: type, length, pointer, overflow and mode; the first pointer is one more. */
    static final int HEADER_BYTES = 4;

    private static final int FIRST = HEADER_BYTES + 1;
    private static final int MAX_OVERFLOW = 15;
    private static final int MAX_ENTRY_BYTES = 36;

    /** Who writes what. */
    public enum Mode {
        /** Every node writes its time. */
        TIMES(0),
        /** Every node writes its address and time. */
        ADDRESSES_AND_TIMES(1),
        /** The nodes whose addresses the sender has given write their times. */
        PRESCRIBED_ADDRESSES(3);

        private final int flag;

        Mode(int flag) {
            this.flag = flag;
        }

        /** Returns the flag on the wire. */
        int flag() {
            return flag;
        }

        int entryBytes() {
            return this == TIMES ? Integer.BYTES : 2 * Integer.BYTES;
        }

        int maxEntries() {
            return MAX_ENTRY_BYTES / entryBytes();
        }
    }

    /**
     * One node's time. Immutable.
     *
     * @param address the node, IPv4; empty with {@link Mode#TIMES}
     * @param time    its time of day
     */
    public record Entry(Optional<IpAddress> address, TimeOfDay time) {}

    /**
     * Copies the list and checks the ranges.
     *
     * @throws IllegalArgumentException if something is out of range; the message names it
     */
    public TimestampOption {
        entries = List.copyOf(entries);
        Ranges.require("pointer", pointer, 0, Fields.MAX_8_BITS);
        Ranges.require("overflow", overflow, 0, MAX_OVERFLOW);
        Ranges.require("number of entries", entries.size(), 0, mode.maxEntries());
        for (Entry entry : entries) {
            boolean fits = mode == Mode.TIMES
                    ? entry.address().isEmpty()
                    : entry.address().isPresent() && entry.address().get().family() == IpFamily.IPV4;
            if (!fits) {
                throw new IllegalArgumentException("entries: " + entry + " (expected: "
                        + (mode == Mode.TIMES ? "no address)" : "an IPv4 address)"));
            }
        }
    }

    /**
     * {@return an option that every node writes its time into}
     *
     * @param room for how many entries, 1 to 9
     * @throws IllegalArgumentException if the number is out of range
     */
    public static TimestampOption times(int room) {
        return empty(Mode.TIMES, room, Optional.empty());
    }

    /**
     * {@return an option that every node writes its address and time into}
     *
     * @param room for how many entries, 1 to 4
     * @throws IllegalArgumentException if the number is out of range
     */
    public static TimestampOption addressesAndTimes(int room) {
        return empty(Mode.ADDRESSES_AND_TIMES, room, Optional.of(IpAddress.ofIpv4(0)));
    }

    private static TimestampOption empty(Mode mode, int room, Optional<IpAddress> address) {
        Ranges.require("room", room, 1, mode.maxEntries());
        return new TimestampOption(mode, FIRST, 0, Collections.nCopies(room, new Entry(address, new TimeOfDay(0))));
    }

    /**
     * {@return an option that some nodes write their times into}
     *
     * @param nodes in the order of the path, 1 to 4
     * @throws IllegalArgumentException if they are too few, too many, or not IPv4
     */
    public static TimestampOption of(List<IpAddress> nodes) {
        Mode mode = Mode.PRESCRIBED_ADDRESSES;
        Ranges.require("number of nodes", nodes.size(), 1, mode.maxEntries());
        List<Entry> entries = nodes.stream()
                .map(node -> new Entry(Optional.of(node), new TimeOfDay(0)))
                .toList();
        return new TimestampOption(mode, FIRST, 0, entries);
    }

    /**
     * Returns the entries before the pointer: those that nodes have written.
     *
     * @return in the order of the path
     */
    public List<Entry> recorded() {
        int count = (pointer - FIRST) / mode.entryBytes();
        return entries.subList(0, Math.max(0, Math.min(count, entries.size())));
    }
}
