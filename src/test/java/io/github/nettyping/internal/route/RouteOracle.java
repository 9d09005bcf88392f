package io.github.nettyping.internal.route;

import io.github.nettyping.packet.IpAddress;
import java.util.Optional;

/** Finds the route to one address by looking at every route: what the spans of routes must agree with. */
final class RouteOracle {

    private RouteOracle() {}

    /**
     * Returns the route to an address, empty if there is none. Of the first table that has one it is the longest prefix, of
     * several the least metric.
     *
     * @param address any address; with a scope only the routes of that interface count
     */
    static Optional<IpRoute> find(RouteTable table, IpAddress address) {
        for (int stage = 0; stage < RouteTable.STAGES; stage++) {
            IpRoute best = null;
            for (IpRoute route : table.routes()) {
                boolean matches = route.covers(address) && RouteTable.isReachable(route, address.scopeId());
                if (table.stage(route) == stage && matches && (best == null || table.precedes(route, best))) {
                    best = route;
                }
            }
            if (best != null && best.kind() != IpRoute.Kind.THROW) {
                return Optional.of(best);
            }
        }
        return Optional.empty();
    }
}
