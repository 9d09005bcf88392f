package io.github.nettyping.internal.engine;

import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.netty.channel.EventLoop;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps as many requests of one family in flight as allowed, and lets the others wait. Confined to the event loop.
 *
 * <p><b>Window.</b> Every request in flight is charged what one reply to it will take of the receive buffer, so that
 * there is room for one reply to each; copies, errors and packets of other programs are not planned for. Their number
 * is limited, too. Requests within the window go out in batches, one flush each: at most one batch in a turn of the
 * event loop, and one for what came back. So a burst does not keep replies from being read.
 */
public final class Dispatcher implements Sender, ProbeChannelOwner {

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(Dispatcher.class);

    private static final int BATCH = 64;

    /** How much may be in flight, and how much beyond that may wait. */
    public record Limits(int receiveBufferBytes, int maxInFlight, int maxWaiting) {}

    private final EventLoop loop;
    private final ProbePort port;
    private final Limits limits;
    private final ProbeObserver observer;
    private final Consumer<ClosedChannelException> whenClosed;
    private final Runnable pump = this::pump;
    /** In the window, not yet written. */
    private final RequestQueue ready = new RequestQueue();
    /** Beyond the window. */
    private final RequestQueue waiting = new RequestQueue();

    private int admitted;
    private long admittedBytes;
    private int largestPayloadBytes;
    private boolean open;
    private boolean pumpScheduled;
    /** The latest failure of the port, which may be the reason why it closes. */
    private @Nullable Throwable failure;

    private boolean failedBefore;
    private @Nullable ClosedChannelException closed;
    private @Nullable Runnable whenOver;

    /**
     * Creates a dispatcher that sends nothing until it is open.
     *
     * @param observer   learns of the outcomes that are made here
     * @param whenClosed called when the port has closed by itself; is to call {@link #close}
     */
    public Dispatcher(
            EventLoop loop,
            ProbePort port,
            Limits limits,
            ProbeObserver observer,
            Consumer<ClosedChannelException> whenClosed) {
        this.loop = loop;
        this.port = port;
        this.limits = limits;
        this.observer = observer;
        this.whenClosed = whenClosed;
    }

    /** The port takes probes from now on. */
    public void opened() {
        open = true;
        schedulePump();
    }

    @Override
    public void submit(Request request) {
        if (closed != null) {
            request.closed(closed);
        } else if (waiting.isEmpty() && hasRoomFor(request)) {
            admit(request);
            schedulePump();
        } else if (waiting.size() < limits.maxWaiting()) {
            waiting.add(request);
        } else {
            NotSent outcome = new NotSent(request.probe(), 0, NotSent.Reason.NO_FREE_SLOT, Optional.empty());
            if (observer.observes(request.probe())) {
                observer.onOutcome(outcome);
            }
            request.outcome(outcome);
        }
    }

    @Override
    public boolean hasRoomFor(int payloadBytes) {
        return closed != null || (waiting.isEmpty() && hasRoom(payloadBytes));
    }

    @Override
    public void giveUp(Request request) {
        RequestQueue queue = request.queue();
        if (queue != null) {
            queue.remove(request);
        }
        if (queue == ready || (queue == null && port.cancel(request.probe()))) {
            release(request);
        }
        admitWaiting();
        schedulePump();
        endIfOver();
    }

    private boolean hasRoomFor(Request request) {
        return hasRoom(request.probe().options().payloadBytes());
    }

    private boolean hasRoom(int payloadBytes) {
        // One is always allowed: the kernel takes a packet as long as the buffer is not full.
        return admitted == 0
                || (admitted < limits.maxInFlight()
                        && admittedBytes + ReceiveBuffer.replyBytes(payloadBytes) <= limits.receiveBufferBytes());
    }

    private void admit(Request request) {
        admitted++;
        admittedBytes += replyBytes(request);
        ready.add(request);
    }

    private void release(Request request) {
        admitted--;
        admittedBytes -= replyBytes(request);
    }

    private void admitWaiting() {
        for (Request next = waiting.peek(); next != null && hasRoomFor(next); next = waiting.peek()) {
            waiting.poll();
            admit(next);
        }
    }

    private static int replyBytes(Request request) {
        return ReceiveBuffer.replyBytes(request.probe().options().payloadBytes());
    }

    private void schedulePump() {
        if (open && !pumpScheduled && !ready.isEmpty()) {
            pumpScheduled = true;
            // After the tasks that are queued already: what they submit shares the flush. If the loop has ended, so has
            // the port.
            LoopTasks.execute(loop, pump, () -> {});
        }
    }

    private void pump() {
        pumpScheduled = false;
        writeBatch();
        if (!ready.isEmpty()) {
            pumpScheduled = true;
            // By a timer, not by execute: a task that queues itself starves timers and other channels.
            loop.schedule(pump, 0, TimeUnit.NANOSECONDS);
        }
    }

    private void writeBatch() {
        int written = 0;
        while (written < BATCH) {
            Request next = ready.poll();
            if (next == null) {
                break;
            }
            int payloadBytes = next.probe().options().payloadBytes();
            if (payloadBytes > largestPayloadBytes) {
                largestPayloadBytes = payloadBytes;
                port.fit(payloadBytes);
            }
            port.write(next.probe());
            written++;
        }
        if (written > 0) {
            port.flush();
        }
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        Request request = Request.of(outcome.probe());
        if (closed == null && outcome instanceof NotSent failed && failed.reason() == NotSent.Reason.CHANNEL_CLOSED) {
            closedByItself();
        }
        if (closed != null) {
            request.closed(closed);
            // Not before: it is not over until this one has been told.
            release(request);
            endIfOver();
        } else {
            release(request);
            request.outcome(outcome);
        }
    }

    @Override
    public void onReadComplete() {
        if (closed == null) {
            admitWaiting();
            writeBatch();
            schedulePump();
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        if (!failedBefore) {
            LOGGER.warn("An ICMP channel failed; further failures are logged at debug level.", cause);
        } else {
            LOGGER.debug("A further failure of an ICMP channel.", cause);
        }
        failedBefore = true;
        failure = cause;
        // One that ends the port does so before the next task.
        LoopTasks.execute(loop, this::forgetFailureIfOpen, () -> {});
    }

    private void forgetFailureIfOpen() {
        if (port.isOpen()) {
            failure = null;
        }
    }

    @Override
    public void onClosed() {
        if (closed == null) {
            closedByItself();
        }
    }

    private void closedByItself() {
        ClosedChannelException cause = new ClosedChannelException();
        if (failure != null) {
            cause.initCause(failure);
        }
        whenClosed.accept(cause);
    }

    /** Closes the port, too, from which the outcomes of those in flight come. */
    @Override
    public void close(ClosedChannelException cause, Runnable over) {
        closed = cause;
        whenOver = over;
        for (Request next = ready.poll(); next != null; next = ready.poll()) {
            release(next);
            next.closed(cause);
        }
        for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
            next.closed(cause);
        }
        port.close();
        endIfOver();
    }

    private void endIfOver() {
        Runnable over = whenOver;
        if (over != null && admitted == 0) {
            whenOver = null;
            over.run();
        }
    }
}
