package io.github.nettyping.channel;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.internal.linux.InHeader;
import io.github.nettyping.internal.linux.MmsgArray;
import io.github.nettyping.internal.linux.NativeMemory;
import io.github.nettyping.internal.linux.OptionName;
import io.github.nettyping.internal.linux.SockAddrs;
import io.github.nettyping.internal.linux.SockDiagHeader;
import io.github.nettyping.internal.linux.SocketFilter;
import io.github.nettyping.internal.linux.SocketHeader;
import io.github.nettyping.internal.linux.Syscalls;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One ICMP socket: its descriptor and the calls made on it. Options may be used by any thread. */
final class IcmpSocket {

    static final OptionName RCVBUF = OptionName.socket("SO_RCVBUF", SocketHeader.SO_RCVBUF);
    static final OptionName SNDBUF = OptionName.socket("SO_SNDBUF", SocketHeader.SO_SNDBUF);
    private static final OptionName ERROR = OptionName.socket("SO_ERROR", SocketHeader.SO_ERROR);

    private final Syscalls syscalls;
    private final SocketKind kind;
    private final FileDescriptor fd;

    private IcmpSocket(Syscalls syscalls, SocketKind kind, FileDescriptor fd) {
        this.syscalls = syscalls;
        this.kind = kind;
        this.fd = fd;
    }

    /** Opens a socket; a raw one delivers nothing until {@link RawFilter} is set. */
    static IcmpSocket open(Syscalls syscalls, SocketKind kind) throws SystemCallException {
        boolean ipv4 = kind.family() == IpFamily.IPV4;
        int result = syscalls.socket(
                ipv4 ? SocketHeader.AF_INET : SocketHeader.AF_INET6,
                (kind.isRaw() ? SocketHeader.SOCK_RAW : SocketHeader.SOCK_DGRAM)
                        | SocketHeader.SOCK_NONBLOCK
                        | SocketHeader.SOCK_CLOEXEC,
                ipv4 ? InHeader.IPPROTO_ICMP : InHeader.IPPROTO_ICMPV6);
        if (result < 0) {
            throw Refusals.ofSocket(kind, -result);
        }
        IcmpSocket socket = new IcmpSocket(syscalls, kind, new FileDescriptor(result));
        if (kind.isRaw()) {
            try {
                // Packets may have come in since socket(2): drop all that come now, and discard those.
                RawFilter.nothing(socket);
                socket.discardQueue();
            } catch (SystemCallException | RuntimeException | Error e) {
                socket.closeAfter(e);
                throw e;
            }
        }
        return socket;
    }

    FileDescriptor fd() {
        return fd;
    }

    SocketKind kind() {
        return kind;
    }

    /** Gives the socket a source address and, to a ping socket, an identifier; 0 lets the kernel choose. */
    void bind(IpAddress address, int identifier) throws SystemCallException {
        try (NativeMemory name = new NativeMemory(SockAddrs.SOCKADDR_IN6_BYTES)) {
            // On raw IPv6 sockets the port is the protocol's business. raw(7).
            int port = kind.isRaw() ? 0 : identifier;
            int length = kind.family() == IpFamily.IPV4
                    ? SockAddrs.putIpv4(name.bytes(), 0, (int) address.low(), port)
                    : SockAddrs.putIpv6(name.bytes(), 0, address.high(), address.low(), address.scopeId(), port);
            int result = syscalls.bind(fd.intValue(), name, length);
            if (result < 0) {
                throw Refusals.ofBind(kind, address, identifier, -result);
            }
        }
    }

    /** Returns the bound address, and the identifier of a ping socket as the port. */
    InetSocketAddress name() throws SystemCallException {
        try (NativeMemory name = new NativeMemory(SockAddrs.SOCKADDR_IN6_BYTES)) {
            check(syscalls.getsockname(fd.intValue(), name), "getsockname");
            ByteBuffer in = name.bytes();
            IpAddress address = new IpAddress(SockAddrs.high(in, 0), SockAddrs.low(in, 0), SockAddrs.scopeId(in, 0));
            return new InetSocketAddress(address.toInetAddress(), SockAddrs.port(in, 0));
        }
    }

    /** Attaches a program that decides which packets are delivered. */
    void attach(SocketFilter filter) throws SystemCallException {
        try (NativeMemory program = new NativeMemory(filter.bytes())) {
            filter.write(program);
            int result = fd.isOpen()
                    ? syscalls.setsockopt(
                            fd.intValue(),
                            SocketHeader.SOL_SOCKET,
                            SocketHeader.SO_ATTACH_FILTER,
                            program,
                            SocketFilter.FPROG_BYTES)
                    : -Errno.EBADF;
            check(result, "setsockopt(SO_ATTACH_FILTER)");
        }
    }

    private void discardQueue() {
        try (MmsgArray discarded = new MmsgArray(16, SockAddrs.SOCKADDR_IN6_BYTES, 0)) {
            int received;
            do {
                for (int i = 0; i < discarded.count(); i++) {
                    discarded.resetForReceive(i);
                }
                received = syscalls.recvmmsg(fd.intValue(), discarded, discarded.count(), SocketHeader.MSG_DONTWAIT);
            } while (received > 0 || received == -Errno.EINTR);
        }
    }

    void setInt(OptionName option, int value) throws SystemCallException {
        int result = trySetInt(option.level(), option.number(), value);
        if (result < 0) {
            throw Refusals.ofOption(kind, option, Integer.toString(value), -result);
        }
    }

    /** Sets an option, or returns the negated errno. */
    int trySetInt(int level, int option, int value) {
        if (!fd.isOpen()) {
            // The number may be another descriptor's by now.
            return -Errno.EBADF;
        }
        try (NativeMemory memory = new NativeMemory(Integer.BYTES)) {
            memory.bytes().putInt(0, value);
            return syscalls.setsockopt(fd.intValue(), level, option, memory, Integer.BYTES);
        }
    }

    int getInt(OptionName option) throws SystemCallException {
        try (NativeMemory memory = new NativeMemory(Integer.BYTES)) {
            getsockopt(option, memory);
            return memory.bytes().getInt(0);
        }
    }

    /** Sets an option to bytes, which {@code what} describes for people. */
    void setBytes(OptionName option, ByteBuffer value, String what) throws SystemCallException {
        try (NativeMemory memory = new NativeMemory(Math.max(1, value.remaining()))) {
            int length = value.remaining();
            memory.bytes().put(0, value, value.position(), length);
            int result = fd.isOpen()
                    ? syscalls.setsockopt(fd.intValue(), option.level(), option.number(), memory, length)
                    : -Errno.EBADF;
            if (result < 0) {
                throw Refusals.ofOption(kind, option, what, -result);
            }
        }
    }

    /** Reads an option into the remaining bytes of {@code value} and advances its position by its length. */
    void getBytes(OptionName option, ByteBuffer value) throws SystemCallException {
        try (NativeMemory memory = new NativeMemory(value.remaining())) {
            int length = getsockopt(option, memory);
            value.put(value.position(), memory.bytes(), 0, length).position(value.position() + length);
        }
    }

    private int getsockopt(OptionName option, NativeMemory value) throws SystemCallException {
        int result =
                fd.isOpen() ? syscalls.getsockopt(fd.intValue(), option.level(), option.number(), value) : -Errno.EBADF;
        return check(result, "getsockopt(" + option.text() + ')');
    }

    /** Sets a buffer size past the sysctl limit where that is permitted, up to it elsewhere. */
    void setBufferBytes(boolean receive, int bytes) throws SystemCallException {
        int forced = trySetInt(
                SocketHeader.SOL_SOCKET, receive ? SocketHeader.SO_RCVBUFFORCE : SocketHeader.SO_SNDBUFFORCE, bytes);
        if (forced < 0) {
            setInt(receive ? RCVBUF : SNDBUF, bytes);
        }
    }

    /** Reads and clears the error that an ICMP message or a full buffer has left; epoll reports it until then. */
    void clearPendingError() throws SystemCallException {
        getInt(ERROR);
    }

    /** Returns how many packets were dropped because the receive buffer was full, modulo 2^32. */
    long drops() throws SystemCallException {
        try (NativeMemory counters = new NativeMemory(SockDiagHeader.SK_MEMINFO_VARS * Integer.BYTES)) {
            check(
                    syscalls.getsockopt(fd.intValue(), SocketHeader.SOL_SOCKET, SocketHeader.SO_MEMINFO, counters),
                    "getsockopt(SO_MEMINFO)");
            return counters.bytes().getInt(SockDiagHeader.SK_MEMINFO_DROPS * Integer.BYTES) & 0xffff_ffffL;
        }
    }

    int send(MmsgArray messages, int count) {
        return syscalls.sendmmsg(fd.intValue(), messages, count, SocketHeader.MSG_DONTWAIT);
    }

    int receive(MmsgArray messages, int count, int flags) {
        return syscalls.recvmmsg(fd.intValue(), messages, count, SocketHeader.MSG_DONTWAIT | flags);
    }

    void close() throws IOException {
        fd.close();
    }

    /** Closes the socket because of a failure, and keeps that failure. */
    void closeAfter(Throwable failure) {
        try {
            fd.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private int check(int result, String call) throws SystemCallException {
        if (result < 0) {
            throw Refusals.of(kind, call, -result);
        }
        return result;
    }
}
