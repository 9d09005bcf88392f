package io.github.nettyping.probe;

/** The clocks a round trip was measured with, best first. Immutable. */
public enum RttSource {
    /** From the kernel's stamp of the departing packet to its stamp of the arriving one: the network alone. */
    KERNEL_TX_RX,
    /** From right before the system call that sent the probe to the kernel's stamp of the arriving packet. */
    USER_TX_KERNEL_RX,
    /**
     * From right before the system call that sent the probe to the moment the reply was read, by the monotonic
     * clock: it includes the time the reply waited to be read. Used where the kernel made no stamp, or somebody set
     * the clock between sending and receiving.
     */
    USER_CLOCK
}
