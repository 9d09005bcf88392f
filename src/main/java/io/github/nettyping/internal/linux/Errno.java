package io.github.nettyping.internal.linux;

/** Error numbers of {@code asm-generic/errno.h}, the same on x86-64 and AArch64, and their names. errno(3). */
public final class Errno {

    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** Interrupted system call. */
    public static final int EINTR = 4;
    /** Bad file descriptor. */
    public static final int EBADF = 9;
    /** Resource temporarily unavailable. */
    public static final int EAGAIN = 11;
    /** Cannot allocate memory. */
    public static final int ENOMEM = 12;
    /** Permission denied. */
    public static final int EACCES = 13;
    /** No such device. */
    public static final int ENODEV = 19;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** Too many open files in the system. */
    public static final int ENFILE = 23;
    /** Too many open files in this process. */
    public static final int EMFILE = 24;
    /** Bad message: what was received cannot be read. */
    public static final int EBADMSG = 74;
    /** Message too long. */
    public static final int EMSGSIZE = 90;
    /** Protocol not available. */
    public static final int ENOPROTOOPT = 92;
    /** Protocol not supported. */
    public static final int EPROTONOSUPPORT = 93;
    /** Operation not supported. */
    public static final int EOPNOTSUPP = 95;
    /** Address family not supported. */
    public static final int EAFNOSUPPORT = 97;
    /** Address already in use. */
    public static final int EADDRINUSE = 98;
    /** Function not implemented. */
    public static final int ENOSYS = 38;
    /** Cannot assign requested address: it is none of this machine's. */
    public static final int EADDRNOTAVAIL = 99;
    /** Network is down. */
    public static final int ENETDOWN = 100;
    /** Network is unreachable. */
    public static final int ENETUNREACH = 101;
    /** No buffer space available. */
    public static final int ENOBUFS = 105;
    /** Connection refused: a port was unreachable. */
    public static final int ECONNREFUSED = 111;
    /** Host is down. */
    public static final int EHOSTDOWN = 112;
    /** No route to host. */
    public static final int EHOSTUNREACH = 113;
    /** A redirect was received. */
    public static final int EREMOTEIO = 121;

    private static final String[] NAMES = names();

    private Errno() {}

    /** Returns the symbolic name of an error number; {@code errno 1234} for one that is not known here. */
    public static String name(int errno) {
        String name = errno > 0 && errno < NAMES.length ? NAMES[errno] : null;
        return name == null ? "errno " + errno : name;
    }

    /**
     * Tells whether an ICMP message may have left an error on a socket. If so, the error says nothing about the call
     * that returned it. These are the {@code errno} column of {@code icmp_err_convert} in {@code net/ipv4/icmp.c} and
     * of {@code icmpv6_err_convert} in {@code net/ipv6/icmp.c}.
     */
    public static boolean isHostError(int errno) {
        return switch (errno) {
            case ENETUNREACH, EHOSTUNREACH, ECONNREFUSED, EHOSTDOWN, ENOPROTOOPT, EOPNOTSUPP, EMSGSIZE, EACCES -> true;
            case 64 /* ENONET */, 71 /* EPROTO */, EREMOTEIO -> true;
            default -> false;
        };
    }

    private static String[] names() {
        String[] names = new String[134];
        String[] low =
                ("EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK"
                                + " EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC"
                                + " ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS")
                        .split(" ", -1);
        System.arraycopy(low, 0, names, 1, low.length);
        names[64] = "ENONET";
        names[71] = "EPROTO";
        names[EBADMSG] = "EBADMSG";
        String[] net =
                ("ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP"
                                + " EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET"
                                + " ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT"
                                + " ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS")
                        .split(" ", -1);
        System.arraycopy(net, 0, names, 88, net.length);
        names[EREMOTEIO] = "EREMOTEIO";
        return names;
    }
}
