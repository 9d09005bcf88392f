package io.github.nettyping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.Promise;
import java.nio.channels.ClosedChannelException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What everything a pinger does has in common: the event loop, who sends, what is under way, and the end. Confined to the
 * event loop, unless a method says otherwise.
 */
final class PingerCore {

    private final EventLoop loop;
    private final Map<IpFamily, Sender> senders = new EnumMap<>(IpFamily.class);
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Promise<Void> end;
    private volatile @Nullable ClosedChannelException closed;
    private int sendersLeft;

    PingerCore(EventLoop loop) {
        this.loop = loop;
        this.end = new DefaultPromise<>(loop);
    }

    /** Sets who sends to a family; before anybody else knows of this core. */
    void sender(IpFamily family, Sender sender) {
        senders.put(family, sender);
    }

    /** Returns the event loop. From any thread. */
    EventLoop loop() {
        return loop;
    }

    /** Returns the families it was made for. From any thread. */
    Set<IpFamily> families() {
        return senders.keySet();
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
                    + " (expected: an address of the families the pinger was opened for, " + senders.keySet() + ')');
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

    /** Returns how many sessions there are. */
    int sessions() {
        return sessions.size();
    }

    /** Forgets a session that has ended. */
    void remove(Session session) {
        sessions.remove(session);
    }

    /** Ends everything, what is in flight perhaps a little later; a second call does nothing. */
    void close(ClosedChannelException cause) {
        if (closed != null) {
            return;
        }
        closed = cause;
        List<Session> open = List.copyOf(sessions);
        sessions.clear();
        open.forEach(session -> session.close(cause));
        sendersLeft = senders.size();
        senders.values().forEach(sender -> sender.close(cause, this::senderIsOver));
    }

    private void senderIsOver() {
        if (--sendersLeft == 0) {
            end.setSuccess(null);
        }
    }

    /** Waits for the end. From any thread but the event loop's. */
    void awaitEnd() {
        end.awaitUninterruptibly();
    }
}
