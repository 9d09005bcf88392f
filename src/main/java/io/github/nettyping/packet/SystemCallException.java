package io.github.nettyping.packet;

import java.io.IOException;

/**
 * A system call failed on this machine. This says nothing about the network or a host. Immutable.
 *
 * <p>Decide by {@link #errno()}, never by the message, which is for people.
 */
public class SystemCallException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With the arguments that matter. */
    private final String call;

    /** Its name as in errno(3). */
    private final String errnoName;

    /** Its number on this architecture. */
    private final int errno;

    /**
     * Creates an exception.
     *
     * @param call      the call with the arguments that matter: {@code socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP)}
     * @param errno     the error number, more than 0
     * @param errnoName its name as in errno(3): {@code EACCES}
     * @param remedy    what the reader can do about it, or an empty string
     */
    public SystemCallException(String call, int errno, String errnoName, String remedy) {
        super(call + ": " + errnoName + (remedy.isEmpty() ? "" : "; " + remedy));
        this.call = call;
        this.errno = errno;
        this.errnoName = errnoName;
    }

    /** {@return the name of the call that failed, with the arguments that matter} */
    public String call() {
        return call;
    }

    /** {@return the error number, more than 0} */
    public int errno() {
        return errno;
    }

    /** {@return the symbolic name of the error number as in errno(3), {@code errno 1234} for an unknown number} */
    public String errnoName() {
        return errnoName;
    }
}
