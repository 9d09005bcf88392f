package io.github.nettyping.channel;

import static io.github.nettyping.channel.KernelOption.flag;
import static io.github.nettyping.channel.KernelOption.invertedFlag;
import static io.github.nettyping.channel.KernelOption.number;
import static io.github.nettyping.internal.linux.OptionName.ipv4;
import static io.github.nettyping.internal.linux.OptionName.ipv6;
import static io.github.nettyping.internal.linux.OptionName.socket;

import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.packet.IpFamily;
import io.netty.channel.ChannelOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channel options that are one {@code int} to the kernel. Immutable. */
final class KernelOptions {

    private static final int OCTET = 0xff;

    private static final Map<ChannelOption<?>, KernelOption<?>> ALL = new HashMap<>();

    static {
        OptionName broadcast = socket("SO_BROADCAST", SocketHeader.SO_BROADCAST);
        put(ChannelOption.SO_BROADCAST, flag(broadcast, broadcast));
        put(
                ChannelOption.IP_TOS,
                number(ipv4("IP_TOS", InHeader.IP_TOS), ipv6("IPV6_TCLASS", InHeader.IPV6_TCLASS), 0, OCTET));
        put(
                ChannelOption.IP_MULTICAST_TTL,
                number(
                        ipv4("IP_MULTICAST_TTL", InHeader.IP_MULTICAST_TTL),
                        ipv6("IPV6_MULTICAST_HOPS", InHeader.IPV6_MULTICAST_HOPS),
                        0,
                        OCTET));
        put(
                ChannelOption.IP_MULTICAST_LOOP_DISABLED,
                invertedFlag(
                        ipv4("IP_MULTICAST_LOOP", InHeader.IP_MULTICAST_LOOP),
                        ipv6("IPV6_MULTICAST_LOOP", InHeader.IPV6_MULTICAST_LOOP)));
        put(
                IcmpChannelOption.HOP_LIMIT,
                number(
                        ipv4("IP_TTL", InHeader.IP_TTL),
                        ipv6("IPV6_UNICAST_HOPS", InHeader.IPV6_UNICAST_HOPS),
                        1,
                        OCTET));
        // Both families have the same values. linux/in6.h.
        put(
                IcmpChannelOption.MTU_DISCOVER,
                number(
                        ipv4("IP_MTU_DISCOVER", InHeader.IP_MTU_DISCOVER),
                        ipv6("IPV6_MTU_DISCOVER", InHeader.IPV6_MTU_DISCOVER),
                        InHeader.IP_PMTUDISC_DONT,
                        InHeader.IP_PMTUDISC_OMIT));
        OptionName mark =
                socket("SO_MARK", SocketHeader.SO_MARK, "it needs CAP_NET_ADMIN or, on newer kernels, CAP_NET_RAW");
        put(IcmpChannelOption.MARK, number(mark, mark, Integer.MIN_VALUE, Integer.MAX_VALUE));
        OptionName priority = socket(
                "SO_PRIORITY",
                SocketHeader.SO_PRIORITY,
                "above 6 it needs CAP_NET_ADMIN or, on newer kernels, CAP_NET_RAW");
        put(IcmpChannelOption.PRIORITY, number(priority, priority, 0, Integer.MAX_VALUE));
        put(IcmpChannelOption.AUTO_FLOW_LABEL, flag(null, ipv6("IPV6_AUTOFLOWLABEL", InHeader.IPV6_AUTOFLOWLABEL)));
        put(
                IcmpChannelOption.RECEIVE_TRAFFIC_CLASS,
                flag(ipv4("IP_RECVTOS", InHeader.IP_RECVTOS), ipv6("IPV6_RECVTCLASS", InHeader.IPV6_RECVTCLASS)));
        put(
                IcmpChannelOption.RECEIVE_DESTINATION,
                flag(ipv4("IP_PKTINFO", InHeader.IP_PKTINFO), ipv6("IPV6_RECVPKTINFO", InHeader.IPV6_RECVPKTINFO)));
        put(IcmpChannelOption.RECEIVE_IPV4_OPTIONS, flag(ipv4("IP_RECVOPTS", InHeader.IP_RECVOPTS), null));
        OptionName dontRoute = socket("SO_DONTROUTE", SocketHeader.SO_DONTROUTE);
        put(IcmpChannelOption.DONT_ROUTE, flag(dontRoute, dontRoute));
        OptionName debug = socket("SO_DEBUG", SocketHeader.SO_DEBUG, "it needs CAP_NET_ADMIN");
        put(IcmpChannelOption.DEBUG, flag(debug, debug));
        put(IcmpChannelOption.HEADER_INCLUDED, flag(ipv4("IP_HDRINCL", InHeader.IP_HDRINCL), null));
    }

    private KernelOptions() {}

    private static <T> void put(ChannelOption<T> option, KernelOption<T> kernels) {
        ALL.put(option, kernels);
    }

    /** Returns the kernel's side of an option, or null for one that is not of this kind. */
    @SuppressWarnings("unchecked") // put pairs them.
    static <T> @Nullable KernelOption<T> of(ChannelOption<T> option) {
        return (KernelOption<T>) ALL.get(option);
    }

    /** Returns the options of this kind that sockets of a family have. */
    static ChannelOption<?>[] of(IpFamily family) {
        return ALL.entrySet().stream()
                .filter(entry -> entry.getValue().isKnownTo(family))
                .map(Map.Entry::getKey)
                .toArray(ChannelOption<?>[]::new);
    }
}
