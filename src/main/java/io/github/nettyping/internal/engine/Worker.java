package io.github.nettyping.internal.engine;

import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.ProbeOutcome;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link SharedSession} on one event loop: keeps a window of probes in flight, and sends them in batches
 * with one flush each. What comes back is replaced at once, as a subclass says. In every turn of the event loop in
 * which nothing came back, one more batch is sent, so the window grows. Its sockets are opened in the constructor's
 * thread; all else is confined to the event loop, unless a method says otherwise.
 */
public abstract class Worker implements ProbeChannelOwner {

    /** The most that is sent at once. */
    protected static final int BATCH = 64;

    protected final EventLoop loop;
    protected final ProbeChannels channels;
    /** Probes without outcome; a subclass adds those it writes. */
    protected int inFlight;

    protected boolean ended;
    private final SharedSession<?, ?> session;
    private final Runnable pump = this::pump;
    private int returned;
    /** Something came back since the last turn: that sets the pace. */
    private boolean clocked;

    private boolean pumpScheduled;
    private @Nullable Future<?> timer;
    private boolean done;

    /** {@code channels} are open sockets, which this closes. */
    protected Worker(SharedSession<?, ?> session, EventLoop loop, ProbeChannels channels) {
        this.session = session;
        this.loop = loop;
        this.channels = channels;
    }

    /** Returns the kinds of its sockets. From any thread. */
    public final Set<SocketKind> kinds() {
        return channels.kinds();
    }

    /** Returns how many probes it lets wait at once. From any thread. */
    public final int maxInFlight() {
        return channels.maxInFlight();
    }

    /** All sockets of the session are open: the first probes may be sent when this returns. */
    protected abstract void onBegin();

    /** What could be sent at once has been. {@code sent}: whether that was anything. */
    protected void onBegun(boolean sent) {}

    /** A probe has its outcome, and is not in flight any more. */
    protected abstract void outcome(ProbeOutcome outcome);

    /** Returns how many probes may be sent now that so many have come back. */
    protected abstract int refill(int cameBack);

    /** Tells whether time decides how much is sent, and not what comes back. */
    protected abstract boolean isPaced();

    /** Tells whether something is to be written even if nothing has come back. */
    protected boolean hasUrgent() {
        return false;
    }

    /** Writes up to so many probes, and does not flush; returns how many. */
    protected abstract int write(int limit);

    /** What is due now was sent: calls {@link #schedulePump} if there will be more without an outcome. */
    protected abstract void planNext();

    /** Tells whether there may be something more to send. */
    protected abstract boolean hasMore();

    /** Takes down what was counted: nothing more comes. */
    protected abstract void onEnd();

    /** Returns how many more probes may be in flight. */
    protected final int room() {
        return channels.maxInFlight() - inFlight;
    }

    /** Plans the next sending anew: there may be something to send earlier than was planned. */
    protected final void planAnew() {
        Future<?> planned = timer;
        if (pumpScheduled && planned != null) {
            planned.cancel(false);
            pumpScheduled = false;
        }
        goOn();
    }

    protected final void schedulePump(long delayNanos) {
        pumpScheduled = true;
        // By a timer, not by execute: a task that queues itself starves timers and other channels.
        timer = loop.schedule(pump, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public final void onOutcome(ProbeOutcome outcome) {
        if (!ended) {
            inFlight--;
            returned++;
            outcome(outcome);
        }
    }

    @Override
    public final void onReadComplete() {
        if (ended || (returned == 0 && !hasUrgent())) {
            return;
        }
        if (returned > 0) {
            clocked = true;
            int refill = refill(returned);
            returned = 0;
            send(refill);
        }
        goOn();
    }

    private void pump() {
        pumpScheduled = false;
        if (ended) {
            return;
        }
        try {
            if (!clocked || isPaced()) {
                send(BATCH);
            }
            clocked = false;
            goOn();
        } catch (RuntimeException | Error e) {
            // Exceptions of a timer are lost.
            session.fail(e);
        }
    }

    private void send(int limit) {
        if (write(limit) > 0 && !ended) {
            channels.flush();
        }
    }

    private void goOn() {
        if (ended) {
            return;
        }
        if (!pumpScheduled) {
            planNext();
        }
        if (inFlight == 0 && !done && !hasMore()) {
            done = true;
            session.done();
        }
    }

    @Override
    public final void onClosed() {
        if (!ended) {
            session.fail(new ClosedChannelException());
        }
    }

    @Override
    public final void onFailure(Throwable cause) {
        session.fail(cause);
    }

    // For the session, from any thread.

    /** Closes the sockets before {@link #open}. */
    final void abandon() {
        channels.close();
    }

    /** Enters the event loop; the session is told when that is done. */
    final void open() {
        channels.open(loop, this, session::opened, session::fail);
    }

    final void begin() {
        if (loop.inEventLoop()) {
            beginNow();
        } else {
            LoopTasks.execute(loop, this::beginNow, () -> session.fail(new ClosedChannelException()));
        }
    }

    private void beginNow() {
        if (!ended) {
            onBegin();
            pump();
            if (!ended) {
                onBegun(inFlight > 0);
            }
        }
    }

    /** Tells nothing more, closes the sockets, and tells the session; a second call does nothing. */
    final void end() {
        LoopTasks.runOn(loop, this::endNow);
    }

    private void endNow() {
        if (ended) {
            return;
        }
        ended = true;
        Throwable failure = null;
        try {
            onEnd();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        channels.close();
        session.ended(failure);
    }
}
