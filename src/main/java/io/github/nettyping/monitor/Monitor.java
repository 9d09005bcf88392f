package io.github.nettyping.monitor;

import io.github.nettyping.internal.engine.LoopChoice;
import io.netty.channel.EventLoopGroup;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Watches many hosts for ever: asks each at its interval, and tells which of them answer.
 *
 * <pre>{@code
 * MonitorListener listener = new MonitorListener() {
 *     public void onStateChange(StateChange change) {
 *         System.out.println(change.target().host() + " is " + change.state());
 *     }
 * };
 * try (Pinger pinger = Pinger.builder().open();
 *         Monitor monitor = pinger.monitor(MonitorOptions.builder().build(), listener)) {
 *     monitor.add(MonitorTarget.of(InetAddress.getByName("127.0.0.1")));
 *     Thread.sleep(60_000);
 *     monitor.snapshot().join().targets().forEach(target -> System.out.println(target.window().loss()));
 * }
 * }</pre>
 *
 * <p><b>Time.</b> Each target has its own moment within its interval, so they are spread over it however many there are, and
 * keeps that moment: nothing drifts. If this process is held up, what was due more than a tenth of a second ago is skipped.
 *
 * <p><b>States.</b> A target is {@link TargetState#UP} with its first answer, {@link TargetState#DOWN} after
 * {@link MonitorOptions#downAfter()} lost probes in a row, and up again after {@link MonitorOptions#upAfter()} answers in a row.
 * An answering target is {@link TargetState#DEGRADED} if it lost more of the window than {@link MonitorOptions#degradedLoss()}
 * since it came up, or is slower than {@link MonitorOptions#degradedRtt()}. Probes that met trouble of this host, one that was
 * not sent or whose answer was perhaps dropped here, count for nothing.
 *
 * <p>Safe for use by many threads.
 */
public final class Monitor implements AutoCloseable {

    private final CompletableFuture<MonitorSnapshot> completion;
    private final @Nullable MonitorSession session;

    Monitor(CompletableFuture<MonitorSnapshot> completion, @Nullable MonitorSession session) {
        this.completion = completion;
        this.session = session;
    }

    /**
     * Opens the sockets, in the calling thread, and begins, without targets.
     *
     * @param group    its next event loops are used, as many as the options say, and must be some of {@code EpollIoHandler};
     *                 it is not shut down
     * @param options  how
     * @param listener learns what happens, {@link MonitorListener#NONE} if nobody needs to
     * @return the monitor under way
     * @throws io.github.nettyping.channel.IcmpUnavailableException if no socket can be opened; the message says what helps
     * @throws IllegalArgumentException         if the group has fewer event loops than the options ask for, or there is no such
     *                                          socket option or value
     * @throws io.netty.channel.ChannelException if the kernel refuses a socket option
     * @throws UnsupportedOperationException    if this machine cannot run nettyping at all
     */
    public static Monitor start(EventLoopGroup group, MonitorOptions options, MonitorListener listener) {
        Objects.requireNonNull(listener, "listener");
        MonitorSession session =
                new MonitorSession(LoopChoice.next(group, options.loops()), LoopChoice.loops(group), options, listener);
        session.open();
        return new Monitor(session.completion(), session);
    }

    /**
     * Adds a target. Its first probe goes out within its interval.
     *
     * @param target whom, and how
     * @return the target as this monitor knows it
     * @throws IllegalArgumentException if its parent is a target of another monitor
     * @throws IllegalStateException    if the pinger was closed before this monitor began
     */
    public MonitoredTarget add(MonitorTarget target) {
        return addAll(List.of(target)).get(0);
    }

    /**
     * Adds targets: faster than each by itself.
     *
     * @param targets whom, and how
     * @return the targets as this monitor knows them, in the same order
     * @throws IllegalArgumentException if a parent is a target of another monitor
     * @throws IllegalStateException    if the pinger was closed before this monitor began
     */
    public List<MonitoredTarget> addAll(Collection<MonitorTarget> targets) {
        return session().add(targets);
    }

    /**
     * Removes a target: it is asked no more, and nothing more is told of it. Does nothing if it was removed before.
     *
     * @param target of this monitor
     */
    public void remove(MonitoredTarget target) {
        removeAll(List.of(target));
    }

    /**
     * Removes targets: faster than each by itself.
     *
     * @param targets of this monitor
     */
    public void removeAll(Collection<MonitoredTarget> targets) {
        session().remove(targets);
    }

    /**
     * Has a target asked otherwise, from its next probe on: another interval, another probe, label or parent. Its history
     * stays.
     *
     * @param target of this monitor
     * @param asked  the same host
     * @throws IllegalArgumentException if it is another host
     */
    public void change(MonitoredTarget target, MonitorTarget asked) {
        if (!asked.host().equals(target.host())) {
            throw new IllegalArgumentException("change: " + asked.host() + " (expected: the same host, " + target.host()
                    + "; another one has to be added)");
        }
        session().change(target, asked);
    }

    /**
     * {@return what is known of all targets; completes on an event loop} With many targets it is put together in parts, so that
     * no probe waits for it: 100,000 take some ten milliseconds. It fails if the monitor has ended in the meantime; then
     * {@link #completion()} has the last one.
     */
    public CompletableFuture<MonitorSnapshot> snapshot() {
        return session().snapshot();
    }

    /**
     * {@return what is known of one target; completes on its event loop}
     *
     * @param target of this monitor
     */
    public CompletableFuture<TargetSnapshot> snapshot(MonitoredTarget target) {
        return session().snapshot(target);
    }

    /**
     * {@return the changes from a subscription on, told on threads of the JDK's common pool} A subscriber that is 65,536 changes
     * behind misses further ones, which is logged. It completes when the monitor ends.
     */
    public Flow.Publisher<StateChange> changes() {
        return session().changes();
    }

    /**
     * Returns the end of the monitor.
     *
     * @return completes on one of its event loops, with what was known last, after {@link #close()}, when its pinger closes, or
     *         when every target has had its {@linkplain MonitorOptions#count() count}; exceptionally if a channel failed. Waiting
     *         for it on an event loop of the group or pinger throws, as long as it is not complete. If somebody else completes
     *         it, the monitor ends
     */
    public CompletableFuture<MonitorSnapshot> completion() {
        return completion;
    }

    /** Ends it, without waiting: nothing more is sent or told soon after. */
    @Override
    public void close() {
        if (session != null) {
            session.stop();
        }
    }

    private MonitorSession session() {
        if (session == null) {
            throw new IllegalStateException("the pinger was closed before this monitor began");
        }
        return session;
    }
}
