package io.github.nettyping.internal.route;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.AddressRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The address space of one family and scope, divided wherever a different route begins to apply. This is longest prefix
 * match for ranges instead of single addresses. Immutable.
 */
final class RouteSpans {

    private static final Comparator<IpAddress> NUMERICALLY = PrefixSet::compare;

    private static final IpAddress HIGHEST = new IpAddress(-1, -1, 0);

    /** Addresses of one route, both ends included. */
    private record Span(IpAddress first, IpAddress last, IpRoute route) {}

    private final List<Span> spans;

    private RouteSpans(List<Span> spans) {
        this.spans = spans;
    }

    static RouteSpans of(RouteTable table, IpFamily family, int scopeId) {
        List<IpRoute> routes = new ArrayList<>(table.routes().stream()
                .filter(route -> route.family() == family && RouteTable.isReachable(route, scopeId))
                .toList());
        // Outer prefixes come before inner ones. Among routes for the same prefix, the one that the kernel takes comes
        // last. Of equal routes it takes the first it lists; the sort is stable, so the list is reversed first.
        Collections.reverse(routes);
        routes.sort(Comparator.comparing(IpRoute::prefix, NUMERICALLY)
                .thenComparing((a, b) -> table.precedes(a, b) ? 1 : table.precedes(b, a) ? -1 : 0));
        return new RouteSpans(new Cutter(table, routes).cut());
    }

    /** Returns a walk through the spans from the lowest address on. */
    Walk walk() {
        return new Walk();
    }

    /** Goes through ascending ranges. Confined to one thread. */
    final class Walk {

        private int next;

        /** Hands over the parts of a range that have a route. A range must not begin before the previous one ended. */
        void through(AddressRange range, BiConsumer<AddressRange, IpRoute> receiver) {
            while (next < spans.size() && PrefixSet.compare(spans.get(next).last(), range.first()) < 0) {
                next++;
            }
            for (int i = next;
                    i < spans.size() && PrefixSet.compare(spans.get(i).first(), range.last()) <= 0;
                    i++) {
                receiver.accept(common(spans.get(i), range), spans.get(i).route());
            }
        }

        private AddressRange common(Span span, AddressRange range) {
            int scopeId = range.first().scopeId();
            IpAddress first =
                    PrefixSet.compare(span.first(), range.first()) > 0 ? scoped(span.first(), scopeId) : range.first();
            IpAddress last =
                    PrefixSet.compare(span.last(), range.last()) < 0 ? scoped(span.last(), scopeId) : range.last();
            return new AddressRange(first, last, last.low() - first.low() + 1);
        }

        private static IpAddress scoped(IpAddress address, int scopeId) {
            return scopeId == 0 ? address : new IpAddress(address.high(), address.low(), scopeId);
        }
    }

    /** Goes through the address space once. At each place it knows, for each stage, the prefixes that contain it. */
    private static final class Cutter {

        private final RouteTable table;
        private final List<IpRoute> routes;
        private final List<Deque<IpRoute>> holding = new ArrayList<>();
        private final List<Span> spans = new ArrayList<>();

        Cutter(RouteTable table, List<IpRoute> routes) {
            this.table = table;
            this.routes = routes;
            for (int i = 0; i < RouteTable.STAGES; i++) {
                holding.add(new ArrayDeque<>());
            }
        }

        List<Span> cut() {
            TreeSet<IpAddress> cuts = new TreeSet<>(NUMERICALLY);
            for (IpRoute route : routes) {
                cuts.add(route.prefix());
                if (PrefixSet.compare(route.last(), HIGHEST) < 0) {
                    cuts.add(after(route.last()));
                }
            }
            int begun = 0;
            IpAddress previous = null;
            for (IpAddress cut : cuts) {
                if (previous != null) {
                    add(previous, before(cut));
                }
                for (Deque<IpRoute> stage : holding) {
                    while (!stage.isEmpty() && PrefixSet.compare(stage.element().last(), cut) < 0) {
                        stage.remove();
                    }
                }
                while (begun < routes.size()
                        && PrefixSet.compare(routes.get(begun).prefix(), cut) == 0) {
                    IpRoute route = routes.get(begun++);
                    holding.get(table.stage(route)).push(route);
                }
                previous = cut;
            }
            if (previous != null) {
                add(previous, HIGHEST);
            }
            return spans;
        }

        private void add(IpAddress first, IpAddress last) {
            for (Deque<IpRoute> stage : holding) {
                IpRoute route = stage.peek();
                if (route != null && route.kind() != IpRoute.Kind.THROW) {
                    spans.add(new Span(first, last, route));
                    return;
                }
            }
        }
    }

    private static IpAddress after(IpAddress address) {
        return new IpAddress(Unsigned128.plusHigh(address.high(), address.low(), 1), address.low() + 1, 0);
    }

    private static IpAddress before(IpAddress address) {
        return new IpAddress(Unsigned128.minusHigh(address.high(), address.low(), 0, 1), address.low() - 1, 0);
    }
}
