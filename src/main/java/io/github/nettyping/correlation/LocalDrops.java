package io.github.nettyping.correlation;

import io.github.nettyping.packet.ReceiveQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the packets this host dropped for lack of buffer space. Asking costs a system call, so the answer
 * may be a little old: a drop then counts for probes sent up to {@link #MAX_AGE_NANOS} after it, which costs a packet,
 * never a verdict. It is never younger than the sending: over loopback a reply may be dropped before the call that sent
 * the probe returns. Confined to the channel's event loop.
 */
final class LocalDrops {

    private static final long MAX_AGE_NANOS = 10_000_000;

    private final @Nullable ReceiveQueue queue;
    private int known;
    private boolean asked;
    private long askedNanos;

    LocalDrops(@Nullable ReceiveQueue queue) {
        this.queue = queue;
    }

    /** Prepares for packets that are about to be sent. */
    void beforeSending(long now) {
        if (!asked || now - askedNanos >= MAX_AGE_NANOS) {
            current(now);
        }
    }

    /** Returns the count from before the packets that have just been sent; only differences mean something. */
    int beforeSent(long now) {
        return asked ? known : current(now);
    }

    /** Returns the count. */
    int current(long now) {
        if (queue != null) {
            known = (int) queue.drops();
        }
        asked = true;
        askedNanos = now;
        return known;
    }
}
