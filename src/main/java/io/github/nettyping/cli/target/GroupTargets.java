package io.github.nettyping.cli.target;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Targets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds addresses that name many hosts, in time with the logarithm of the number of targets: within a family and a link
 * the set ascends, and groups are its upper end. Stateless.
 */
public final class GroupTargets {

    private static final IpAddress LIMITED_BROADCAST = IpAddress.ofIpv4(0xffff_ffff);

    private GroupTargets() {}

    /** Returns a multicast address or the limited broadcast address, if there is one in the set. */
    static Optional<IpAddress> find(Targets targets) {
        if (targets.contains(LIMITED_BROADCAST)) {
            return Optional.of(LIMITED_BROADCAST);
        }
        long start = 0;
        while (start < targets.count()) {
            IpAddress first = targets.get(start);
            long group = firstIndex(targets, start, address -> !onSameLink(address, first) || isGroupOrAbove(address));
            if (group < targets.count() && targets.get(group).isMulticast()) {
                return Optional.of(targets.get(group));
            }
            start = firstIndex(targets, start, address -> !onSameLink(address, first));
        }
        return Optional.empty();
    }

    /** Tells whether an address is multicast or the limited broadcast address. */
    public static boolean isGroup(IpAddress address) {
        return address.isMulticast() || address.equals(LIMITED_BROADCAST);
    }

    static String complaint(IpAddress group, TargetSelection.Groups groups) {
        return group + " is a multicast or broadcast address; " + groups.remedy();
    }

    private static boolean onSameLink(IpAddress one, IpAddress other) {
        return one.family() == other.family() && one.scopeId() == other.scopeId();
    }

    /** Tells whether an address is multicast, or IPv4 and above that. */
    private static boolean isGroupOrAbove(IpAddress address) {
        return address.family() == IpFamily.IPV4 ? (address.ipv4Bits() >>> 28) >= 0xe : address.isMulticast();
    }

    /** Returns the first index from {@code start} on for which the condition holds; it holds for all that follow. */
    private static long firstIndex(Targets targets, long start, Predicate<IpAddress> condition) {
        long low = start;
        long high = targets.count();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (condition.test(targets.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
