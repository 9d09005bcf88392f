package io.github.nettyping.packet;

/**
 * Is told whether the kernel took an outgoing packet, without a promise per packet.
 *
 * <p>A packet that carries a listener settles it exactly once: {@link #sent}, {@link #refused}, or {@link #discarded}
 * when it is released before it reached the socket, because its write was cancelled or the channel closed. After
 * {@link #sent} may come {@link #stamped}. All are called on the channel's event loop, mostly from within its flush: they
 * may write and flush, they must not block.
 */
public interface SendListener {

    /**
     * The kernel took the packet.
     *
     * @param key            the key given to {@link IcmpPacket#onSend}
     * @param wallNanos      {@code CLOCK_REALTIME} right before the system call, in nanoseconds since 1970
     * @param monotonicNanos {@link System#nanoTime()} at the same moment
     * @param returnedNanos  {@link System#nanoTime()} right after the system call: the packet has left by then, and whatever
     *                       is to be waited for counts from here
     */
    void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos);

    /**
     * The kernel refused the packet; no other packet is affected.
     *
     * @param key   the key given to {@link IcmpPacket#onSend}
     * @param cause why, with its errno
     */
    void refused(long key, SystemCallException cause);

    /**
     * The packet was released without reaching the socket.
     *
     * @param key the key given to {@link IcmpPacket#onSend}
     */
    void discarded(long key);

    /**
     * The kernel told when the packet left it for the network device; at most once for each packet that was sent, if the
     * channel asks for that, before any answer to it is passed up. Some packets get no stamp: nobody may wait for one.
     *
     * @param key         the key given to {@link IcmpPacket#onSend}
     * @param kernelNanos {@code CLOCK_REALTIME} at that moment, in nanoseconds since 1970
     */
    default void stamped(long key, long kernelNanos) {}
}
