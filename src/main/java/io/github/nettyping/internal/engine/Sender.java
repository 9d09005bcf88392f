package io.github.nettyping.internal.engine;

import java.nio.channels.ClosedChannelException;

/** Sends the probes of one family, when it is their turn. Confined to the event loop. */
public interface Sender {

    /** Takes a request. What becomes of it is told later, or in this call if nothing can be sent. */
    void submit(Request request);

    /** Tells whether a request with this much ICMP payload would be sent at once, or refused, and not have to wait. */
    boolean hasRoomFor(int payloadBytes);

    /** Gives up a request, wherever it is. Nothing more is told of it; a packet may still be sent. */
    void giveUp(Request request);

    /**
     * Ends all requests, and those to come. Called once.
     *
     * @param whenOver run when every request has been told, perhaps later
     */
    void close(ClosedChannelException cause, Runnable whenOver);
}
