package io.github.nettyping.internal.route;

import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.internal.linux.netlink.NeighbourHeader;
import io.github.nettyping.internal.linux.netlink.NeighbourMessage;
import io.github.nettyping.internal.linux.netlink.RtnetlinkHeader;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.util.Optional;

/** How much of the kernel's neighbour table is in use. Stateless. arp(7). */
public final class NeighbourCount {

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

    private NeighbourCount() {}

    /**
     * Counts the neighbours of a family, in the network namespace of the calling thread; those of other namespaces, which
     * share the table, are not shown.
     *
     * @param family which
     * @return how many places are taken by neighbours that are in use or waited for, 0 or more
     * @throws SystemCallException           if the kernel refuses
     * @throws UnsupportedOperationException if this machine cannot run nettyping at all
     */
    public static long inUse(IpFamily family) throws SystemCallException {
        return inUse(Syscalls.ofThisMachine(), family);
    }

    static long inUse(Syscalls syscalls, IpFamily family) throws SystemCallException {
        long[] count = new long[1];
        int number = RouteReader.number(family);
        new Dumps(syscalls)
                .runIfSupported(
                        "RTM_GETNEIGH",
                        RtnetlinkHeader.RTM_GETNEIGH,
                        NeighbourMessage.HEADER_BYTES,
                        number,
                        () -> count[0] = 0,
                        (bytes, at, end) -> {
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
}
