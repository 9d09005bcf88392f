package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.InHeader;
import io.netty.channel.ChannelOption;

/**
 * Options of an {@link IcmpChannel} beside those of Netty. Immutable.
 *
 * <p>Netty's own that it honours: {@code SO_RCVBUF} and {@code SO_SNDBUF} (forced past the sysctl limits when
 * permitted), {@code SO_BROADCAST}, {@code IP_TOS} (the traffic class on IPv6), {@code IP_MULTICAST_TTL} (0 to 255; the
 * hop limit of multicast packets, the kernel's default is 1), {@code IP_MULTICAST_IF},
 * {@code IP_MULTICAST_LOOP_DISABLED}, {@code AUTO_READ}, the write buffer water marks, {@code MAX_MESSAGES_PER_WRITE},
 * {@code ALLOCATOR}. {@code IntegerUnixChannelOption} or {@code RawUnixChannelOption} set any other option of the
 * kernel.
 *
 * <p>If an option given to a {@code Bootstrap} is refused, this is only logged, as with every Netty channel. Set
 * options that must hold by {@code channel.config().setOption}: it throws an {@link IllegalArgumentException} for an
 * impossible value, and a {@code ChannelException} with option, errno and remedy for one that the kernel refuses.
 *
 * <p>Single packets may differ, see {@link io.github.nettyping.packet.SendOptions}.
 *
 * @param <T> type of the option's value
 * @see <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>, ipv6(7), raw(7), socket(7)
 */
public final class IcmpChannelOption<T> extends ChannelOption<T> {

    /**
     * Packets read from the socket before the event loop's other channels have their turn, 64 to 65,536; default 512.
     */
    public static final ChannelOption<Integer> READ_BUDGET = valueOf(IcmpChannelOption.class, "READ_BUDGET");

    /**
     * Bytes of the receive buffer of one packet, IP header included where the socket delivers it, 128 to 65,535;
     * default 2,048. A longer packet is cut and marked. Raised while packets are being read, it applies from the next
     * batch; lowered then, it has no effect.
     */
    public static final ChannelOption<Integer> MAX_PACKET_BYTES = valueOf(IcmpChannelOption.class, "MAX_PACKET_BYTES");

    /**
     * Time to live (IPv4) or hop limit (IPv6) of unicast packets, 1 to 255; the kernel's default is
     * {@code net.ipv4.ip_default_ttl} or what the router announced, mostly 64. {@code IP_TTL} in ip(7),
     * {@code IPV6_UNICAST_HOPS} in ipv6(7). That of multicast packets is Netty's {@code IP_MULTICAST_TTL}.
     */
    public static final ChannelOption<Integer> HOP_LIMIT = valueOf(IcmpChannelOption.class, "HOP_LIMIT");

    /**
     * Whether packets may be fragmented: one of the {@code MTU_DISCOVER_*}, for both families; the kernel's default is
     * {@link #MTU_DISCOVER_WANT}. {@code IP_MTU_DISCOVER} in ip(7). With {@link #MTU_DISCOVER_PROBE} the kernel need not
     * find an IPv4 identification that is unique for each destination (RFC 6864, section 4.1), which is about a twentieth
     * of its work for a round trip over loopback.
     */
    public static final ChannelOption<Integer> MTU_DISCOVER = valueOf(IcmpChannelOption.class, "MTU_DISCOVER");

    /** Value of {@link #MTU_DISCOVER}: routers may fragment, and this machine does. No "don't fragment" on IPv4. */
    public static final int MTU_DISCOVER_DONT = InHeader.IP_PMTUDISC_DONT;

    /** Value of {@link #MTU_DISCOVER}: this machine fragments what is longer than the path is known to take. */
    public static final int MTU_DISCOVER_WANT = InHeader.IP_PMTUDISC_WANT;

    /**
     * Value of {@link #MTU_DISCOVER}: never fragment. What is longer than the path is known to take is refused with
     * {@code EMSGSIZE}.
     */
    public static final int MTU_DISCOVER_DO = InHeader.IP_PMTUDISC_DO;

    /** Value of {@link #MTU_DISCOVER}: never fragment, and send what the interface takes, whatever the path is said to. */
    public static final int MTU_DISCOVER_PROBE = InHeader.IP_PMTUDISC_PROBE;

    /**
     * Value of {@link #MTU_DISCOVER}: send what the interface takes, refuse what is longer, and believe no ICMP message
     * about the path. No "don't fragment" on IPv4.
     */
    public static final int MTU_DISCOVER_INTERFACE = InHeader.IP_PMTUDISC_INTERFACE;

    /** Value of {@link #MTU_DISCOVER}: as {@link #MTU_DISCOVER_INTERFACE}, but fragment what is longer. */
    public static final int MTU_DISCOVER_OMIT = InHeader.IP_PMTUDISC_OMIT;

    /**
     * Mark of all packets, any 32 bits, for routing rules and firewalls of this machine; default 0. {@code SO_MARK} in
     * socket(7). Needs {@code CAP_NET_ADMIN} or, on newer kernels, {@code CAP_NET_RAW}.
     */
    public static final ChannelOption<Integer> MARK = valueOf(IcmpChannelOption.class, "MARK");

    /**
     * Priority of all packets in the queues of this machine's interfaces, 0 or more; default 0. {@code SO_PRIORITY} in
     * socket(7). Setting {@code IP_TOS} afterwards changes it. Above 6 it needs {@code CAP_NET_ADMIN} or, on newer
     * kernels, {@code CAP_NET_RAW}.
     */
    public static final ChannelOption<Integer> PRIORITY = valueOf(IcmpChannelOption.class, "PRIORITY");

    /**
     * Name of the only interface to send and receive by, at most 15 bytes; empty, the default, for all.
     * {@code SO_BINDTODEVICE} in socket(7). If it is set before the channel is bound, it takes effect at the end of the
     * bind, which fails if the kernel refuses it. Changing it needs {@code CAP_NET_RAW}; setting it the first time
     * needs that only before Linux 5.7.
     */
    public static final ChannelOption<String> INTERFACE = valueOf(IcmpChannelOption.class, "INTERFACE");

    /**
     * Flow label of all packets, 1 to 1,048,575; 0, the default, leaves it to the kernel. IPv6 only.
     * {@code IPV6_FLOWINFO_SEND} of {@code linux/in6.h}.
     */
    public static final ChannelOption<Integer> FLOW_LABEL = valueOf(IcmpChannelOption.class, "FLOW_LABEL");

    /**
     * Whether the kernel makes a flow label of each packet's addresses; its default is
     * {@code net.ipv6.auto_flowlabels}. IPv6 only. {@code IPV6_AUTOFLOWLABEL} of {@code linux/in6.h}.
     */
    public static final ChannelOption<Boolean> AUTO_FLOW_LABEL = valueOf(IcmpChannelOption.class, "AUTO_FLOW_LABEL");

    /**
     * Options of the IPv4 header of all packets, such as record route, at most 40 bytes: what
     * {@code Ipv4Options.octets().toByteArray()} returns; none by default. IPv4 only. {@code IP_OPTIONS} in ip(7). Each
     * byte of them is one less for the payload.
     */
    public static final ChannelOption<byte[]> IPV4_OPTIONS = valueOf(IcmpChannelOption.class, "IPV4_OPTIONS");

    /**
     * Whether received packets tell the options of their IPv4 headers, see
     * {@link io.github.nettyping.packet.IcmpPacket#ipv4Options()}; default false. IPv4 only. {@code IP_RECVOPTS} in
     * ip(7).
     */
    public static final ChannelOption<Boolean> RECEIVE_IPV4_OPTIONS =
            valueOf(IcmpChannelOption.class, "RECEIVE_IPV4_OPTIONS");

    /**
     * Whether packets go only to hosts on a link, by no gateway; default false. {@code SO_DONTROUTE} in socket(7). Linux
     * takes no notice of it on IPv6.
     */
    public static final ChannelOption<Boolean> DONT_ROUTE = valueOf(IcmpChannelOption.class, "DONT_ROUTE");

    /**
     * Whether the kernel traces the socket, where it is built for that; default false. {@code SO_DEBUG} in socket(7).
     * Needs {@code CAP_NET_ADMIN}.
     */
    public static final ChannelOption<Boolean> DEBUG = valueOf(IcmpChannelOption.class, "DEBUG");

    /**
     * Whether received packets tell their type of service or traffic class, see
     * {@link io.github.nettyping.packet.IcmpPacket#trafficClass()}; default false. {@code IP_RECVTOS} in ip(7),
     * {@code IPV6_RECVTCLASS} in RFC 3542, section 6.5. Over loopback it costs up to a twentieth of a round trip. On raw
     * IPv4 channels packets tell it anyway, in their IP header; the option is for their queued errors.
     */
    public static final ChannelOption<Boolean> RECEIVE_TRAFFIC_CLASS =
            valueOf(IcmpChannelOption.class, "RECEIVE_TRAFFIC_CLASS");

    /**
     * Whether received packets tell where they came in, see {@link io.github.nettyping.packet.IcmpPacket#arrival()};
     * default false. {@code IP_PKTINFO} in ip(7), {@code IPV6_RECVPKTINFO} in RFC 3542, section 6.2.
     */
    public static final ChannelOption<Boolean> RECEIVE_DESTINATION =
            valueOf(IcmpChannelOption.class, "RECEIVE_DESTINATION");

    /**
     * Whether redirects and source quenches are delivered, which say nothing about the fate of a packet; default false.
     * For raw IPv4 channels, before or after they are bound. Ping sockets deliver theirs in any case, and IPv6 has
     * none. A raw channel gets those for other programs of this machine, too.
     */
    public static final ChannelOption<Boolean> RECEIVE_NOTICES = valueOf(IcmpChannelOption.class, "RECEIVE_NOTICES");

    /**
     * Whether received packets tell when the kernel got them, see
     * {@link io.github.nettyping.packet.IcmpPacket#kernelReceiveNanos()}; default true. {@code SO_TIMESTAMPING} in
     * socket(7). It costs a twentieth of a round trip over loopback at most; without it, round trips end when the reply
     * is read.
     */
    public static final ChannelOption<Boolean> RECEIVE_STAMPS = valueOf(IcmpChannelOption.class, "RECEIVE_STAMPS");

    /**
     * Whether the kernel tells when each packet left it for the network device, see
     * {@link io.github.nettyping.packet.SendListener#stamped}; default false. {@code SO_TIMESTAMPING} in socket(7). Set
     * it before the channel is bound; later an {@link IllegalStateException} refuses it.
     *
     * <p>It costs half a microsecond a packet, about a fifth of a round trip over loopback. A raw channel then has a
     * second socket to send on. If the kernel makes no stamps, or a ping channel has only one socket, no listener is
     * told.
     */
    public static final ChannelOption<Boolean> TRANSMIT_STAMPS = valueOf(IcmpChannelOption.class, "TRANSMIT_STAMPS");

    /**
     * Whether the content of packets to be sent begins with the IPv4 header; default false. Raw IPv4 channels only.
     * {@code IP_HDRINCL} in raw(7).
     *
     * <p>The kernel writes total length and header checksum, and source and identification where they are 0; everything
     * else goes out as it is: flags, fragment offset, IP options, a source that is not this machine's, the ICMP
     * checksum. The destination must be the packet's peer, by which the kernel routes. What is longer than the
     * interface's MTU is refused ({@code EMSGSIZE}), never fragmented. Queued errors quote the header too.
     * {@code IcmpEncoder} writes no header: write {@code IcmpPacket}s. Set this before the first of them.
     *
     * <p>IPv6 raw sockets have the same since Linux 4.5 ({@code IPV6_HDRINCL}), which is not supported.
     */
    public static final ChannelOption<Boolean> HEADER_INCLUDED = valueOf(IcmpChannelOption.class, "HEADER_INCLUDED");

    /**
     * Whether every ICMP packet of the network namespace is received, as long as it is on; default false. Raw channels
     * only.
     *
     * <p>Without it the kernel gives a raw channel only the replies with the channel's identifier: to echo, timestamp
     * and extended echo requests. With it, replies to other programs come too, and requests, errors, and everything
     * that this host sends to itself. Errors about packets of the channel then come twice, by the error queue and as
     * received; a {@code ProbeCorrelator} counts both. It rejects all other foreign messages, so a handler that wants
     * them must be before it in the pipeline.
     *
     * <p>A mask of types can narrow what passes, set by {@code IntegerUnixChannelOption} ({@code ICMP_FILTER}, in
     * raw(7)) or {@code RawUnixChannelOption} ({@code ICMPV6_FILTER}, RFC 3542, section 3.2) once the channel is bound.
     */
    public static final ChannelOption<Boolean> RECEIVE_ALL = valueOf(IcmpChannelOption.class, "RECEIVE_ALL");

    @SuppressWarnings("deprecation") // The only constructor there is.
    private IcmpChannelOption() {
        super(null);
    }
}
