package io.github.nettyping.channel;

import io.netty.channel.EventLoop;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;

/** One descriptor's place in an event loop's interest set. Confined to that loop once registered. */
interface Readiness {

    /** Is told what became possible. */
    interface Listener {
        void ready(boolean readable, boolean writable, boolean error);

        /** The event loop shuts down. */
        void loopClosing();
    }

    /** Tells whether an event loop can watch descriptors for this implementation. */
    boolean isCompatible(EventLoop loop);

    /** Names the event loop that is needed, for people. */
    String requirement();

    /** Enters the loop without any interest. */
    Future<?> register(EventLoop loop, FileDescriptor fd, Listener listener);

    /** Watches for exactly this; errors are always reported once anything has been asked for. */
    void interest(boolean readable, boolean writable);

    /**
     * Stops all reports, errors included, but stays known to the loop, which still reports its shutdown. To come back,
     * {@link #cancel} and {@link #register}.
     */
    void park();

    /** Leaves the loop; nothing is reported afterwards. Does nothing if it is not in it. */
    void cancel();
}
