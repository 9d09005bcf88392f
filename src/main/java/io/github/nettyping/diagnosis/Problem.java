package io.github.nettyping.diagnosis;

/** What prevents pinging, or makes it slow or unreliable. The facts are in the {@link Diagnosis}. */
public enum Problem {
    /** The native parts of Netty or jnr-ffi do not load, so nothing else could be tried. */
    NATIVE_LIBRARIES,
    /** The groups of the caller are not in {@code net.ipv4.ping_group_range}. */
    PING_GROUP_RANGE,
    /** {@code CAP_NET_RAW} is missing, so there is no raw socket, and there is no ping socket of that family either. */
    NET_RAW,
    /** A socket was refused for another reason, such as a security module. */
    REFUSED,
    /** No interface has an IPv6 address, or the kernel has no IPv6. */
    IPV6,
    /**
     * A buffer is smaller than asked for, so fewer probes can be in flight, or fewer neighbours be resolved, at once.
     */
    BUFFERS,
    /** A network on a link of this machine has more addresses than the kernel's neighbour table has places. */
    NEIGHBOUR_TABLE,
    /** The table of a firewall that keeps state is nearly full. */
    CONNECTION_TRACKING
}
