package io.github.nettyping.sweep;

import io.github.nettyping.internal.engine.LoopChoice;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoopGroup;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Finds out which hosts of a set answer an echo request, thousands to millions of them at once, on one event loop or
 * on {@linkplain SweepOptions.Builder#loops several}.
 *
 * <pre>{@code
 * EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
 * Sweep sweep = Sweep.start(group, Targets.parse("127.0.0.0/24"), SweepOptions.builder().build(), outcome -> {
 *     if (outcome instanceof Replied reply) {
 *         System.out.println(reply.from() + " " + reply.rttNanos() / 1000 + " us");
 *     }
 * });
 * SweepSummary summary = sweep.completion().join();
 * }</pre>
 *
 * <p>A reply to any try that comes before the target's last deadline makes the target alive. An ICMP error decides only
 * if no reply comes in that time, because anybody on the path can forge one. Trouble on this machine (a full receive
 * buffer, a refused packet) is distinguished from a silent host.
 *
 * <p>Safe for use by many threads.
 */
public final class Sweep {

    private final CompletableFuture<Void> begun;
    private final CompletableFuture<SweepSummary> completion;
    private final Supplier<CompletableFuture<SweepSummary>> soFar;
    private final Runnable stop;

    Sweep(
            CompletableFuture<Void> begun,
            CompletableFuture<SweepSummary> completion,
            Supplier<CompletableFuture<SweepSummary>> soFar,
            Runnable stop) {
        this.begun = begun;
        this.completion = completion;
        this.soFar = soFar;
        this.stop = stop;
    }

    /**
     * Opens the sockets, in the calling thread, and begins.
     *
     * @param group    its next event loops are used, as many as the options say, and must be some of
     *                 {@code EpollIoHandler}; it is not shut down
     * @param targets  whom to ask, each once
     * @param options  how
     * @param listener learns each verdict
     * @return the sweep under way
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened; the message says what
     *                                                              helps
     * @throws IllegalArgumentException                             if the group has fewer event loops than the options ask
     *                                                              for, or there is no such socket option or value
     * @throws io.netty.channel.ChannelException                    if the kernel refuses a socket option
     * @throws UnsupportedOperationException                        if this machine cannot run nettyping at all
     */
    public static Sweep start(EventLoopGroup group, Targets targets, SweepOptions options, SweepListener listener) {
        return start(group, TargetSequence.of(targets), options, listener);
    }

    /**
     * Asks targets in the order of a sequence, otherwise as
     * {@link #start(EventLoopGroup, Targets, SweepOptions, SweepListener)}. On several event loops the order is
     * approximate: each takes some thousands in turn.
     *
     * @param group    its next event loops are used
     * @param targets  whom to ask, and in which order; those that are done are not asked
     * @param options  how
     * @param listener learns each verdict
     * @return the sweep under way
     */
    public static Sweep start(
            EventLoopGroup group, TargetSequence targets, SweepOptions options, SweepListener listener) {
        Objects.requireNonNull(listener, "listener");
        SweepSession session = new SweepSession(
                LoopChoice.next(group, options.loops()), LoopChoice.loops(group), targets, options, listener);
        session.open();
        return new Sweep(session.whenBegun(), session.completion(), session::soFar, session::stop);
    }

    /**
     * Returns the beginning of the sweep, from which a time limit may count: opening sockets, and a first packet, can take
     * a tenth of a second in a new process.
     *
     * @return completes on an event loop of the sweep when its first probes have been sent, or wait for room; never if it
     *         ends before
     */
    public CompletableFuture<Void> begun() {
        return begun;
    }

    /**
     * Returns the end of the sweep.
     *
     * @return completes on one of its event loops once every target has its verdict, or after {@link #stop()}, and after the
     *         last call of the listener; exceptionally if a channel failed, which stops all loops, with a
     *         {@link io.github.nettyping.packet.SystemCallException} if it cannot be bound to the local address or the
     *         interface asked for. If the pinger it belongs to closes, it stops; if that was closed before,
     *         {@link java.nio.channels.ClosedChannelException}. Waiting for it on its event loops throws. If somebody
     *         else completes it, as {@code cancel} and {@code orTimeout} do, the sweep stops
     */
    public CompletableFuture<SweepSummary> completion() {
        return completion;
    }

    /**
     * Returns the summary as of now.
     *
     * @return completes on an event loop of the sweep: counts as they are while it runs, {@code stopped} being false, and
     *         those of the end once it has ended
     */
    public CompletableFuture<SweepSummary> soFar() {
        return soFar.get();
    }

    /** Ends the sweep early: targets without verdict get none, and the summary says so. */
    public void stop() {
        stop.run();
    }
}
