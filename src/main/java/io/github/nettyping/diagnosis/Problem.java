package io.github.nettyping.diagnosis;

/** What stands in the way of pinging, or of doing it well. The facts to each are in the {@link Diagnosis}. */
public enum Problem {
    /** The native parts of Netty or jnr-ffi do not load: nothing else could be tried. */
    NATIVE_LIBRARIES,
    /** The groups of the caller are not in {@code net.ipv4.ping_group_range}. */
    PING_GROUP_RANGE,
    /** There is no raw socket for want of {@code CAP_NET_RAW}, and no ping socket of that family either. */
    NET_RAW,
    /** A socket was refused for another reason, such as a security module. */
    REFUSED,
    /** No interface has an IPv6 address, or the kernel no IPv6. */
    IPV6,
    /** A buffer is smaller than asked for: fewer probes in flight, or fewer neighbours looked for at once. */
    BUFFERS,
    /** A network on a link of this machine has more addresses than the kernel remembers neighbours. */
    NEIGHBOUR_TABLE,
    /** The table of a firewall that keeps state is nearly full. */
    CONNECTION_TRACKING
}
