package io.github.nettyping.internal.linux;

/**
 * The functions of the C library as jnr-ffi binds them, each as in its page of section 2: addresses as {@code long}, which
 * costs less than its pointers.
 *
 * <p>No function has more than five integer arguments: jnr-ffi 2.3 passes garbage as the sixth on x86-64.
 */
public interface LibC {

    int socket(int domain, int type, int protocol);

    int bind(int fd, long address, int length);

    int connect(int fd, long address, int length);

    int getsockname(int fd, long address, long length);

    int setsockopt(int fd, int level, int option, long value, int length);

    int getsockopt(int fd, int level, int option, long value, long length);

    int ioctl(int fd, long request, long argument);

    int sendmmsg(int fd, long messages, int count, int flags);

    int recvmmsg(int fd, long messages, int count, int flags, long timeout);
}
