package io.github.nettyping.cli;

import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.SystemCallException;

/** What strerror(3) of the GNU C library says of the errors that sending can end with. Stateless. */
final class ErrnoWords {

    private ErrnoWords() {}

    /** Returns the words for an error number, else its name. */
    static String of(SystemCallException failure) {
        return switch (failure.errno()) {
            case Errno.EPERM -> "Operation not permitted";
            case Errno.EAGAIN -> "Resource temporarily unavailable";
            case Errno.ENOMEM -> "Cannot allocate memory";
            case Errno.EACCES -> "Permission denied";
            case 19 /* ENODEV */ -> "No such device";
            case Errno.EINVAL -> "Invalid argument";
            case Errno.EMSGSIZE -> "Message too long";
            case Errno.EAFNOSUPPORT -> "Address family not supported by protocol";
            case 99 /* EADDRNOTAVAIL */ -> "Cannot assign requested address";
            case Errno.ENETDOWN -> "Network is down";
            case Errno.ENETUNREACH -> "Network is unreachable";
            case Errno.ENOBUFS -> "No buffer space available";
            case Errno.ECONNREFUSED -> "Connection refused";
            case Errno.EHOSTDOWN -> "Host is down";
            case Errno.EHOSTUNREACH -> "No route to host";
            default -> failure.errnoName();
        };
    }
}
