package io.github.nettyping.internal.route;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.internal.linux.SockAddrs;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks the kernel which route packets would take, without sending any: it connects a UDP socket, as ping(8) does.
 * Immutable.
 *
 * <p>The answer is for the network namespace of the thread that asks. Only a mark needs a privilege.
 *
 * @param interfaceName the interface they shall leave by; empty for any
 * @param trafficClass  their type of service or traffic class, 0 to 255, if routes may depend on it
 * @param mark          their mark, if routes may depend on it
 * @param broadcast     whether the address may be a broadcast address
 */
public record RouteLookup(
        Optional<String> interfaceName, OptionalInt trafficClass, OptionalInt mark, boolean broadcast) {

    /** Any route to an address that is no broadcast address. */
    public static final RouteLookup ANY =
            new RouteLookup(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false);

    /** An arbitrary port: nothing is sent there. */
    private static final int PORT = 1_025;

    private static final OptionName BINDTODEVICE = OptionName.socket("SO_BINDTODEVICE", SocketHeader.SO_BINDTODEVICE);
    private static final OptionName BROADCAST = OptionName.socket("SO_BROADCAST", SocketHeader.SO_BROADCAST);
    private static final OptionName MARK = OptionName.socket(
            "SO_MARK", SocketHeader.SO_MARK, "it needs CAP_NET_ADMIN or, on newer kernels, CAP_NET_RAW");

    /**
     * How packets would leave. Immutable.
     *
     * @param source   the address of this machine they would come from
     * @param mtuBytes longest IP packet, header included, that the path is known to take in one piece, 68 or more
     */
    public record Route(IpAddress source, int mtuBytes) {}

    /**
     * Asks.
     *
     * @param target any address; a link-local one of IPv6 with its scope id, or with an interface here
     * @return the route
     * @throws SystemCallException           if there is none: {@code ENETUNREACH}, {@code EHOSTUNREACH}; {@code EACCES} if
     *                                       the address is a broadcast address and that is not expected, or the route
     *                                       prohibits it; or if an option is refused
     * @throws UnsupportedOperationException if this machine cannot run nettyping at all
     */
    public Route find(IpAddress target) throws SystemCallException {
        return find(Syscalls.ofThisMachine(), target);
    }

    Route find(Syscalls syscalls, IpAddress target) throws SystemCallException {
        boolean ipv4 = target.family() == IpFamily.IPV4;
        int fd = syscalls.socket(
                ipv4 ? SocketHeader.AF_INET : SocketHeader.AF_INET6,
                SocketHeader.SOCK_DGRAM | SocketHeader.SOCK_NONBLOCK | SocketHeader.SOCK_CLOEXEC,
                0);
        check(fd, ipv4 ? "socket(AF_INET, SOCK_DGRAM)" : "socket(AF_INET6, SOCK_DGRAM)", "");
        FileDescriptor socket = new FileDescriptor(fd);
        try (NativeMemory memory = new NativeMemory(SockAddrs.SOCKADDR_IN6_BYTES)) {
            prepare(syscalls, fd, ipv4, memory);
            ByteBuffer address = memory.bytes();
            int length = ipv4
                    ? SockAddrs.putIpv4(address, 0, target.ipv4Bits(), PORT)
                    : SockAddrs.putIpv6(address, 0, target.high(), target.low(), target.scopeId(), PORT);
            check(syscalls.connect(fd, memory, length), "connect(" + target + ')', "");
            check(syscalls.getsockname(fd, memory), "getsockname", "");
            IpAddress source =
                    new IpAddress(SockAddrs.high(address, 0), SockAddrs.low(address, 0), SockAddrs.scopeId(address, 0));
            OptionName mtu =
                    ipv4 ? OptionName.ipv4("IP_MTU", InHeader.IP_MTU) : OptionName.ipv6("IPV6_MTU", InHeader.IPV6_MTU);
            check(syscalls.getsockopt(fd, mtu.level(), mtu.number(), memory), "getsockopt(" + mtu.text() + ')', "");
            return new Route(source, address.getInt(0));
        } finally {
            close(socket);
        }
    }

    private void prepare(Syscalls syscalls, int fd, boolean ipv4, NativeMemory memory) throws SystemCallException {
        if (interfaceName.isPresent()) {
            byte[] name = interfaceName.get().getBytes(StandardCharsets.UTF_8);
            try (NativeMemory bytes = new NativeMemory(name.length)) {
                bytes.bytes().put(0, name);
                int result = syscalls.setsockopt(fd, BINDTODEVICE.level(), BINDTODEVICE.number(), bytes, name.length);
                checkOption(result, BINDTODEVICE, interfaceName.get());
            }
        }
        if (trafficClass.isPresent()) {
            OptionName option = ipv4
                    ? OptionName.ipv4("IP_TOS", InHeader.IP_TOS)
                    : OptionName.ipv6("IPV6_TCLASS", InHeader.IPV6_TCLASS);
            setInt(syscalls, fd, memory, option, trafficClass.getAsInt());
        }
        if (mark.isPresent()) {
            setInt(syscalls, fd, memory, MARK, mark.getAsInt());
        }
        if (broadcast) {
            setInt(syscalls, fd, memory, BROADCAST, 1);
        }
    }

    private static void setInt(Syscalls syscalls, int fd, NativeMemory memory, OptionName option, int value)
            throws SystemCallException {
        memory.bytes().putInt(0, value);
        int result = syscalls.setsockopt(fd, option.level(), option.number(), memory, Integer.BYTES);
        checkOption(result, option, Integer.toString(value));
    }

    private static void checkOption(int result, OptionName option, String value) throws SystemCallException {
        check(result, "setsockopt(" + option.text() + ", " + value + ')', option.remedy(-result));
    }

    private static void check(int result, String call, String remedy) throws SystemCallException {
        if (result < 0) {
            throw new SystemCallException(call, -result, Errno.name(-result), remedy);
        }
    }

    private static void close(FileDescriptor socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("close(2) of a socket just connected: " + e.getMessage(), e);
        }
    }
}
