package io.github.nettyping.packet;

/**
 * What a handler that waits for answers must be able to ask of the channel it sits in: whether everything that has
 * arrived has been read, and whether anything that arrived was lost. Confined to the channel's event loop.
 *
 * <p>A handler finds it by {@code ctx.channel() instanceof ReceiveQueue}.
 */
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
     * {@return how many packets this host received and dropped because the socket's receive buffer was full} Counted
     * since the socket was opened. Raw sockets count packets that were none of theirs too, once the buffer is full:
     * that it rose says that something was lost, not what.
     */
    long drops();
}
