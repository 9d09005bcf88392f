package io.github.nettyping.trace;

import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.RatePacer;
import io.github.nettyping.internal.engine.Session;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.trace.TraceResult.Ending;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

    private static final int BATCH = 64;

    /** Waking up more often would cost more than it smooths. */
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PingerCore core;
    /** Whether the core is of this session alone, with sockets of its own. */
    private final boolean ownCore;
    /** With which a session with a core of its own ends, too, if there is one. */
    private final @Nullable PingerCore pinger;
    /** Ends this session with the pinger. */
    private final Session inPinger;

    private final TraceOptions options;
    private final TraceListener listener;
    private final Guard guard;
    private final LoopFuture<TraceSummary> completion;
    private final HopProbes probes;
    private final Iterable<IpAddress> targets;
    private final Set<TraceTask> tasks = new LinkedHashSet<>();
    /** Those that may have something to ask. */
    private final ArrayDeque<TraceTask> line = new ArrayDeque<>();

    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    private long results;
    private long sent;
    private long answers;

    /** Null before the beginning and after the end of them. */
    private @Nullable Iterator<IpAddress> left;

    private @Nullable RatePacer pacer;
    private int interfaceMtu = PathMtu.USUAL_BYTES;
    private int underWay;
    private boolean pumping;
    private boolean pumpScheduled;
    private boolean ended;

    /**
     * Makes a session. From any thread.
     *
     * @param core   who sends
     * @param pinger the pinger's core, which may be the same; otherwise {@code core} is closed with this session, and
     *               both with the pinger, if there is one
     */
    TraceSession(
            PingerCore core,
            @Nullable PingerCore pinger,
            Iterable<IpAddress> targets,
            TraceOptions options,
            TraceListener listener) {
        this.core = core;
        this.ownCore = core != pinger;
        this.pinger = ownCore ? pinger : null;
        this.inPinger = core::close;
        this.targets = targets;
        this.options = options;
        this.listener = listener;
        this.guard = new Guard(listener);
        this.completion = new LoopFuture<>((pinger == null ? core : pinger).loops(), this::stopNow);
        this.probes = new HopProbes(options);
        for (Ending ending : Ending.values()) {
            endings.put(ending, 0L);
        }
    }

    /** Returns the end. If somebody else completes it, the session stops. From any thread. */
    CompletableFuture<TraceSummary> completion() {
        return completion;
    }

    /** Returns why it ended before its time. From any thread. */
    ClosedChannelException closed() {
        ClosedChannelException cause = core.closed();
        return cause == null ? new ClosedChannelException() : cause;
    }

    /** Has it begin on the event loop. From any thread. */
    void begin() {
        core.execute(this::start, () -> {
            closeOwn();
            completion.fail(new ClosedChannelException());
        });
    }

    /** Ends it early. From any thread. */
    void stop() {
        if (core.loop().inEventLoop()) {
            stopNow();
        } else {
            // With the event loop, the trace has ended.
            core.execute(this::stopNow, () -> {});
        }
    }

    private void start() {
        if (ended) {
            return;
        }
        if (pinger != null) {
            pinger.add(inPinger);
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

    private void stopNow() {
        if (!ended) {
            end();
            completion.succeed(summary(true));
        }
    }

    @Override
    public void close(ClosedChannelException cause) {
        if (ended) {
            return;
        }
        if (ownCore && pinger == null) {
            // Nobody closes anything but a socket that fails.
            fail(cause.getCause() == null ? cause : cause.getCause());
        } else {
            end();
            completion.succeed(summary(true));
        }
    }

    private TraceSummary summary(boolean stopped) {
        return new TraceSummary(
                results, Map.copyOf(endings), sent, answers, startedAt, System.nanoTime() - startedNanos, stopped);
    }

    private void fail(Throwable cause) {
        end();
        completion.fail(cause);
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
        if (pinger != null) {
            pinger.remove(inPinger);
        }
        if (ownCore) {
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

    /** The kernel took a packet. */
    void countSent() {
        sent++;
    }

    /** A probe was answered. */
    void countAnswer() {
        answers++;
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
        guard.run(() -> listener.onHop(target, hop));
    }

    void tellCycle(int cycle, TraceResult soFar) {
        guard.run(() -> listener.onCycle(cycle, soFar));
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
        results++;
        endings.merge(result.ending(), 1L, Long::sum);
        guard.run(() -> listener.onResult(result));
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
            completion.succeed(summary(false));
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
