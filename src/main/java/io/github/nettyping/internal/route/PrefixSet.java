package io.github.nettyping.internal.route;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of prefixes of one family, without those that lie within others. Tells what overlaps with it. Immutable. */
final class PrefixSet {

    private final List<IpRoute> outermost;

    private PrefixSet(List<IpRoute> outermost) {
        this.outermost = outermost;
    }

    static PrefixSet of(List<IpRoute> routes) {
        List<IpRoute> sorted = new ArrayList<>(routes);
        sorted.sort(Comparator.comparing(IpRoute::prefix, PrefixSet::compare).thenComparing(IpRoute::prefixLength));
        List<IpRoute> outermost = new ArrayList<>();
        for (IpRoute route : sorted) {
            if (outermost.isEmpty() || !outermost.get(outermost.size() - 1).covers(route.prefix())) {
                outermost.add(route);
            }
        }
        return new PrefixSet(outermost);
    }

    /** Tells whether a prefix lies within one of the set, or contains one. */
    boolean overlaps(IpRoute route) {
        int low = 0;
        int high = outermost.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(outermost.get(middle).last(), route.prefix()) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < outermost.size() && compare(outermost.get(low).prefix(), route.last()) <= 0;
    }

    /** Compares addresses as numbers, whatever their scopes. */
    static int compare(IpAddress a, IpAddress b) {
        return Unsigned128.compare(a.high(), a.low(), b.high(), b.low());
    }
}
