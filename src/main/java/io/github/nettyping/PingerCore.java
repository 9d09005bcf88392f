package io.github.nettyping;

import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.ProbeObserver;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What everything a pinger does has in common: the event loop, the lanes, what is under way, and the end. Confined to the
 * event loop, unless a method says otherwise.
 */
final class PingerCore {

    /** A lane and the dispatcher that feeds it. */
    private record Road(Lane lane, Dispatcher dispatcher) {}

    private final EventLoop loop;
    private final List<Road> roads = new ArrayList<>();
    private final Map<IpFamily, Sender> senders = new EnumMap<>(IpFamily.class);
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Promise<Void> end;
    private volatile @Nullable ClosedChannelException closed;

    /**
     * Opens the sockets, in this thread.
     *
     * @param families at least one
     * @param observer is not to throw
     * @throws IcmpUnavailableException      if the kernel refuses those of all families
     * @throws UnsupportedOperationException if this machine cannot run nettyping at all
     */
    PingerCore(EventLoop loop, Set<IpFamily> families, LaneOptions options, int maxWaiting, ProbeObserver observer) {
        this.loop = loop;
        this.end = new DefaultPromise<>(loop);
        RequestObserver.InFlight inFlight = new RequestObserver.InFlight();
        List<IcmpUnavailableException> refusals = new ArrayList<>();
        try {
            for (IpFamily family : families) {
                try {
                    Lane lane = new Lane(family, options.observedBy(new RequestObserver(observer, inFlight)));
                    Dispatcher.Limits limits =
                            new Dispatcher.Limits(lane.receiveBufferBytes(), lane.maxInFlight(), maxWaiting);
                    Dispatcher dispatcher = new Dispatcher(loop, lane, limits, observer, this::close);
                    roads.add(new Road(lane, dispatcher));
                    senders.put(family, dispatcher);
                } catch (IcmpUnavailableException e) {
                    refusals.add(e);
                    senders.put(family, new RefusedFamily(refusal(e), observer));
                }
            }
        } catch (RuntimeException e) {
            roads.forEach(road -> road.lane().close());
            throw e;
        }
        if (roads.isEmpty()) {
            IcmpUnavailableException first = refusals.get(0);
            refusals.subList(1, refusals.size()).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static SystemCallException refusal(IcmpUnavailableException e) {
        if (e.getCause() instanceof SystemCallException cause) {
            return cause;
        }
        throw e;
    }

    /**
     * Enters the event loop, and waits until probes can be sent, unless this is its thread.
     *
     * @throws RuntimeException if that fails; all is closed then
     */
    void open() {
        List<ChannelFuture> opening = new ArrayList<>(roads.size());
        for (Road road : roads) {
            opening.add(road.lane().open(loop, road.dispatcher()));
        }
        for (int i = 0; i < opening.size(); i++) {
            Dispatcher dispatcher = roads.get(i).dispatcher();
            opening.get(i).addListener(future -> {
                if (future.isSuccess()) {
                    dispatcher.opened();
                } else {
                    ClosedChannelException cause = new ClosedChannelException();
                    cause.initCause(future.cause());
                    close(cause);
                }
            });
        }
        if (loop.inEventLoop()) {
            return;
        }
        for (ChannelFuture future : opening) {
            Throwable cause = future.awaitUninterruptibly().cause();
            if (cause != null) {
                if (!execute(() -> close(new ClosedChannelException()))) {
                    roads.forEach(road -> road.lane().close());
                }
                throw cause instanceof RuntimeException e ? e : new ChannelException(cause);
            }
        }
    }

    /** Returns the event loop. From any thread. */
    EventLoop loop() {
        return loop;
    }

    /**
     * Returns who sends to an address. From any thread.
     *
     * @throws IllegalArgumentException if its family is none of those the pinger was made for
     */
    Sender sender(IpAddress target) {
        Sender sender = senders.get(target.family());
        if (sender == null) {
            throw new IllegalArgumentException("target: " + target
                    + " (expected: of a family the pinger was opened for, " + senders.keySet() + ')');
        }
        return sender;
    }

    /**
     * Runs a task on the event loop, after those that were given before. From any thread.
     *
     * @return false if the loop has ended: the task may never run, and what it is to complete must be completed by the
     *         caller. The pinger is closed then
     */
    boolean execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            return false;
        }
        // A loop that ends at this very moment may have looked at its queue for the last time.
        return !loop.isShutdown();
    }

    /** Returns why the pinger is closed, or null if it is open. From any thread. */
    @Nullable
    ClosedChannelException closed() {
        return closed;
    }

    /** Adds a session, to be ended when the pinger closes; if it has, returns false and ends it now. */
    boolean add(Session session) {
        ClosedChannelException cause = closed;
        if (cause != null) {
            session.close(cause);
            return false;
        }
        sessions.add(session);
        return true;
    }

    /** Forgets a session that has ended. */
    void remove(Session session) {
        sessions.remove(session);
    }

    /** Returns the sums of what the lanes have counted. */
    CorrelatorStatistics statistics() {
        CorrelatorStatistics sum = CorrelatorStatistics.EMPTY;
        for (Road road : roads) {
            sum = sum.plus(road.lane().statistics());
        }
        return sum;
    }

    /** Ends everything; a second call does nothing. */
    void close(ClosedChannelException cause) {
        if (closed != null) {
            return;
        }
        closed = cause;
        List<Session> open = List.copyOf(sessions);
        sessions.clear();
        open.forEach(session -> session.close(cause));
        senders.values().forEach(sender -> sender.close(cause));
        end.setSuccess(null);
    }

    /** Waits for the end; not on the event loop. */
    void awaitEnd() {
        end.awaitUninterruptibly();
    }
}
