package io.github.nettyping.internal.route;

import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.internal.linux.netlink.IfHeader;
import io.github.nettyping.internal.linux.netlink.LinkMessage;
import io.github.nettyping.internal.linux.netlink.RouteMessage;
import io.github.nettyping.internal.linux.netlink.RtnetlinkHeader;
import io.github.nettyping.internal.linux.netlink.RuleMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Makes a {@link RouteTable} of the kernel's answers. Confined to one thread. */
final class RouteReader {

    /** They take some tens of MiB. More routes than this that do not lead to a gateway are a mistake. */
    private static final int MAX_ROUTES = 1 << 18;

    /** Priorities of the rules for the tables local, main and default: {@code fib_default_rules_init}. */
    private static final Set<Long> USUAL_RULES = Set.of(0L, 32_766L, 32_767L);

    private final Dumps dumps;
    private final int maxRoutes;
    private final Map<Integer, IpRoute.Link> links = new HashMap<>();
    private final List<IpRoute> routes = new ArrayList<>();
    private boolean complete = true;

    private RouteReader(Dumps dumps, int maxRoutes) {
        this.dumps = dumps;
        this.maxRoutes = maxRoutes;
    }

    static RouteTable read(Syscalls syscalls) throws SystemCallException {
        return read(syscalls, MAX_ROUTES);
    }

    static RouteTable read(Syscalls syscalls, int maxRoutes) throws SystemCallException {
        return new RouteReader(new Dumps(syscalls), maxRoutes).read();
    }

    private RouteTable read() throws SystemCallException {
        links();
        Set<IpFamily> ruled = EnumSet.noneOf(IpFamily.class);
        for (IpFamily family : IpFamily.values()) {
            if (hasRules(family)) {
                ruled.add(family);
            }
            routes(family);
        }
        return new RouteTable(List.copyOf(routes), Set.copyOf(ruled), complete);
    }

    private void links() throws SystemCallException {
        dumps.run(Dumps.Kind.LINKS, 0, links::clear, (bytes, at, end) -> {
            Optional<LinkMessage> link = LinkMessage.parse(bytes, at, end);
            link.ifPresent(l -> links.put(l.index(), new IpRoute.Link(l.index(), l.name(), resolves(l))));
            return link.isPresent();
        });
    }

    // arp_constructor of net/ipv4/arp.c and ndisc_constructor of net/ipv6/ndisc.c.
    private static boolean resolves(LinkMessage link) {
        return (link.flags() & (IfHeader.IFF_LOOPBACK | IfHeader.IFF_POINTOPOINT | IfHeader.IFF_NOARP)) == 0;
    }

    private boolean hasRules(IpFamily family) throws SystemCallException {
        boolean[] found = new boolean[1];
        dumps.runIfSupported(Dumps.Kind.RULES, number(family), () -> found[0] = false, (bytes, at, end) -> {
            Optional<RuleMessage> rule = RuleMessage.parse(bytes, at, end);
            rule.filter(r -> r.family() == number(family) && !USUAL_RULES.contains(r.priority()))
                    .ifPresent(r -> found[0] = true);
            return rule.isPresent();
        });
        return found[0];
    }

    /** Asks twice: first for routes that end at this host or its links, then for others that overlap with those. */
    private void routes(IpFamily family) throws SystemCallException {
        List<IpRoute> ends = new ArrayList<>();
        routes(family, ends, route -> !leadsOn(route));
        PrefixSet covered = PrefixSet.of(ends);
        List<IpRoute> onward = new ArrayList<>();
        if (!ends.isEmpty()) {
            routes(family, onward, route -> leadsOn(route) && covered.overlaps(route));
        }
        routes.addAll(ends);
        routes.addAll(onward);
    }

    private void routes(IpFamily family, List<IpRoute> found, Predicate<IpRoute> wanted) throws SystemCallException {
        dumps.runIfSupported(Dumps.Kind.ROUTES, number(family), found::clear, (bytes, at, end) -> {
            Optional<RouteMessage> message = RouteMessage.parse(bytes, at, end);
            message.filter(route -> route.family() == number(family))
                    .flatMap(this::route)
                    .filter(wanted)
                    .ifPresent(route -> add(found, route));
            return message.isPresent();
        });
    }

    private void add(List<IpRoute> found, IpRoute route) {
        if (routes.size() + found.size() < maxRoutes) {
            found.add(route);
        } else {
            complete = false;
        }
    }

    private static boolean leadsOn(IpRoute route) {
        return switch (route.kind()) {
            case LOCAL, BROADCAST, MULTICAST, ON_LINK -> false;
            case GATEWAY, UNREACHABLE, BLACKHOLE, PROHIBIT, THROW -> true;
        };
    }

    private Optional<IpRoute> route(RouteMessage message) {
        Optional<IpRoute.Table> table = table(message.table());
        List<RouteMessage.NextHop> hops = message.hops().stream()
                .filter(hop -> (hop.flags() & RtnetlinkHeader.RTNH_F_DEAD) == 0)
                .toList();
        if (table.isEmpty()
                || (message.flags() & RtnetlinkHeader.RTM_F_CLONED) != 0
                || message.sourceLength() > 0
                || message.tos() != 0
                || (hops.isEmpty() && !message.hops().isEmpty())) {
            return Optional.empty();
        }
        Optional<RouteMessage.NextHop> hop = hops.stream()
                .filter(h -> !h.gateway())
                .findFirst()
                .or(() -> hops.stream().findFirst());
        Optional<IpRoute.Kind> kind =
                kind(message.type(), hop.isEmpty() || hop.get().gateway());
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        Optional<IpRoute.Link> link = hop.filter(h -> h.interfaceIndex() != 0).map(h -> link(h.interfaceIndex()));
        IpAddress prefix = new IpAddress(message.high(), message.low(), 0);
        return Optional.of(
                new IpRoute(prefix, message.prefixLength(), table.get(), kind.get(), message.metric(), link));
    }

    private IpRoute.Link link(int index) {
        return links.getOrDefault(index, new IpRoute.Link(index, Integer.toString(index), false));
    }

    private static Optional<IpRoute.Table> table(int number) {
        return switch (number) {
            case RtnetlinkHeader.RT_TABLE_LOCAL -> Optional.of(IpRoute.Table.LOCAL);
            case RtnetlinkHeader.RT_TABLE_MAIN -> Optional.of(IpRoute.Table.MAIN);
            case RtnetlinkHeader.RT_TABLE_DEFAULT -> Optional.of(IpRoute.Table.DEFAULT);
            default -> Optional.empty();
        };
    }

    private static Optional<IpRoute.Kind> kind(int type, boolean gateway) {
        return switch (type) {
            case RtnetlinkHeader.RTN_UNICAST -> Optional.of(gateway ? IpRoute.Kind.GATEWAY : IpRoute.Kind.ON_LINK);
            // This host is one of several destinations: it answers itself.
            case RtnetlinkHeader.RTN_LOCAL, RtnetlinkHeader.RTN_ANYCAST -> Optional.of(IpRoute.Kind.LOCAL);
            case RtnetlinkHeader.RTN_BROADCAST -> Optional.of(IpRoute.Kind.BROADCAST);
            case RtnetlinkHeader.RTN_MULTICAST -> Optional.of(IpRoute.Kind.MULTICAST);
            case RtnetlinkHeader.RTN_BLACKHOLE -> Optional.of(IpRoute.Kind.BLACKHOLE);
            case RtnetlinkHeader.RTN_UNREACHABLE -> Optional.of(IpRoute.Kind.UNREACHABLE);
            case RtnetlinkHeader.RTN_PROHIBIT -> Optional.of(IpRoute.Kind.PROHIBIT);
            case RtnetlinkHeader.RTN_THROW -> Optional.of(IpRoute.Kind.THROW);
            default -> Optional.empty();
        };
    }

    static int number(IpFamily family) {
        return family == IpFamily.IPV4 ? SocketHeader.AF_INET : SocketHeader.AF_INET6;
    }
}
