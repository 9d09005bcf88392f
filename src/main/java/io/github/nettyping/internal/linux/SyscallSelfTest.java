package io.github.nettyping.internal.linux;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/**
 * Proves at load that a call's arguments and results pass the foreign function interface unchanged, on a local socket
 * that sends to itself: every function of the interface, the widest of them with a value in every argument.
 */
final class SyscallSelfTest {

    private static final int MESSAGES = 3;
    private static final int PAYLOAD = 24;
    private static final long PATTERN = 0x0123_4567_89ab_cdefL;

    private SyscallSelfTest() {}

    /** @throws IOException if the kernel has no room for a socket now */
    static void run(Syscalls syscalls) throws IOException {
        int refused = syscalls.socket(-1, -1, -1);
        require(refused == -Errno.EAFNOSUPPORT || refused == -Errno.EINVAL, "socket(-1, -1, -1)", refused);
        int fd = syscalls.socket(
                SocketHeader.AF_UNIX,
                SocketHeader.SOCK_DGRAM | SocketHeader.SOCK_NONBLOCK | SocketHeader.SOCK_CLOEXEC,
                0);
        require(fd >= 0, "socket(AF_UNIX, SOCK_DGRAM, 0)", fd);
        try (Socket socket = new Socket(new FileDescriptor(fd))) {
            options(syscalls, socket.descriptor().intValue());
            messages(syscalls, socket.descriptor().intValue());
        }
    }

    private record Socket(FileDescriptor descriptor) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            descriptor.close();
        }
    }

    private static void options(Syscalls syscalls, int fd) throws IOException {
        try (NativeMemory value = new NativeMemory(16)) {
            value.bytes().putInt(0, 40_000);
            int set = syscalls.setsockopt(fd, SocketHeader.SOL_SOCKET, SocketHeader.SO_SNDBUF, value, Integer.BYTES);
            require(set == 0, "setsockopt(SO_SNDBUF)", set);
            value.bytes().putInt(0, 0);
            int length = syscalls.getsockopt(fd, SocketHeader.SOL_SOCKET, SocketHeader.SO_SNDBUF, value);
            require(length == Integer.BYTES, "getsockopt(SO_SNDBUF)", length);
            require(
                    value.bytes().getInt(0) == 80_000,
                    "value by getsockopt(SO_SNDBUF)",
                    value.bytes().getInt(0));
        }
    }

    private static void messages(Syscalls syscalls, int fd) throws IOException {
        try (NativeMemory address = new NativeMemory(128);
                NativeMemory payload = new NativeMemory(MESSAGES * PAYLOAD);
                MmsgArray messages = new MmsgArray(MESSAGES, 128, 0)) {
            // Autobind: an address of the family alone gives the socket an abstract name. unix(7).
            address.bytes().putShort(0, (short) SocketHeader.AF_UNIX);
            int bound = syscalls.bind(fd, address, Short.BYTES);
            require(bound == 0, "bind(AF_UNIX)", bound);
            int length = syscalls.getsockname(fd, address);
            require(length > Short.BYTES && length <= address.size(), "getsockname(AF_UNIX)", length);
            for (int i = 0; i < MESSAGES; i++) {
                payload.bytes().putLong(i * PAYLOAD, PATTERN + i);
                messages.setName(i, address, length);
                messages.setBuffer(i, payload.address() + (long) i * PAYLOAD, PAYLOAD - i);
            }
            int sent = syscalls.sendmmsg(fd, messages, MESSAGES, SocketHeader.MSG_DONTWAIT);
            require(sent == MESSAGES, "sendmmsg", sent);
            try (NativeMemory next = new NativeMemory(Integer.BYTES)) {
                next.bytes().putInt(0, 0);
                int asked = syscalls.ioctl(fd, IoctlsHeader.FIONREAD, next);
                require(asked == 0, "ioctl(FIONREAD)", asked);
                require(
                        next.bytes().getInt(0) == PAYLOAD,
                        "length by ioctl(FIONREAD)",
                        next.bytes().getInt(0));
            }
            for (int i = 0; i < MESSAGES; i++) {
                payload.bytes().putLong(i * PAYLOAD, 0);
                messages.setBuffer(i, payload.address() + (long) i * PAYLOAD, PAYLOAD);
                messages.resetForReceive(i);
            }
            int received = syscalls.recvmmsg(fd, messages, MESSAGES, SocketHeader.MSG_DONTWAIT);
            require(received == MESSAGES, "recvmmsg", received);
            for (int i = 0; i < MESSAGES; i++) {
                require(messages.length(i) == PAYLOAD - i, "length by recvmmsg", messages.length(i));
                require(payload.bytes().getLong(i * PAYLOAD) == PATTERN + i, "bytes by recvmmsg", i);
            }
            int empty = syscalls.recvmmsg(fd, messages, MESSAGES, SocketHeader.MSG_DONTWAIT);
            require(empty == -Errno.EAGAIN, "recvmmsg of nothing", empty);
        }
    }

    private static void require(boolean holds, String what, long got) throws IOException {
        if (!holds) {
            int errno = (int) -Math.min(got, 0);
            if (CallRefusal.isOfSandbox(errno)) {
                throw new UnsatisfiedLinkError(what + ": " + Errno.name(errno) + "; " + CallRefusal.remedy(errno));
            }
            if (!CallRefusal.remedy(errno).isEmpty()) {
                throw new IOException(what + ": " + Errno.name(errno) + "; " + CallRefusal.remedy(errno));
            }
            throw new UnsatisfiedLinkError("self-test of the system calls: " + what + " gave " + got
                    + "; jnr-ffi does not call the C library correctly on this machine");
        }
    }
}
