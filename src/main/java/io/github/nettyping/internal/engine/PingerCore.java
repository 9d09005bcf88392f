package io.github.nettyping.internal.engine;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.NotSent;
import io.netty.channel.EventLoop;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.nio.channels.ClosedChannelException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What all work of a pinger on one event loop shares: who sends, what is under way, and the end. Confined to that event
 * loop, unless a method says otherwise.
 */
public final class PingerCore {

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(PingerCore.class);

    private final EventLoop loop;
    private final List<EventLoop> loops;
    private final Map<IpFamily, Sender> senders = new EnumMap<>(IpFamily.class);
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile @Nullable ClosedChannelException closed;
    private final Set<IpFamily> sendersLeft = EnumSet.noneOf(IpFamily.class);

    public PingerCore(EventLoop loop) {
        this.loop = loop;
        this.loops = List.of(loop);
    }

    /** Makes the core of one of a pinger's event loops. */
    public PingerCore(EventLoop loop, List<EventLoop> all) {
        Set<EventLoop> ownFirst = new LinkedHashSet<>();
        ownFirst.add(loop);
        ownFirst.addAll(all);
        this.loop = loop;
        this.loops = List.copyOf(ownFirst);
    }

    /** Sets who sends to a family; before anybody else knows of this core. */
    public void sender(IpFamily family, Sender sender) {
        senders.put(family, sender);
    }

    /** Returns the event loop. From any thread. */
    public EventLoop loop() {
        return loop;
    }

    /** Returns all event loops of the pinger, this one first: on none of them anybody may wait for it. From any thread. */
    public List<EventLoop> loops() {
        return loops;
    }

    /** Returns the families it was made for. From any thread. */
    public Set<IpFamily> families() {
        return senders.keySet();
    }

    /**
     * Returns who sends to an address. From any thread.
     *
     * @throws IllegalArgumentException if its family is none of those the pinger was made for
     */
    public Sender sender(IpAddress target) {
        Sender sender = senders.get(target.family());
        if (sender == null) {
            throw new IllegalArgumentException("target: " + target
                    + " (expected: an address of the families the pinger was opened for, " + senders.keySet() + ')');
        }
        return sender;
    }

    /** Runs a task on the event loop, see {@link LoopTasks#execute}; if the loop has ended, the pinger is closed. */
    public void execute(Runnable task, Runnable ifEnded) {
        LoopTasks.execute(loop, task, ifEnded);
    }

    /**
     * Runs a request that sends its probe when run, unless the event loop has no room for it: then it is not sent. From any
     * thread.
     */
    public <R extends Request & Runnable> void begin(R request) {
        switch (LoopTasks.offer(loop, request)) {
            case TAKEN -> {}
            case FULL ->
                request.outcome(new NotSent(request.probe(), 0, NotSent.Reason.NO_FREE_SLOT, Optional.empty()));
            case ENDED -> request.closed(new ClosedChannelException());
        }
    }

    /** Returns why the pinger is closed, or null if it is open. From any thread. */
    @Nullable
    public ClosedChannelException closed() {
        return closed;
    }

    /** Returns the future of what cannot begin because the pinger is closed, or null if it is open. From any thread. */
    public <T> @Nullable CompletableFuture<T> failedIfClosed() {
        return closed == null ? null : LoopFuture.failed(loops, new ClosedChannelException());
    }

    /** Adds a session, to be ended when the pinger closes; if it has, returns false and ends it now. */
    public boolean add(Session session) {
        ClosedChannelException cause = closed;
        if (cause != null) {
            session.close(cause);
            return false;
        }
        sessions.add(session);
        return true;
    }

    /** Returns how many sessions there are. */
    public int sessions() {
        return sessions.size();
    }

    /** Forgets a session that has ended. */
    public void remove(Session session) {
        sessions.remove(session);
    }

    /** Ends everything; probes in flight perhaps end a little later. A second call does nothing. */
    public void close(ClosedChannelException cause) {
        if (closed != null) {
            return;
        }
        closed = cause;
        List<Session> open = List.copyOf(sessions);
        sessions.clear();
        open.forEach(session -> guarded(() -> session.close(cause)));
        sendersLeft.addAll(senders.keySet());
        senders.forEach((family, sender) -> {
            if (!guarded(() -> sender.close(cause, () -> senderIsOver(family)))) {
                senderIsOver(family);
            }
        });
    }

    private void senderIsOver(IpFamily family) {
        sendersLeft.remove(family);
        if (sendersLeft.isEmpty()) {
            over();
        }
    }

    /** Ends something; an exception there keeps nothing else from its end. */
    private static boolean guarded(Runnable ending) {
        try {
            ending.run();
            return true;
        } catch (Throwable t) {
            LOGGER.error("Something did not end with its pinger as it should.", t);
            return false;
        }
    }

    /** Nothing is under way any more. */
    public void over() {
        end.complete(null);
    }

    /** Returns what completes when everything has been told, on the event loop unless that has ended. From any thread. */
    public CompletableFuture<Void> end() {
        return end;
    }
}
