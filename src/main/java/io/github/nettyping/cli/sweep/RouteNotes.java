package io.github.nettyping.cli.sweep;

import io.github.nettyping.internal.route.NeighbourRoom;
import io.github.nettyping.internal.route.OnLinkNetwork;
import io.github.nettyping.internal.route.TargetRoutes;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.sweep.SweepRate;
import io.github.nettyping.target.TargetSequence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is to be said before a sweep begins about the ways its probes will take. Stateless. */
final class RouteNotes {

    /** More networks are counted, not named. */
    private static final int NAMED = 3;

    /** A host that is not there holds its place in the neighbour table that long. */
    private static final long WINDOW_SECONDS = 3;

    private RouteNotes() {}

    /**
     * Asks the kernel, for the network namespace of the calling thread, and returns the lines for standard error.
     *
     * @return without a line end, in the order of printing; none if there is nothing to say, or the kernel does not tell
     */
    static List<String> of(TargetSequence targets, SweepRate rate) {
        try {
            TargetRoutes routes = TargetRoutes.read(targets.targets());
            Map<IpFamily, NeighbourRoom> rooms = new EnumMap<>(IpFamily.class);
            for (IpFamily family : IpFamily.values()) {
                if (routes.onLink(family) > 0) {
                    rooms.put(family, NeighbourRoom.read(family));
                }
            }
            return of(targets.count(), routes, rooms, rate);
        } catch (SystemCallException e) {
            // The sweep itself will say what it cannot do.
            return List.of();
        }
    }

    /**
     * The same with the neighbour table of each family that has on-link targets.
     *
     * @param targets how many are asked, perhaps not all that the routes are of
     */
    static List<String> of(long targets, TargetRoutes routes, Map<IpFamily, NeighbourRoom> rooms, SweepRate rate) {
        List<String> lines = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            NeighbourRoom room = rooms.get(family);
            long count = Math.min(routes.onLink(family), targets);
            if (room != null && count > room.perThreeSeconds() && isLimited(room, rate)) {
                lines.add(onLink(family, count, routes.networks(), room));
            }
        }
        // Of what takes less than a second at the ceiling, nobody would notice it.
        if (rate instanceof SweepRate.Auto auto
                && auto.remoteCeiling().isPresent()
                && targets > auto.remoteCeiling().getAsLong()
                && routes.local().count() < targets) {
            lines.add(String.format(
                    Locale.ROOT,
                    "at most %,d probes/s to targets other than this host's own, unless --rate says otherwise",
                    auto.remoteCeiling().getAsLong()));
        }
        return lines;
    }

    private static boolean isLimited(NeighbourRoom room, SweepRate rate) {
        return !(rate instanceof SweepRate.PerSecond given)
                || given.probesPerSecond() * WINDOW_SECONDS > room.perThreeSeconds();
    }

    private static String onLink(IpFamily family, long count, List<OnLinkNetwork> networks, NeighbourRoom room) {
        List<OnLinkNetwork> own = networks.stream()
                .filter(network -> network.prefix().family() == family)
                .toList();
        String named = own.stream().limit(NAMED).map(OnLinkNetwork::toString).collect(Collectors.joining(", "));
        String others = own.size() > NAMED ? " and " + (own.size() - NAMED) + " more" : "";
        return String.format(
                Locale.ROOT,
                "%,d of the targets are on-link (%s%s); so that the neighbour table (%s, %,d places, %,d in use) keeps room"
                        + " for others, at most %,d of them are begun in %d s: about %s for all",
                count,
                named,
                others,
                family == IpFamily.IPV4 ? "net.ipv4.neigh.default.gc_thresh3" : "net.ipv6.neigh.default.gc_thresh3",
                room.places(),
                room.inUse(),
                room.perThreeSeconds(),
                WINDOW_SECONDS,
                duration(count, room.perThreeSeconds()));
    }

    /** The first ones are begun at once, as many again every 3 seconds. */
    private static String duration(long count, int perWindow) {
        long seconds = (count - 1) / perWindow * WINDOW_SECONDS;
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 120 ? minutes + " min" : String.format(Locale.ROOT, "%,d h", Math.round(minutes / 60.0));
    }
}
