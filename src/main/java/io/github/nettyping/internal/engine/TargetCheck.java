package io.github.nettyping.internal.engine;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOptions;
import java.net.InetAddress;

/** Checks which addresses can be asked, and how. Stateless. */
public final class TargetCheck {

    /** Scopes of IPv6 multicast addresses that name an interface's neighbourhood: RFC 4291, section 2.7. */
    private static final int INTERFACE_LOCAL = 1;

    private static final int LINK_LOCAL = 2;

    private TargetCheck() {}

    /** Returns the address of one host; the unspecified address is this one. */
    public static IpAddress host(InetAddress target, ProbeOptions options) {
        IpAddress address = IpAddress.of(target);
        if (address.isMulticast()) {
            throw new IllegalArgumentException(
                    "target: " + address + " (expected: one host; use pingGroup for a group)");
        }
        if (options.severalReplies()) {
            throw new IllegalArgumentException("severalReplies: true (expected: false; use pingGroup for a group)");
        }
        return address;
    }

    /** Returns the address of one host, or of a group if the options say so. */
    public static IpAddress hostOrGroup(InetAddress target, ProbeOptions options) {
        return options.severalReplies() ? group(target) : host(target, options);
    }

    /** Returns the address of a group of hosts; which IPv4 addresses are broadcast addresses, only routes tell. */
    public static IpAddress group(InetAddress group) {
        IpAddress address = IpAddress.of(group);
        if (address.isAnyLocal()) {
            throw new IllegalArgumentException(
                    "group: " + address + " (expected: an address of a group; this one stands for this host)");
        }
        if (address.family() == IpFamily.IPV4) {
            return address;
        }
        if (!address.isMulticast()) {
            throw new IllegalArgumentException(
                    "group: " + address + " (expected: a multicast address; IPv6 has no broadcast)");
        }
        int scope = (int) (address.high() >>> 48) & 0xf;
        if (address.scopeId() == 0 && (scope == INTERFACE_LOCAL || scope == LINK_LOCAL)) {
            throw new IllegalArgumentException(
                    "group: " + address + " (expected: with a scope id, as in " + address + "%eth0; it is link-local)");
        }
        return address;
    }
}
