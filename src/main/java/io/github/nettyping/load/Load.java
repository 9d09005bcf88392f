package io.github.nettyping.load;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.internal.engine.LoopChoice;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

    private final LoadRun run;

    private Load(LoadRun run) {
        this.run = run;
    }

    /**
     * Opens the sockets, in the calling thread, and begins.
     *
     * @param group    so many of its next event loops are used as the options say, and must be of {@code EpollIoHandler};
     *                 it is not shut down
     * @param targets  whom to ask, one after the other and again from the first
     * @param options  how
     * @param listener learns each outcome, {@link LoadListener#NONE} if nobody needs to
     * @return the load under way
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened; the message says what
     *                                                              helps
     * @throws IllegalArgumentException                             if there is no target, or more than {@link #MAX_TARGETS};
     *                                                              if the group has fewer event loops than are wanted; if
     *                                                              there is no such socket option, or no such value
     * @throws io.netty.channel.ChannelException                    if the kernel refuses a socket option
     * @throws UnsupportedOperationException                        if this machine cannot run nettyping at all
     */
    public static Load start(EventLoopGroup group, Targets targets, LoadOptions options, LoadListener listener) {
        Objects.requireNonNull(listener, "listener");
        Ranges.require("targets", targets.count(), 1, MAX_TARGETS);
        List<IpAddress> addresses = new ArrayList<>((int) targets.count());
        for (long i = 0; i < targets.count(); i++) {
            addresses.add(targets.get(i));
        }
        LoadRun run = new LoadRun(loops(group, options.loops()), LoopChoice.loops(group), addresses, options, listener);
        run.start();
        return new Load(run);
    }

    private static List<EventLoop> loops(EventLoopGroup group, int count) {
        Set<EventLoop> loops = Collections.newSetFromMap(new IdentityHashMap<>());
        List<EventLoop> ordered = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            EventLoop loop = group.next();
            if (!loops.add(loop)) {
                throw new IllegalArgumentException(
                        "loops: " + count + " (expected: at most as many as the group has, " + loops.size() + ')');
            }
            ordered.add(loop);
        }
        return ordered;
    }

    /**
     * Returns the end of the load.
     *
     * @return completes on an event loop once every probe has its outcome, or after {@link #stop()}; exceptionally if a
     *         channel failed, with a {@link io.github.nettyping.packet.SystemCallException} if it cannot be bound to the
     *         local address or the interface asked for. Waiting for it on an event loop of the group throws, as long as it is not
     *         complete. If somebody else completes it, as {@code cancel} and {@code orTimeout} do, the load stops
     */
    public CompletableFuture<LoadSummary> completion() {
        return run.completion();
    }

    /** Ends the load early, with what is known by then. */
    public void stop() {
        run.stop();
    }
}
