package io.github.nettyping.internal.linux;

/**
 * The functions of the C library as jnr-ffi binds them: addresses as {@code long}, which costs less than its pointers.
 *
 * <p>No function of more than five integer arguments stands here: jnr-ffi 2.3 passes garbage as the sixth on x86-64.
 */
public interface LibC {

    /** socket(2). */
    int socket(int domain, int type, int protocol);

    /** bind(2). */
    int bind(int fd, long address, int length);

    /** connect(2). */
    int connect(int fd, long address, int length);

    /** getsockname(2). */
    int getsockname(int fd, long address, long length);

    /** setsockopt(2). */
    int setsockopt(int fd, int level, int option, long value, int length);

    /** getsockopt(2). */
    int getsockopt(int fd, int level, int option, long value, long length);

    /** ioctl(2). */
    int ioctl(int fd, long request, long argument);

    /** sendmmsg(2). */
    int sendmmsg(int fd, long messages, int count, int flags);

    /** recvmmsg(2). */
    int recvmmsg(int fd, long messages, int count, int flags, long timeout);
}
