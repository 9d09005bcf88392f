package io.github.nettyping.internal.engine;

import java.nio.channels.ClosedChannelException;

/** Work of a pinger that goes on for a while. Confined to the event loop. */
@FunctionalInterface
public interface Session {

    /** Ends it: the pinger closes. */
    void close(ClosedChannelException cause);
}
