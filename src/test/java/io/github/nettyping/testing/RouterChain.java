package io.github.nettyping.testing;

import io.github.nettyping.packet.IpFamily;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A client, routers in a row and a target, each a {@link Namespace}, joined by {@link Link}s: what a trace goes along.
 * Safe for use by many threads.
 *
 * <pre>
 * client --link 0-- router 1 --link 1-- router 2 ... router n --link n-- target
 * </pre>
 *
 * <p>Both families are forwarded. A router reports "time exceeded" and other errors from its address on the link
 * towards the client, which {@link #hop} tells, as often as it is asked: ICMP's limits of rate are off. The target
 * answers for {@link #TARGETS_IPV4} and {@link #TARGETS_IPV6} too.
 *
 * <p>The kernel throttles IPv4 errors of routes that refuse ({@link #unreachable}, {@link #prohibit}): about five at
 * once and then one a second, for each router and client, by a limit of the whole machine that no test may touch. Take
 * a {@link TunResponder} for more.
 */
public final class RouterChain implements AutoCloseable {

    /** 256 addresses of the target. */
    public static final String TARGETS_IPV4 = "198.51.100.0/24";

    /** 256 addresses of the target. */
    public static final String TARGETS_IPV6 = "fd00:51::/120";

    /** Where the links' addresses are, see {@link Link}. */
    private static final String LINKS_IPV4 = "198.18.0.0/16";

    private static final String LINKS_IPV6 = "fd00:18::/32";

    private static final int MOST_ROUTERS = 30;

    /** What an IPv6 link must carry, RFC 8200 section 5: below it the kernel takes IPv6 off the device. */
    private static final int LEAST_MTU = 1280;

    private static final int MOST_MTU = 65_535;

    /** Types 3, 4, 11 and 12, the kernel's own choice. icmp(7). */
    private static final String EVERY_ERROR = "6168";

    /** More than the credit of 60 s that a peer has in the beginning (net/ipv4/inetpeer.c). */
    private static final String NEVER_MILLIS = "86400000";

    private final List<Namespace> nodes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    private RouterChain() {}

    /**
     * Makes a chain.
     *
     * @param routers how many, 0 to 30; each takes about a tenth of a second to make
     * @return client, routers and target, with routes both ways
     * @throws IllegalStateException if this process may not, see {@link RequiresNamespaces}
     */
    public static RouterChain of(int routers) {
        inRange("routers", routers, 0, MOST_ROUTERS);
        RouterChain chain = new RouterChain();
        try {
            chain.build(routers);
            return chain;
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    private void build(int routers) {
        for (int node = 0; node < routers + 2; node++) {
            nodes.add(unlimited(Namespace.create()));
            if (node > 0) {
                links.add(Link.between(nodes.get(node - 1), nodes.get(node), node - 1));
            }
        }
        for (int number = 1; number <= routers; number++) {
            router(number).sysctl("net.ipv4.ip_forward", "1");
            router(number).sysctl("net.ipv6.conf.all.forwarding", "1");
        }
        for (String prefix : List.of(LINKS_IPV4, LINKS_IPV6, TARGETS_IPV4, TARGETS_IPV6)) {
            route(prefix);
        }
        target().answerAll(TARGETS_IPV4);
        target().answerAll(TARGETS_IPV6);
        Link first = links.get(0);
        for (int node = 2; node < nodes.size(); node++) {
            Link back = links.get(node - 1);
            nodes.get(node).route(first.nearIpv4() + "/32", back.nearIpv4());
            nodes.get(node).route(first.nearIpv6() + "/128", back.nearIpv6());
        }
    }

    private static Namespace unlimited(Namespace node) {
        // Not icmp_ratelimit 0, which takes all credit from the peer with each error (inet_peer_xrlim_allow), also that
        // of the routes that refuse.
        node.sysctl("net.ipv4.icmp_ratemask", "0");
        node.sysctl("net.ipv6.icmp.ratelimit", "0");
        node.sysctl("net.ipv4.icmp_msgs_per_sec", "1000000000");
        node.sysctl("net.ipv4.icmp_msgs_burst", "1000000000");
        return node;
    }

    /**
     * Returns where to probe from.
     *
     * @return the first node
     */
    public Namespace client() {
        return nodes.get(0);
    }

    /**
     * Returns a router.
     *
     * @param number 1 is the client's neighbour
     * @return its namespace
     */
    public Namespace router(int number) {
        return nodes.get(inRange("router", number, 1, routers()));
    }

    /**
     * Returns who is at the end of the row.
     *
     * @return the last node
     */
    public Namespace target() {
        return nodes.get(nodes.size() - 1);
    }

    /**
     * Returns how many routers there are.
     *
     * @return 0 or more
     */
    public int routers() {
        return nodes.size() - 2;
    }

    /**
     * Returns the address by which the client is known.
     *
     * @param family which one
     * @return the client's end of link 0
     */
    public InetAddress clientAddress(IpFamily family) {
        Link first = links.get(0);
        return Packets.address(family == IpFamily.IPV6 ? first.nearIpv6() : first.nearIpv4());
    }

    /**
     * Returns where a probe of a hop limit ends, and who reports it.
     *
     * @param family which one
     * @param number 1 for the first router; one more than there are routers for the target
     * @return the end of the link towards the client
     */
    public InetAddress hop(IpFamily family, int number) {
        Link link = links.get(inRange("number", number, 1, links.size()) - 1);
        return Packets.address(family == IpFamily.IPV6 ? link.farIpv6() : link.farIpv4());
    }

    /**
     * Returns what a trace to {@link #targetAddress} should show.
     *
     * @param family which one
     * @return the routers in their order, then the target
     */
    public List<InetAddress> hops(IpFamily family) {
        return IntStream.rangeClosed(1, links.size())
                .mapToObj(number -> hop(family, number))
                .toList();
    }

    /**
     * Returns the target's address on the last link.
     *
     * @param family which one
     * @return the last of {@link #hops}; the target has those of {@link #TARGETS_IPV4} and {@link #TARGETS_IPV6} too
     */
    public InetAddress targetAddress(IpFamily family) {
        return hop(family, links.size());
    }

    /**
     * Sends what goes to a network along the whole row to the target. What shall become of it there is up to the
     * caller: {@link Namespace#answerAll}, or a {@link TunResponder} in it, which needs {@code net.ipv4.ip_forward} and
     * {@code net.ipv6.conf.all.forwarding} on and makes the target one more router.
     *
     * @param prefix such as {@code 203.0.113.0/24}, either family
     * @return this chain
     */
    public RouterChain route(String prefix) {
        for (int node = 0; node < links.size(); node++) {
            Link link = links.get(node);
            nodes.get(node).route(prefix, prefix.contains(":") ? link.farIpv6() : link.farIpv4());
        }
        return this;
    }

    /**
     * Makes a router report a network unreachable: host unreachable (type 3, code 1), IPv6: no route (type 1, code 0).
     *
     * @param router 1 is the client's neighbour
     * @param prefix smaller than those routed already, such as {@code 198.51.100.128/25}, either family
     */
    public void unreachable(int router, String prefix) {
        router(router).ip("route", "add", "unreachable", prefix);
    }

    /**
     * Makes a router report a network administratively prohibited: type 3, code 13, IPv6: type 1, code 1.
     *
     * @param router 1 is the client's neighbour
     * @param prefix as {@link #unreachable}
     */
    public void prohibit(int router, String prefix) {
        router(router).ip("route", "add", "prohibit", prefix);
    }

    /**
     * Makes a router lose what goes to a network without a word.
     *
     * @param router 1 is the client's neighbour
     * @param prefix as {@link #unreachable}
     */
    public void blackhole(int router, String prefix) {
        router(router).ip("route", "add", "blackhole", prefix);
    }

    /**
     * Makes a router forward as before and report nothing, save "packet too big" and "fragmentation needed".
     *
     * @param router 1 is the client's neighbour
     */
    public void silence(int router) {
        router(router).sysctl("net.ipv4.icmp_ratemask", EVERY_ERROR);
        router(router).sysctl("net.ipv4.icmp_ratelimit", NEVER_MILLIS);
        router(router).sysctl("net.ipv6.icmp.ratelimit", NEVER_MILLIS);
    }

    /**
     * Makes a link carry no more than so much. The router before it reports larger packets that must not be cut; for
     * link 0 that is the client's own kernel. The client's kernel remembers what it has been told, for each target.
     *
     * @param link  0 for the client's own, n for the one behind router n
     * @param bytes 1,280 to 65,535, IP header included
     */
    public void mtu(int link, int bytes) {
        inRange("bytes", bytes, LEAST_MTU, MOST_MTU);
        Link narrow = links.get(inRange("link", link, 0, links.size() - 1));
        for (Namespace end : List.of(narrow.near(), narrow.far())) {
            end.ip("link", "set", narrow.device(), "mtu", Integer.toString(bytes));
        }
    }

    /** Closes all namespaces. A second call does nothing. */
    @Override
    public void close() {
        IllegalStateException failure = null;
        for (Namespace node : nodes) {
            try {
                node.close();
            } catch (IllegalStateException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static int inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + ".." + most + ")");
        }
        return value;
    }
}
