package io.github.nettyping.internal.engine;

import java.nio.channels.ClosedChannelException;

/** Sends the probes of one family when their turn comes. Confined to the event loop. */
public interface Sender {

    /** Takes a request. What becomes of it is told later, or in this call if nothing can be sent. */
    void submit(Request request);

    /** Tells whether a request with this much ICMP payload would be sent or refused at once, without waiting. */
    boolean hasRoomFor(int payloadBytes);

    /** Gives up a request, waiting or in flight. Nothing more is told of it; a packet may still be sent. */
    void giveUp(Request request);

    /**
     * Ends all requests, and those to come. Called once.
     *
     * @param whenOver run when every request has been told, perhaps later
     */
    void close(ClosedChannelException cause, Runnable whenOver);
}
