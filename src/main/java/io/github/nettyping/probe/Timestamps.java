package io.github.nettyping.probe;

/**
 * Which clock readings a round trip is measured between. Each outcome tells the actual ones by its
 * {@link io.github.nettyping.probe.RttSource}: if the kernel has no stamp for a packet, the next best is used.
 * Immutable.
 */
public enum Timestamps {
    /**
     * From the moment the kernel hands the probe to the network device to the moment it gets the reply from there
     * ({@link io.github.nettyping.probe.RttSource#KERNEL_TX_RX}): the network and the other host, and nothing of this process.
     * It costs the event loop half a microsecond a probe, about a fifth of a round trip over loopback, and a second socket where
     * sockets are raw.
     */
    TRANSMIT,
    /**
     * From right before the system call that sends the probe to the moment the kernel gets the reply
     * ({@link io.github.nettyping.probe.RttSource#USER_TX_KERNEL_RX}), as ping(8) measures. Of up to 64 packets in that call,
     * the round trip of the last one contains the sending of the others. It costs next to nothing.
     */
    RECEIVE,
    /**
     * From right before the system call that sends the probe to the moment the reply is read, both by the monotonic
     * clock ({@link io.github.nettyping.probe.RttSource#USER_CLOCK}): it contains the time the reply waited for this
     * process. It costs nothing, and setting the wall clock does not affect it.
     */
    USER
}
