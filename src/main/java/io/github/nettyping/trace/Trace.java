package io.github.nettyping.trace;

import io.github.nettyping.internal.engine.LoopChoice;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;

/**
 * The paths to any number of targets, found at the same time: over the sockets of a
 * {@linkplain io.github.nettyping.Pinger#trace(Targets, TraceOptions, TraceListener) pinger}, or over sockets of its
 * own.
 *
 * <p>A probe with a hop limit of n ends at the n-th router, which reports "time exceeded". So each hop is asked who it
 * is. The hops of a target are asked side by side, and no more once the target has replied or somebody has reported
 * that it cannot be reached. Targets are begun as earlier ones leave room.
 *
 * <p>Safe for use by many threads.
 */
public final class Trace {

    private final CompletableFuture<TraceSummary> completion;
    private final Runnable stop;

    Trace(CompletableFuture<TraceSummary> completion, Runnable stop) {
        this.completion = completion;
        this.stop = stop;
    }

    /**
     * Opens the sockets, in the calling thread, and begins. They are as those of a pinger by default; for others, open
     * one on the group.
     *
     * @param group    its next event loop is used, and must be one of {@code EpollIoHandler}; it is not shut down
     * @param targets  whom to trace, each once
     * @param options  how
     * @param listener learns each result
     * @return the trace under way
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened; the message says what
     *                                                              helps
     * @throws IllegalArgumentException                             if a family among the targets cannot be asked with
     *                                                              these options
     * @throws io.netty.channel.ChannelException                    if the kernel refuses a socket option
     * @throws UnsupportedOperationException                        if this machine cannot run nettyping at all
     */
    public static Trace start(EventLoopGroup group, Targets targets, TraceOptions options, TraceListener listener) {
        return TraceStarter.begin(
                LoopChoice.next(group, 1).get(0),
                targets.families(),
                TraceStarter.addresses(targets, options),
                options,
                listener);
    }

    /**
     * Traces targets that come one by one, otherwise as
     * {@link #start(EventLoopGroup, Targets, TraceOptions, TraceListener)}.
     *
     * @param group    its next event loop is used
     * @param targets  whom to trace; iterated over once, as there is room, on the event loop. What it throws ends the
     *                 trace, and so does a target that cannot be asked, by an {@link IllegalArgumentException}
     * @param options  how
     * @param listener learns each result
     * @return the trace under way
     */
    public static Trace start(
            EventLoopGroup group, Iterable<InetAddress> targets, TraceOptions options, TraceListener listener) {
        return TraceStarter.begin(
                LoopChoice.next(group, 1).get(0),
                EnumSet.allOf(IpFamily.class),
                TraceStarter.addresses(targets, options),
                options,
                listener);
    }

    /**
     * Returns the end of the trace.
     *
     * @return completes on its event loop once every target has its result, or after {@link #stop()}, and after the last
     *         call of the listener; exceptionally with what the iteration over the targets threw, or if a channel of its
     *         own failed. If the pinger it belongs to closes, it stops; if that was closed before,
     *         {@link java.nio.channels.ClosedChannelException}. Waiting for it on its event loop throws. If somebody else
     *         completes it, as {@code cancel} and {@code orTimeout} do, the trace stops
     */
    public CompletableFuture<TraceSummary> completion() {
        return completion;
    }

    /** Ends the trace early: targets without result get none, and the summary says so. */
    public void stop() {
        stop.run();
    }
}
