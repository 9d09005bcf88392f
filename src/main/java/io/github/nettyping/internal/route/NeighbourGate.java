package io.github.nettyping.internal.route;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Targets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Admits on-link targets as fast as the kernel's neighbour tables have room for them, and all others at once. Confined
 * to one event loop, which has its share of the room.
 */
public final class NeighbourGate {

    private final Targets onLink;
    private final Map<IpFamily, NeighbourBudget> budgets = new EnumMap<>(IpFamily.class);

    /**
     * Makes the gate of one event loop.
     *
     * @param onLink targets that take a place in a neighbour table
     * @param rooms  the tables that are too small for all of them
     * @param loops  how many event loops share the room
     */
    public NeighbourGate(Targets onLink, Map<IpFamily, NeighbourRoom> rooms, int loops, long nowNanos) {
        this.onLink = onLink;
        rooms.forEach((family, room) -> {
            int most = Math.max(1, room.perThreeSeconds() / loops);
            budgets.put(family, new NeighbourBudget(most, nowNanos));
        });
    }

    /** Returns how long a target must wait. If it is 0, the target may be asked now, and has taken its place. */
    public long nanosUntilAdmitted(IpAddress target, long nowNanos) {
        NeighbourBudget budget = budgets.get(target.family());
        if (budget == null || !onLink.contains(target) || budget.take(1, nowNanos) == 1) {
            return 0;
        }
        return budget.nanosUntilDue(nowNanos);
    }
}
