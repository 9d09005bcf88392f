package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;

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

    static SystemCallException ofSend(String peer, int errno) {
        return exception("sendmmsg to " + peer, errno, sendRemedy(errno));
    }

    private static SystemCallException exception(String call, int errno, String remedy) {
        return new SystemCallException(call, errno, Errno.name(errno), remedy);
    }

    private static String socketRemedy(SocketKind kind, int errno) {
        return switch (errno) {
            case Errno.EACCES, Errno.EPERM ->
                kind.isRaw()
                        ? "it needs CAP_NET_RAW: run as root, or with the capability"
                        : "add your group to net.ipv4.ping_group_range: sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"";
            case Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT ->
                "this kernel has no " + (kind.family() == IpFamily.IPV4 ? "IPv4" : "IPv6") + " sockets of this kind";
            case Errno.EMFILE -> "raise the limit of open files: ulimit -n";
            default -> "";
        };
    }

    private static String sendRemedy(int errno) {
        return switch (errno) {
            case Errno.EACCES -> "a broadcast address needs SO_BROADCAST; a prohibit route refuses too";
            case Errno.EPERM ->
                "a firewall rule of this machine, or a full connection tracking table (see nettyping doctor)";
            case Errno.ENETUNREACH -> "this machine has no route there";
            case Errno.EMSGSIZE -> "longer than the path takes and fragmentation is forbidden";
            default -> "";
        };
    }
}
