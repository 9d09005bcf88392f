package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.CallRefusal;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import java.util.Optional;

/** Words for what the kernel refused, with the remedy where there is one. Stateless. */
final class Refusals {

    private Refusals() {}

    static SystemCallException ofSocket(SocketKind kind, int errno) {
        String call = (kind.family() == IpFamily.IPV4 ? "socket(AF_INET, " : "socket(AF_INET6, ")
                + (kind.isRaw() ? "SOCK_RAW, " : "SOCK_DGRAM, ")
                + (kind.family() == IpFamily.IPV4 ? "IPPROTO_ICMP)" : "IPPROTO_ICMPV6)");
        return exception(call, errno, socketRemedy(kind, errno));
    }

    static SystemCallException of(SocketKind kind, String call, int errno) {
        return exception(call + " on " + kind, errno, "");
    }

    static SystemCallException ofBind(SocketKind kind, IpAddress address, int identifier, int errno) {
        return exception("bind(" + address + ", " + identifier + ") on " + kind, errno, bindRemedy(address, errno));
    }

    static SystemCallException ofOption(SocketKind kind, OptionName option, String value, int errno) {
        return exception("setsockopt(" + option.text() + ", " + value + ") on " + kind, errno, option.remedy(errno));
    }

    static SystemCallException ofSend(IcmpPacket packet, int errno) {
        String call = "sendmmsg to " + packet.peer();
        return packet.hasSendOptions()
                ? exception(
                        call + " with " + packet.sendOptions(),
                        errno,
                        optionRemedy(packet.sendOptions(), errno).orElseGet(() -> sendRemedy(errno)))
                : exception(call, errno, sendRemedy(errno));
    }

    private static SystemCallException exception(String call, int errno, String remedy) {
        String known = remedy.isEmpty() ? CallRefusal.remedy(errno) : remedy;
        return new SystemCallException(call, errno, Errno.name(errno), known);
    }

    private static String socketRemedy(SocketKind kind, int errno) {
        return switch (errno) {
            case Errno.EACCES, Errno.EPERM ->
                kind.isRaw()
                        ? "it needs CAP_NET_RAW: run as root, or with the capability"
                        : "add your group to net.ipv4.ping_group_range: sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"";
            case Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT ->
                "this kernel has no " + (kind.family() == IpFamily.IPV4 ? "IPv4" : "IPv6") + " sockets of this kind";
            default -> "";
        };
    }

    private static String bindRemedy(IpAddress address, int errno) {
        return switch (errno) {
            case Errno.EADDRNOTAVAIL -> "this machine has no such address: see ip address";
            case Errno.EINVAL ->
                address.isLinkLocal() && address.scopeId() == 0
                        ? "a link-local address needs its interface, as in fe80::1%eth0"
                        : "";
            case Errno.ENODEV -> "there is no interface of this index: see ip link";
            case Errno.EADDRINUSE -> "another socket has this identifier; bind to 0 for a fresh one";
            default -> "";
        };
    }

    /** Returns what helps where the kernel may have refused the packet for what was asked beside it. */
    private static Optional<String> optionRemedy(SendOptions options, int errno) {
        boolean way = options.source().isPresent() || options.interfaceIndex().isPresent();
        return switch (errno) {
            case Errno.EPERM ->
                options.mark().isPresent()
                        ? Optional.of("a mark needs CAP_NET_ADMIN or, on newer kernels, CAP_NET_RAW; "
                                + sendRemedy(Errno.EPERM))
                        : Optional.empty();
            case Errno.EINVAL, Errno.EADDRNOTAVAIL, Errno.ENETUNREACH, Errno.EHOSTUNREACH ->
                way
                        ? Optional.of("the source must be an address of this machine,"
                                + " and the interface one with a way to the peer")
                        : Optional.empty();
            case Errno.ENODEV -> Optional.of("there is no interface of this index: see ip link");
            default -> Optional.empty();
        };
    }

    private static String sendRemedy(int errno) {
        return switch (errno) {
            case Errno.EACCES -> "a broadcast address needs SO_BROADCAST (--broadcast); a prohibit route refuses too";
            case Errno.EPERM ->
                "a firewall rule of this machine, or a full connection tracking table (see nettyping doctor)";
            case Errno.ENETUNREACH -> "this machine has no route there";
            case Errno.EMSGSIZE -> "longer than the path takes and fragmentation is forbidden";
            default -> "";
        };
    }
}
