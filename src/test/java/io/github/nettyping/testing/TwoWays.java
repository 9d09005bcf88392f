package io.github.nettyping.testing;

import io.github.nettyping.packet.SocketKind;
import java.net.InetAddress;

/**
 * Two hosts with one address, each behind a link of its own: what is sent there tells by its arrival which way it took.
 * Ordinary packets take the first. Safe for use by many threads.
 */
public final class TwoWays implements AutoCloseable {

    /** Firewall mark whose packets take the second way. */
    public static final int MARK = 0x7a000007;

    /** Where the probes come from. */
    public final Namespace near = Namespace.create();

    /** Where they go. */
    public final Namespace first = Namespace.create();

    /** Where they go by {@link #MARK} or {@link #secondLink}. */
    public final Namespace second = Namespace.create();

    /** The way to {@link #first}. */
    public final Link firstLink = Link.between(near, first, 0);

    /** The way to {@link #second}. */
    public final Link secondLink = Link.between(near, second, 1);

    /** Builds the three namespaces. */
    public TwoWays() {
        near.ip("address", "add", "10.77.0.1/32", "dev", "lo");
        near.ip("address", "add", "fd77::1/128", "dev", "lo", "nodad");
        join(firstLink, "10");
        join(secondLink, "20");
        String mark = "0x" + Integer.toHexString(MARK);
        near.ip("rule", "add", "fwmark", mark, "table", "77");
        near.ip("-6", "rule", "add", "fwmark", mark, "table", "77");
        near.ip("route", "add", "10.88.0.1", "via", secondLink.farIpv4(), "table", "77");
        near.ip("route", "add", "fd88::1", "via", secondLink.farIpv6(), "table", "77");
    }

    private void join(Link link, String metric) {
        link.far().ip("address", "add", "10.88.0.1/32", "dev", "lo");
        link.far().ip("address", "add", "fd88::1/128", "dev", "lo", "nodad");
        link.far().route("10.77.0.0/16", link.nearIpv4());
        link.far().route("fd77::/64", link.nearIpv6());
        near.ip("route", "add", "10.88.0.1", "via", link.farIpv4(), "metric", metric);
        near.ip("route", "add", "fd88::1", "via", link.farIpv6(), "metric", metric);
    }

    /**
     * Returns the address that both hosts have.
     *
     * @param kind of the family wanted
     * @return the target of probes
     */
    public static InetAddress target(SocketKind kind) {
        return Packets.address(isIpv4(kind) ? "10.88.0.1" : "fd88::1");
    }

    /**
     * Returns an address of the sender that no link has.
     *
     * @param kind of the family wanted
     * @return never a source by itself
     */
    public static InetAddress otherSource(SocketKind kind) {
        return Packets.address(isIpv4(kind) ? "10.77.0.1" : "fd77::1");
    }

    /**
     * Returns the address of the sender that the first link has.
     *
     * @param kind of the family wanted
     * @return the source the kernel chooses
     */
    public InetAddress ownSource(SocketKind kind) {
        return Packets.address(isIpv4(kind) ? firstLink.nearIpv4() : firstLink.nearIpv6());
    }

    private static boolean isIpv4(SocketKind kind) {
        return kind.name().startsWith("IPV4");
    }

    /**
     * Returns the index of a link's near end.
     *
     * @param link one of the two
     * @return 1 or more
     */
    public int index(Link link) {
        // "5: link0@if2: <...>..."
        return Integer.parseInt(
                near.ip("-oneline", "link", "show", "dev", link.device()).split(":", 2)[0]);
    }

    @Override
    public void close() {
        near.close();
        first.close();
        second.close();
    }
}
