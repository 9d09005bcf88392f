package io.github.nettyping.sweep;

import io.github.nettyping.internal.route.NeighbourGate;
import io.github.nettyping.internal.route.NeighbourRoom;
import io.github.nettyping.internal.route.TargetRoutes;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.target.Targets;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Map;
import java.util.Optional;

/**
 * What the routes to its targets mean for the pace of a sweep: whether any target is another host, and whether more
 * targets are on-link than the neighbour tables have room for. Immutable.
 *
 * @param remote whether some target is not this host itself
 * @param onLink targets that take a place in a neighbour table
 * @param rooms  the tables that are too small for all of them
 */
record SweepRoutes(boolean remote, Targets onLink, Map<IpFamily, NeighbourRoom> rooms) {

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SweepRoutes.class);

    private static final Targets NOBODY = Targets.builder().build();

    /** Asks the kernel, for the network namespace of the calling thread. */
    static SweepRoutes of(Targets targets) {
        try {
            TargetRoutes routes = TargetRoutes.read(targets);
            return new SweepRoutes(
                    routes.local().count() < targets.count(), routes.onLink(), NeighbourRoom.tooSmall(routes));
        } catch (SystemCallException e) {
            // Then nothing is known, and unknown targets are treated as other people's.
            LOGGER.debug("No routes.", e);
            return new SweepRoutes(true, NOBODY, Map.of());
        }
    }

    /** Returns the gate of one event loop; empty if there is room for all. */
    Optional<NeighbourGate> gate(int loops, long nowNanos) {
        return rooms.isEmpty() ? Optional.empty() : Optional.of(new NeighbourGate(onLink, rooms, loops, nowNanos));
    }
}
