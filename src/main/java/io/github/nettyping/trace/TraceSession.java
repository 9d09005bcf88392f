package io.github.nettyping.trace;

import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.RatePacer;
import io.github.nettyping.internal.engine.Session;
import io.github.nettyping.packet.IpAddress;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One trace of any number of targets: takes targets in order, lets begun ones send probes, and ends. Confined to the
 * event loop.
 *
 * <p><b>Pace.</b> A probe is submitted only if its sender has room for it. So none of ours waits in the line of the
 * pinger's other requests, except for one, which wakes this session when its turn comes. A further target is begun only
 * when the begun ones have nothing to send at the moment.
 */
final class TraceSession implements Session {

    /** Who learns what is found. It does not throw, and may end the session while it is called. */
    interface Sink extends TraceListener {

        /** Every target has its result, or the session was stopped. */
        void onDone(TraceSummary summary);

        /** The targets could not be iterated over. */
        void onFailure(Throwable cause);

        /** The pinger closes. */
        void onClosed(ClosedChannelException cause, TraceSummary summary);
    }

    private static final int BATCH = 64;

    /** Waking up more often would cost more than it smooths. */
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PingerCore core;
    private final TraceOptions options;
    private final Sink sink;
    /** The pinger's core, if the other one is of this session alone, with sockets of its own. */
    private final @Nullable PingerCore outer;
    /** Ends this session with the pinger. */
    private final Session outerSession;

    private final HopProbes probes;
    private final Iterable<IpAddress> targets;
    private final Set<TraceTask> tasks = new LinkedHashSet<>();
    /** Those that may have something to ask. */
    private final ArrayDeque<TraceTask> line = new ArrayDeque<>();

    private final TraceTally tally = new TraceTally();

    /** Null before the beginning and after the end of them. */
    private @Nullable Iterator<IpAddress> left;

    private @Nullable RatePacer pacer;
    private int interfaceMtu = PathMtu.USUAL_BYTES;
    private int underWay;
    private boolean pumping;
    private boolean pumpScheduled;
    private boolean ended;

    /** Makes a session that uses the pinger's sockets. From any thread. */
    TraceSession(PingerCore core, Iterable<IpAddress> targets, TraceOptions options, Sink sink) {
        this(core, targets, options, sink, null);
    }

    /**
     * Makes a session. From any thread.
     *
     * @param core  who sends
     * @param outer the pinger's core if that is another one: {@code core} is closed with this session then, and both with
     *              the pinger
     */
    TraceSession(
            PingerCore core, Iterable<IpAddress> targets, TraceOptions options, Sink sink, @Nullable PingerCore outer) {
        this.core = core;
        this.targets = targets;
        this.options = options;
        this.sink = sink;
        this.outer = outer;
        this.outerSession = core::close;
        this.probes = new HopProbes(options);
    }

    /** Begins. */
    void start() {
        if (ended) {
            return;
        }
        if (outer != null) {
            outer.add(outerSession);
        }
        ClosedChannelException closed = core.closed();
        if (closed != null) {
            fail(closed);
            return;
        }
        core.add(this);
        if (options.probesPerSecond().isPresent()) {
            pacer = new RatePacer(options.probesPerSecond().getAsLong(), now());
        }
        try {
            left = targets.iterator();
        } catch (RuntimeException | Error e) {
            fail(e);
            return;
        }
        pump();
    }

    /** The event loop has ended before it began. From any thread. */
    void abandon() {
        closeOwn();
    }

    /** Ends it early. */
    void stop() {
        if (!ended) {
            end();
            sink.onDone(tally.summary(true));
        }
    }

    @Override
    public void close(ClosedChannelException cause) {
        if (!ended) {
            end();
            sink.onClosed(cause, tally.summary(true));
        }
    }

    private void fail(Throwable cause) {
        end();
        sink.onFailure(cause);
    }

    private void end() {
        ended = true;
        left = null;
        line.clear();
        List<TraceTask> open = new ArrayList<>(tasks);
        tasks.clear();
        open.forEach(TraceTask::end);
        core.remove(this);
        closeOwn();
    }

    private void closeOwn() {
        if (outer != null) {
            outer.remove(outerSession);
            core.close(new ClosedChannelException());
        }
    }

    // For tasks.

    HopProbes probes() {
        return probes;
    }

    /** Returns what the interface took of the target before, as a guess. */
    int interfaceMtu() {
        return interfaceMtu;
    }

    void interfaceMtu(int packetBytes) {
        interfaceMtu = packetBytes;
    }

    long now() {
        return core.loop().ticker().nanoTime();
    }

    Future<?> schedule(Runnable task, long delayNanos) {
        return core.loop().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    TraceTally tally() {
        return tally;
    }

    /** A probe is under way. */
    void asked() {
        underWay++;
    }

    /** A probe is not waited for any more. */
    void settled() {
        underWay--;
    }

    void tellHop(IpAddress target, Hop hop) {
        sink.onHop(target, hop);
    }

    void tellCycle(int cycle, TraceResult soFar) {
        sink.onCycle(cycle, soFar);
    }

    /** A task may have something to ask. */
    void toBeAsked(TraceTask task) {
        if (!task.isInLine() && task.hasNext()) {
            task.inLine(true);
            line.add(task);
        }
        pump();
    }

    void finished(TraceTask task, TraceResult result) {
        if (ended) {
            return;
        }
        tasks.remove(task);
        tally.count(result);
        sink.onResult(result);
        pump();
    }

    // The pace.

    private void pump() {
        if (pumping || ended) {
            return;
        }
        pumping = true;
        try {
            send();
        } catch (RuntimeException | Error e) {
            if (!ended) {
                fail(e);
            }
        } finally {
            pumping = false;
        }
        if (!ended && left == null && tasks.isEmpty()) {
            end();
            sink.onDone(tally.summary(false));
        }
    }

    private void send() {
        for (int i = 0; i < BATCH; i++) {
            TraceTask task = nextTask();
            if (task == null) {
                return;
            }
            if (underWay > 0 && !task.hasRoom()) {
                return;
            }
            RatePacer currentPacer = pacer;
            if (currentPacer != null && currentPacer.take(1, now()) == 0) {
                schedulePump(Math.max(SHORTEST_PAUSE_NANOS, currentPacer.nanosUntilDue(now())));
                return;
            }
            task.sendNext();
        }
        // By a timer, not by execute: a task that queues itself starves timers and other channels.
        schedulePump(0);
    }

    private void schedulePump(long delayNanos) {
        if (!pumpScheduled && !ended) {
            pumpScheduled = true;
            schedule(this::scheduledPump, delayNanos);
        }
    }

    private void scheduledPump() {
        pumpScheduled = false;
        pump();
    }

    /** Returns a task that has something to ask, perhaps a new one; null if there is none. */
    private @Nullable TraceTask nextTask() {
        for (TraceTask task = line.peek(); task != null; task = line.peek()) {
            if (task.hasNext()) {
                return task;
            }
            line.remove();
            task.inLine(false);
        }
        Iterator<IpAddress> iterator = left;
        if (ended || iterator == null || tasks.size() >= options.parallelTargets()) {
            return null;
        }
        if (!iterator.hasNext()) {
            left = null;
            return null;
        }
        IpAddress target = iterator.next();
        TraceTask task = new TraceTask(this, target, core.sender(target), options);
        tasks.add(task);
        task.inLine(true);
        line.add(task);
        return task;
    }
}
