package io.github.nettyping.internal.route;

import io.github.nettyping.diagnosis.KernelLimits;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.internal.linux.netlink.NeighbourHeader;
import io.github.nettyping.internal.linux.netlink.NeighbourMessage;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much room the kernel's neighbour table has for a sweep of on-link hosts. Immutable. arp(7).
 *
 * <p>Each on-link host that is asked takes a place. A host that does not exist holds its place for three seconds. If
 * the table is full, no program of this machine gets a new neighbour, in any network namespace.
 *
 * @param places how many there are: {@code gc_thresh3}
 * @param inUse  how many are taken by neighbours of this network namespace, 0 or more
 */
public record NeighbourRoom(long places, long inUse) {

    /** The kernel's default: {@code arp_tbl} of {@code net/ipv4/arp.c}. */
    private static final long USUAL_PLACES = 1_024;

    /** Even if the table is full, a sweep gets one place in so many, so that it ends: old neighbours then give way. */
    private static final int LEAST_PART = 8;

    /**
     * The states of entries that are needed or waited for. An entry that has failed, or that needs no resolution, gives
     * way to a new one at once ({@code neigh_forced_gc} of {@code net/core/neighbour.c}); a permanent one is not
     * counted.
     */
    private static final int NEEDED = NeighbourHeader.NUD_INCOMPLETE
            | NeighbourHeader.NUD_REACHABLE
            | NeighbourHeader.NUD_STALE
            | NeighbourHeader.NUD_DELAY
            | NeighbourHeader.NUD_PROBE;

    /**
     * Checks the figures.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public NeighbourRoom {
        if (places < 0 || inUse < 0) {
            throw new IllegalArgumentException("places, inUse: " + places + ", " + inUse + " (expected: >= 0)");
        }
    }

    /**
     * Asks the kernel, for the network namespace of the calling thread. If it does not show the number of places, as in
     * namespaces other than the machine's first, 1,024 are assumed.
     *
     * @param family which: each has a table of its own
     * @return the room now
     * @throws SystemCallException           if it refuses
     * @throws UnsupportedOperationException if this machine cannot run nettyping at all
     */
    public static NeighbourRoom read(IpFamily family) throws SystemCallException {
        long places =
                KernelLimits.NeighbourTable.ofThisMachine(family).threshold3().orElse(USUAL_PLACES);
        return new NeighbourRoom(Math.max(0, places), inUse(Syscalls.ofThisMachine(), family));
    }

    /**
     * Reads the tables that on-link targets need.
     *
     * @param routes where the targets lie
     * @return the tables that are too small for all of them at once, by family
     * @throws SystemCallException if the kernel refuses
     */
    public static Map<IpFamily, NeighbourRoom> tooSmall(TargetRoutes routes) throws SystemCallException {
        Map<IpFamily, NeighbourRoom> rooms = new EnumMap<>(IpFamily.class);
        for (IpFamily family : IpFamily.values()) {
            long count = routes.onLink(family);
            if (count > 0) {
                NeighbourRoom room = read(family);
                if (count > room.perThreeSeconds()) {
                    rooms.put(family, room);
                }
            }
        }
        return rooms;
    }

    /** Counts the places that are taken by neighbours in use or waited for; those of other namespaces are not shown. */
    static long inUse(Syscalls syscalls, IpFamily family) throws SystemCallException {
        long[] count = new long[1];
        int number = RouteReader.number(family);
        new Dumps(syscalls).runIfSupported(Dumps.Kind.NEIGHBOURS, number, () -> count[0] = 0, (bytes, at, end) -> {
            Optional<NeighbourMessage> message = NeighbourMessage.parse(bytes, at, end);
            message.filter(entry -> entry.family() == number && isCounted(entry))
                    .ifPresent(entry -> count[0]++);
            return message.isPresent();
        });
        return count[0];
    }

    private static boolean isCounted(NeighbourMessage entry) {
        return (entry.state() & NEEDED) != 0 && (entry.flags() & NeighbourHeader.NTF_EXT_LEARNED) == 0;
    }

    /**
     * {@return how many hosts may be begun in any three seconds, 1 or more} Three quarters of all places minus those in
     * use, but at least an eighth of all places.
     */
    public int perThreeSeconds() {
        long most = Math.max(places / 4 * 3 - inUse, places / LEAST_PART);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, most));
    }
}
