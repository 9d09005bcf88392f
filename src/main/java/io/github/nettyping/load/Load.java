package io.github.nettyping.load;

import io.github.nettyping.internal.engine.LoopChoice;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Sends probes at a rate and measures how long their replies take, to find out what hosts, the network and this machine
 * can bear.
 *
 * <p>With a rate, send times are fixed beforehand, and latency counts from them. A slow reply delays no later probe. If
 * this program is held up, that shows in the figures of all probes that were due meanwhile: there is no coordinated
 * omission. How late they were sent is reported separately. Without a rate, probes go out as replies come back, to find
 * out how many round trips are possible.
 *
 * <p>Lost probes are not sent again. A probe whose reply this machine may have dropped itself is not lost, but
 * {@linkplain LoadSummary.Counts#droppedLocally() dropped locally}.
 *
 * <p>Safe for use by many threads.
 */
public final class Load {

    /** Most targets: all are kept in memory, each with its round trips. */
    public static final int MAX_TARGETS = 65_536;

    private final CompletableFuture<LoadSummary> completion;
    private final Runnable stop;

    Load(CompletableFuture<LoadSummary> completion, Runnable stop) {
        this.completion = completion;
        this.stop = stop;
    }

    /**
     * Opens the sockets, in the calling thread, and begins.
     *
     * @param group    its next event loops are used, as many as the options say, and must be some of
     *                 {@code EpollIoHandler}; it is not shut down
     * @param targets  whom to ask, one after the other and again from the first
     * @param options  how
     * @param listener learns each outcome, {@link LoadListener#NONE} if nobody needs to
     * @return the load under way
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened; the message says what
     *                                                              helps
     * @throws IllegalArgumentException                             if there is no target, or more than
     *                                                              {@link #MAX_TARGETS}; if the group has fewer event loops
     *                                                              than the options ask for, or there is no such socket
     *                                                              option or value
     * @throws io.netty.channel.ChannelException                    if the kernel refuses a socket option
     * @throws UnsupportedOperationException                        if this machine cannot run nettyping at all
     */
    public static Load start(EventLoopGroup group, Targets targets, LoadOptions options, LoadListener listener) {
        Objects.requireNonNull(listener, "listener");
        LoadSession session = new LoadSession(
                LoopChoice.next(group, options.loops()), LoopChoice.loops(group), targets, options, listener);
        session.open();
        return new Load(session.completion(), session::stop);
    }

    /**
     * Returns the end of the load.
     *
     * @return completes on one of its event loops once every probe has its outcome, or after {@link #stop()}, and after the
     *         last call of the listener; exceptionally if a channel failed, which stops all loops, with a
     *         {@link io.github.nettyping.packet.SystemCallException} if it cannot be bound to the local address or the
     *         interface asked for. If the pinger it belongs to closes, it stops; if that was closed before,
     *         {@link java.nio.channels.ClosedChannelException}. Waiting for it on an event loop of the
     *         group or pinger throws, as long as it is not complete. If somebody
     *         else completes it, as {@code cancel} and {@code orTimeout} do, the load stops
     */
    public CompletableFuture<LoadSummary> completion() {
        return completion;
    }

    /** Ends the load early: with what is known by then, and the summary says so. */
    public void stop() {
        stop.run();
    }
}
