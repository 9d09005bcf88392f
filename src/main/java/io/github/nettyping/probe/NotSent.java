package io.github.nettyping.probe;

import io.github.nettyping.packet.SystemCallException;
import java.util.Optional;

/**
 * Trouble on this side kept the probe from being answered. This says nothing about the target. Immutable.
 *
 * @param probe    the probe
 * @param attempts tries made: earlier ones may have been sent, and have not been answered in time
 * @param reason   what went wrong
 * @param cause    what the kernel said; present exactly for {@link Reason#REFUSED_BY_KERNEL}
 */
public record NotSent(Probe probe, int attempts, Reason reason, Optional<SystemCallException> cause)
        implements ProbeOutcome {

    /** What can go wrong. */
    public enum Reason {
        /** The system call that sends failed for this packet; the cause has the errno. */
        REFUSED_BY_KERNEL,
        /**
         * The channel had its maximum of probes in flight. For a ping: the maximum was waiting, too, or the bounded
         * task queue of its event loop was full.
         */
        NO_FREE_SLOT,
        /**
         * The socket cannot give the packet one of its {@link ProbeOptions#sendOptions() send options}, and nothing was sent
         * without: a source on IPv6 ping sockets, which have to be bound to it, or any on IPv6 ping sockets before Linux
         * 5.18. Raw sockets take them all.
         */
        UNSUPPORTED_OPTION,
        /** A handler or the channel did not take the packet, such as one of the wrong address family. */
        WRITE_FAILED,
        /**
         * The channel closed before the verdict. The probe may have been sent: {@link #attempts()} then is more than
         * 0.
         */
        CHANNEL_CLOSED
    }

    @Override
    public Kind kind() {
        return Kind.NOT_SENT;
    }
}
