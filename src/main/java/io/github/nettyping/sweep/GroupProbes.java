package io.github.nettyping.sweep;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOptions;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of the probe to a target, in a sweep that may ask groups of hosts: any host of a group may answer.
 * Immutable.
 */
final class GroupProbes {

    private static final IpAddress LIMITED_BROADCAST = IpAddress.ofIpv4(0xffff_ffff);

    /** The longest prefix that has a broadcast address: RFC 3021 is about /31. */
    private static final int LONGEST_WITH_BROADCAST = 30;

    private final ProbeOptions toHosts;
    private final ProbeOptions toGroups;
    private final boolean permitted;
    private final Set<IpAddress> broadcasts;

    private GroupProbes(ProbeOptions toHosts, boolean permitted, Set<IpAddress> broadcasts) {
        this.toHosts = toHosts;
        this.toGroups = toHosts.toBuilder().anySource(true).build();
        this.permitted = permitted;
        this.broadcasts = broadcasts;
    }

    /** Looks at this machine's interfaces if groups may be asked, in this thread. */
    static GroupProbes of(SweepOptions options) {
        return new GroupProbes(
                options.probe(), options.broadcast(), options.broadcast() ? broadcastsOfInterfaces() : Set.of());
    }

    ProbeOptions optionsFor(IpAddress target) {
        return permitted && isGroup(target) ? toGroups : toHosts;
    }

    private boolean isGroup(IpAddress target) {
        return target.isMulticast()
                || target.equals(LIMITED_BROADCAST)
                || (target.family() == IpFamily.IPV4 && broadcasts.contains(target));
    }

    private static Set<IpAddress> broadcastsOfInterfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(each -> each.getInterfaceAddresses().stream())
                    .filter(each -> each.getAddress() instanceof Inet4Address
                            && each.getNetworkPrefixLength() <= LONGEST_WITH_BROADCAST)
                    .map(GroupProbes::broadcastOf)
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (SocketException e) {
            throw new UncheckedIOException("NetworkInterface.networkInterfaces()", e);
        }
    }

    /** Computed from the prefix, as the kernel does for its routes; the interface itself often tells none. */
    private static IpAddress broadcastOf(InterfaceAddress address) {
        int hostBits = (int) (0xffff_ffffL >>> address.getNetworkPrefixLength());
        return IpAddress.ofIpv4(IpAddress.of(address.getAddress()).ipv4Bits() | hostBits);
    }
}
