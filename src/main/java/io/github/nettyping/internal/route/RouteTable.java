package io.github.nettyping.internal.route;

import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.util.List;
import java.util.Set;

/**
 * The routes of the kernel at one moment, as far as they tell which addresses are this host's own or on its links.
 * Immutable.
 *
 * <p>Only of the tables {@code local}, {@code main} and {@code default}. Other tables (policy routing, VRFs) are
 * ignored; {@link #ruled} says for which family rules lead to them. Routes for some sources or some types of service
 * are left out. Unlike {@link RouteLookup}, which asks for one address, this answers for millions.
 *
 * <p>Routes to gateways, and those that refuse or drop, are only kept where they overlap a prefix of another kind, so a
 * router with a million routes costs no memory.
 *
 * @param routes   in the kernel's order
 * @param ruled    families with rules beside the three every machine has
 * @param complete whether these are all such routes; {@code false} if there were more than 262,144
 */
public record RouteTable(List<IpRoute> routes, Set<IpFamily> ruled, boolean complete) {

    /** How many stages there are, see {@link #stage}. */
    static final int STAGES = 3;

    /**
     * Asks the kernel, in the network namespace of the calling thread. Needs no privilege. Takes a few milliseconds, or
     * about a second where there are 200,000 routes: not for an event loop.
     *
     * @return what it has now
     * @throws SystemCallException if it refuses, or {@code EINTR} if its routes changed during every try
     * @throws UnsupportedOperationException if this machine cannot run nettyping at all
     */
    public static RouteTable read() throws SystemCallException {
        return RouteReader.read(Syscalls.ofThisMachine());
    }

    /**
     * {@return whether a route applies to packets with a scope: they have none, or the route leaves by that interface}
     *
     * @param route   any
     * @param scopeId an interface index, 0 for none
     */
    static boolean isReachable(IpRoute route, int scopeId) {
        return scopeId == 0 || (route.link().isPresent() && route.link().get().index() == scopeId);
    }

    /**
     * {@return whether the kernel prefers the first of two routes that cover an address} It does if the first belongs
     * to an earlier stage, has a longer prefix or a lesser metric. If neither precedes the other, the kernel takes the
     * one it lists first.
     *
     * @param first  one
     * @param second the other
     */
    boolean precedes(IpRoute first, IpRoute second) {
        if (stage(first) != stage(second)) {
            return stage(first) < stage(second);
        }
        if (first.prefixLength() != second.prefixLength()) {
            return first.prefixLength() > second.prefixLength();
        }
        if (first.table() != second.table()) {
            return first.table().compareTo(second.table()) < 0;
        }
        return first.metric() < second.metric();
    }

    /**
     * {@return the stage in which a route is looked at, 0 to {@link #STAGES} - 1} A stage counts only if no earlier one
     * has decided.
     *
     * @param route any
     */
    int stage(IpRoute route) {
        // Without additional rules, IPv4 keeps the first two tables in one, and the longest prefix of both wins:
        // fib_trie_table of net/ipv4/fib_trie.c. With rules, and in IPv6, the local table comes first, whatever the
        // prefix.
        boolean merged = route.family() == IpFamily.IPV4 && !ruled.contains(IpFamily.IPV4);
        return switch (route.table()) {
            case LOCAL -> 0;
            case MAIN -> merged ? 0 : 1;
            case DEFAULT -> 2;
        };
    }
}
