package io.github.nettyping.cli.ping;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.internal.route.RouteLookup;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What packets are to have in their IP headers, and which way they are to take. Immutable.
 *
 * @param sources       addresses of this machine to come from, at most one of each family
 * @param mtuDiscover   one of {@link IcmpChannelOption}'s modes
 * @param sticky        whether packets to a host all come from the address chosen for the first
 * @param flowLabel     of IPv6 packets
 * @param ipv4Options   of the IPv4 headers
 */
record PingPacketSettings(
        OptionalInt hopLimit,
        OptionalInt trafficClass,
        OptionalInt mark,
        Optional<String> interfaceName,
        List<IpAddress> sources,
        OptionalInt mtuDiscover,
        boolean broadcast,
        boolean sticky,
        OptionalInt flowLabel,
        Optional<Ipv4Options> ipv4Options) {

    /** Literals that mean nothing without an interface: fe80::/10, and groups of interface-local and link-local scope. */
    private static final Pattern NEEDS_SCOPE = Pattern.compile("(?i)(fe[89ab][0-9a-f]|ff[0-9a-f][12]):[^%]*");

    PingPacketSettings {
        sources = List.copyOf(sources);
    }

    PingPacketSettings from(List<IpAddress> addresses) {
        return new PingPacketSettings(
                hopLimit,
                trafficClass,
                mark,
                interfaceName,
                addresses,
                mtuDiscover,
                broadcast,
                sticky,
                flowLabel,
                ipv4Options);
    }

    Optional<IpAddress> source(IpFamily family) {
        return sources.stream().filter(source -> source.family() == family).findFirst();
    }

    /** Tells whether the first line of ping(8) says where packets come from. */
    boolean isSourceTold() {
        return interfaceName.isPresent() || !sources.isEmpty() || sticky;
    }

    /** Returns a word with the interface for its scope, if it needs one and has none. */
    String scoped(String word) {
        return interfaceName.isPresent() && NEEDS_SCOPE.matcher(word).matches()
                ? word + '%' + interfaceName.get()
                : word;
    }

    /** Tells whether a word is a group that needs an interface, and has none. */
    static boolean isGroupWithoutScope(String word) {
        return NEEDS_SCOPE.matcher(word).matches() && (word.startsWith("ff") || word.startsWith("FF"));
    }

    /** Returns the same, bound to the addresses that hosts are asked from, if these shall stay and are one of a family. */
    PingPacketSettings stuckTo(List<PingHost> hosts) {
        if (!sticky) {
            return this;
        }
        List<IpAddress> all = new ArrayList<>(sources);
        for (IpFamily family : IpFamily.values()) {
            List<IpAddress> chosen = hosts.stream()
                    .flatMap(host -> host.source().stream())
                    .filter(source -> source.family() == family)
                    .distinct()
                    .toList();
            if (chosen.size() == 1 && source(family).isEmpty()) {
                all.addAll(chosen);
            }
        }
        return from(all);
    }

    /** Returns what the packets to one host have for themselves: its source, if that stays and is not the sockets'. */
    SendOptions sendOptions(PingHost host) {
        boolean own = sticky && source(host.address().family()).isEmpty();
        return own && host.source().isPresent()
                ? SendOptions.builder().source(host.source().get()).build()
                : SendOptions.none();
    }

    /** Returns what asks the kernel for the way to an address, which may be a broadcast address. */
    RouteLookup lookup(boolean toBroadcast) {
        return new RouteLookup(interfaceName, trafficClass, mark, toBroadcast);
    }

    void configure(Pinger.Builder pinger, List<PingHost> hosts) {
        if (hopLimit.isPresent()) {
            pinger.option(IcmpChannelOption.HOP_LIMIT, hopLimit.getAsInt());
            pinger.option(ChannelOption.IP_MULTICAST_TTL, hopLimit.getAsInt());
        }
        trafficClass.ifPresent(value -> pinger.option(ChannelOption.IP_TOS, value));
        mark.ifPresent(value -> pinger.option(IcmpChannelOption.MARK, value));
        // This machine answers itself by its loopback interface, from which a socket bound to another hears nothing.
        if (interfaceName.isPresent() && !hosts.stream().allMatch(PingHost::isThisMachine)) {
            pinger.option(IcmpChannelOption.INTERFACE, interfaceName.get());
        }
        sources.forEach(source -> pinger.localAddress(source.toInetAddress()));
        boolean group = hosts.stream().anyMatch(PingHost::group);
        if (mtuDiscover.isPresent() || group) {
            // Groups are sent no fragments unless somebody insists, as ping(8) has it.
            pinger.option(IcmpChannelOption.MTU_DISCOVER, mtuDiscover.orElse(IcmpChannelOption.MTU_DISCOVER_DO));
        }
        if (broadcast) {
            pinger.option(ChannelOption.SO_BROADCAST, true);
        }
        flowLabel.ifPresent(value -> pinger.option(IcmpChannelOption.FLOW_LABEL, value));
        if (ipv4Options.isPresent()) {
            pinger.option(
                    IcmpChannelOption.IPV4_OPTIONS, ipv4Options.get().octets().toByteArray());
            pinger.option(IcmpChannelOption.RECEIVE_IPV4_OPTIONS, true);
        }
    }
}
