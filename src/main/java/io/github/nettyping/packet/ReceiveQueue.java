package io.github.nettyping.packet;

import io.github.nettyping.internal.Internal;

/**
 * What a handler that waits for answers asks its channel: whether everything that has arrived has been read, and
 * whether anything that arrived was lost. Confined to the channel's event loop.
 *
 * <p>A handler finds it by {@code ctx.channel() instanceof ReceiveQueue}.
 */
@Internal
public interface ReceiveQueue {

    /**
     * Reads what waits in the error queue and in the receive queue and passes it up the pipeline, up to the read
     * budget of one turn of the event loop.
     *
     * @return whether both queues were seen empty, so that whatever arrived before this call has been passed up;
     *         {@code false} if the budget ended first, or reading is paused
     */
    boolean drain();

    /**
     * Counts the packets this host received and dropped because the socket's receive buffer was full.
     *
     * @return the packets since the socket was opened. Once the buffer is full, raw sockets also count packets that are
     *         not for them. So a rise says that something was lost, not what
     */
    long drops();
}
