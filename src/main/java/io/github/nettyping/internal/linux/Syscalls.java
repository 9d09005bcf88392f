package io.github.nettyping.internal.linux;

/**
 * The system calls of ICMP sockets and of the sockets beside them. Each returns what the kernel returned, or the
 * negated errno.
 *
 * <p>This is the only place where a negative number means failure. All descriptors are non-blocking, so no call waits.
 * Safe for use by many threads, but not with the same memory. Descriptors are closed by Netty's {@code FileDescriptor},
 * which never closes a number twice.
 */
public interface Syscalls {

    /**
     * Returns the system calls of this machine. The first call binds them.
     *
     * @throws UnsupportedOperationException if it is not Linux, or the native parts do not load. Unless the cause is an
     *                                       {@link java.io.IOException} or lack of memory, that stays so
     */
    static Syscalls ofThisMachine() {
        return MachineSyscalls.get();
    }

    /** Opens a socket. socket(2). */
    int socket(int domain, int type, int protocol);

    /** Gives a socket its address, the first {@code length} bytes of {@code address}. bind(2). */
    int bind(int fd, NativeMemory address, int length);

    /** Gives a socket its peer, the first {@code length} bytes of {@code address}. connect(2). */
    int connect(int fd, NativeMemory address, int length);

    /** Reads a socket's address; returns its length. getsockname(2). */
    int getsockname(int fd, NativeMemory address);

    /** Sets an option to the first {@code length} bytes of {@code value}. setsockopt(2). */
    int setsockopt(int fd, int level, int option, NativeMemory value, int length);

    /** Reads an option into {@code value}; returns its length. getsockopt(2). */
    int getsockopt(int fd, int level, int option, NativeMemory value);

    /** Asks a device or a socket. ioctl(2). */
    int ioctl(int fd, long request, NativeMemory argument);

    /** Sends the first {@code count} messages; returns how many were taken. sendmmsg(2). */
    int sendmmsg(int fd, MmsgArray messages, int count, int flags);

    /** Receives up to {@code count} messages; returns how many came. recvmmsg(2). */
    int recvmmsg(int fd, MmsgArray messages, int count, int flags);
}
