package io.github.nettyping.internal.route;

import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.target.AddressRange;
import io.github.nettyping.target.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which targets this host delivers to itself, and which are on its links, so that each takes a place in the kernel's
 * neighbour table; the rest lies behind routers, or has no route. Immutable.
 *
 * <pre>{@code
 * TargetRoutes routes = TargetRoutes.of(targets, RouteTable.read());
 * routes.networks().forEach(network -> log.info("{} targets on {}", network.targets(), network));
 * }</pre>
 *
 * <p>On-link targets are those that ARP or neighbour discovery must resolve. Targets behind a device that needs
 * neither, such as a tunnel, are neither local nor on-link.
 *
 * @param local    targets that are addresses of this host
 * @param onLink   targets that are to be resolved
 * @param networks the networks of the on-link targets, in the order of their addresses
 */
public record TargetRoutes(Targets local, Targets onLink, List<OnLinkNetwork> networks) {

    /** RFC 1122, section 3.2.1.3, and RFC 4291, section 2.5.3: no packet to these leaves a host. */
    private static final Targets LOOPBACK =
            Targets.builder().allAddresses(true).add("127.0.0.0/8").add("::1").build();

    private static final Targets NOBODY = Targets.builder().build();

    /**
     * Asks the kernel for its routes, in the network namespace of the calling thread, and sorts targets by them. If all targets
     * are loopback addresses there is nothing to ask.
     *
     * @param targets any
     * @return where they lie
     * @throws SystemCallException           if the kernel refuses
     * @throws UnsupportedOperationException if this machine cannot run nettyping at all
     */
    public static TargetRoutes read(Targets targets) throws SystemCallException {
        if (targets.intersection(LOOPBACK).count() == targets.count()) {
            return new TargetRoutes(targets, NOBODY, List.of());
        }
        return of(targets, RouteTable.read());
    }

    /**
     * Sorts targets by the routes to them. Takes time with the number of ranges and routes, not with that of addresses.
     *
     * @param targets any
     * @param routes  of the network namespace the probes will leave from
     * @return where they lie
     */
    public static TargetRoutes of(Targets targets, RouteTable routes) {
        Sorter sorter = new Sorter(routes);
        Iterator<AddressRange> ranges = targets.ranges().iterator();
        while (ranges.hasNext()) {
            sorter.sort(ranges.next());
        }
        return sorter.result();
    }

    /**
     * {@return how many targets of a family are to be resolved}
     *
     * @param family which: each has a neighbour table of its own
     */
    public long onLink(IpFamily family) {
        return networks.stream()
                .filter(network -> network.prefix().family() == family)
                .mapToLong(OnLinkNetwork::targets)
                .sum();
    }

    /** Takes the ranges in the order of {@link Targets}: by family, then by scope, then ascending. */
    private static final class Sorter {

        private record Link(IpFamily family, int scopeId) {}

        private final RouteTable routes;
        private final Map<Link, RouteSpans.Walk> walks = new HashMap<>();
        private final Targets.Builder local = Targets.builder();
        private final Targets.Builder onLink = Targets.builder();
        private final Map<IpRoute, Long> counts = new LinkedHashMap<>();

        Sorter(RouteTable routes) {
            this.routes = routes;
        }

        void sort(AddressRange range) {
            Link link = new Link(range.first().family(), range.first().scopeId());
            walks.computeIfAbsent(link, l -> RouteSpans.of(routes, l.family(), l.scopeId())
                            .walk())
                    .through(range, this::take);
        }

        private void take(AddressRange part, IpRoute route) {
            if (route.kind() == IpRoute.Kind.LOCAL) {
                local.add(part);
            } else if (route.fillsNeighbourTable()) {
                onLink.add(part);
                counts.merge(route, part.count(), Long::sum);
            }
        }

        TargetRoutes result() {
            List<OnLinkNetwork> networks = new ArrayList<>();
            counts.forEach((route, count) -> networks.add(new OnLinkNetwork(
                    route.link().map(IpRoute.Link::name).orElse(""), route.prefix(), route.prefixLength(), count)));
            return new TargetRoutes(local.build(), onLink.build(), List.copyOf(networks));
        }
    }
}
