package io.github.nettyping;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.target.TargetCursor;
import io.github.nettyping.target.Targets;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One sweep: takes targets in order, keeps as many probes in flight as it may, and ends. Confined to its event loop but
 * for {@link #open}, {@link #stop} and {@link #completion}.
 *
 * <p><b>Pace.</b> What comes back is replaced at once, at most a batch at a time: refilling the whole window would put
 * its queue into every round trip. Beyond that the window grows by one batch in every turn of the event loop in which
 * nothing came back; so where replies return faster than they are sent, the window stays as small as it can be, and
 * where the network is long or silent it fills up. With a rate, the pacer allows and nothing else does.
 */
final class SweepSession implements LaneOwner, Session {

    private static final int BATCH = 64;

    /** Waking up more often than this would cost more than it smooths. */
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventLoop loop;
    private final SweepOptions options;
    private final SweepListener listener;
    private final Guard guard;
    private final long total;
    private final TargetCursor cursor;
    private final Map<IpFamily, Lane> lanes = new EnumMap<>(IpFamily.class);
    private final Set<SocketKind> kinds = EnumSet.noneOf(SocketKind.class);
    private final int maxInFlight;
    private final LoopFuture<SweepSummary> completion;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    private @Nullable RatePacer pacer;
    private long chargedProbes;
    private long next;
    private int inFlight;
    private int returned;
    private boolean clocked;
    private boolean pumpScheduled;
    private boolean ended;
    private @Nullable Runnable whenEnded;

    SweepSession(EventLoop loop, Targets targets, SweepOptions options, SweepListener listener) {
        this.loop = loop;
        this.options = options;
        this.listener = listener;
        this.guard = new Guard(listener);
        this.completion = new LoopFuture<>(loop, this::stop);
        this.total = targets.count();
        this.cursor = targets.cursor();
        int window = options.maxInFlight();
        ProbeObserver observer = GuardedObserver.of(options.observer());
        LaneObserver.InFlight probesInFlight = new LaneObserver.InFlight();
        try {
            for (IpFamily family : targets.families()) {
                Lane lane =
                        new Lane(family, LaneOptions.of(options).observedBy(LaneObserver.of(observer, probesInFlight)));
                lanes.put(family, lane);
                kinds.add(lane.kind());
                window = Math.min(window, lane.maxInFlight());
            }
        } catch (RuntimeException e) {
            lanes.values().forEach(Lane::close);
            throw e;
        }
        this.maxInFlight = window;
    }

    CompletableFuture<SweepSummary> completion() {
        return completion;
    }

    void open() {
        List<ChannelFuture> opening = new ArrayList<>(lanes.size());
        lanes.values().forEach(lane -> opening.add(lane.open(loop, this)));
        LoopTasks.execute(loop, () -> whenOpen(opening, 0), () -> fail(new ClosedChannelException()));
    }

    private void whenOpen(List<ChannelFuture> opening, int index) {
        if (index == opening.size()) {
            begin();
            return;
        }
        opening.get(index).addListener(future -> {
            if (future.isSuccess()) {
                whenOpen(opening, index + 1);
            } else {
                onLoop(() -> fail(future.cause()));
            }
        });
    }

    private void begin() {
        if (options.probesPerSecond().isPresent()) {
            pacer = new RatePacer(options.probesPerSecond().getAsLong(), now());
        }
        pump();
        endIfDone();
    }

    void stop() {
        onLoop(() -> end(true));
    }

    /** The pinger closes. */
    @Override
    public void close(ClosedChannelException cause) {
        end(true);
    }

    /** Has a task run at the end, or now if that was; on the event loop, one task at most. */
    void whenEnded(Runnable task) {
        if (ended) {
            task.run();
        } else {
            whenEnded = task;
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        // If the loop has ended, nobody else is in here.
        LoopTasks.execute(loop, task, task);
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        if (ended) {
            return;
        }
        inFlight--;
        returned++;
        try {
            listener.onOutcome(outcome);
        } catch (Throwable t) {
            guard.caught(t);
        }
    }

    @Override
    public void onReadComplete() {
        if (ended || returned == 0) {
            return;
        }
        clocked = true;
        int refill = Math.min(returned, BATCH);
        returned = 0;
        send(refill);
        schedulePump();
        endIfDone();
    }

    private void pump() {
        pumpScheduled = false;
        if (ended) {
            return;
        }
        try {
            if (!clocked || pacer != null) {
                send(BATCH);
            }
            clocked = false;
            schedulePump();
        } catch (RuntimeException | Error e) {
            // Nobody looks at what a timer throws.
            fail(e);
        }
    }

    private void schedulePump() {
        if (pumpScheduled || next == total || inFlight >= maxInFlight) {
            return;
        }
        pumpScheduled = true;
        RatePacer currentPacer = pacer;
        long delay = currentPacer == null ? 0 : currentPacer.nanosUntilDue(now());
        // By a timer, not by execute: a task that queues itself starves timers and other channels.
        loop.schedule(this::pump, delay == 0 ? 0 : Math.max(delay, SHORTEST_PAUSE_NANOS), TimeUnit.NANOSECONDS);
    }

    private void send(int limit) {
        int count = (int) Math.min(Math.min(limit, maxInFlight - inFlight), total - next);
        RatePacer currentPacer = pacer;
        if (currentPacer != null) {
            currentPacer.charge(furtherTries());
            count = currentPacer.take(count, now());
        }
        if (count <= 0) {
            return;
        }
        for (int i = 0; i < count && !ended; i++) {
            cursor.moveTo(next++);
            inFlight++;
            IpAddress target = cursor.address();
            laneOf(target).write(new Probe(target, options.probe()));
        }
        if (!ended) {
            lanes.values().forEach(Lane::flush);
        }
    }

    private Lane laneOf(IpAddress target) {
        Lane lane = lanes.get(target.family());
        if (lane == null) {
            throw new IllegalStateException("a target of a family the set does not have: " + target);
        }
        return lane;
    }

    /** Returns how many probes the correlators sent by themselves since the last call. */
    private long furtherTries() {
        long sent = 0;
        for (Lane lane : lanes.values()) {
            sent += lane.statistics().furtherTries();
        }
        long fresh = sent - chargedProbes;
        chargedProbes = sent;
        return fresh;
    }

    private void endIfDone() {
        if (next == total && inFlight == 0) {
            end(false);
        }
    }

    @Override
    public void onClosed() {
        if (!ended) {
            fail(new ClosedChannelException());
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        if (ended) {
            return;
        }
        ended = true;
        closeLanes();
        completion.fail(cause);
    }

    private void closeLanes() {
        lanes.values().forEach(Lane::close);
        Runnable task = whenEnded;
        if (task != null) {
            whenEnded = null;
            task.run();
        }
    }

    private void end(boolean stopped) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            completion.succeed(summary(stopped));
        } catch (RuntimeException e) {
            completion.fail(e);
        } finally {
            closeLanes();
        }
    }

    private SweepSummary summary(boolean stopped) {
        long elapsedNanos = System.nanoTime() - startedNanos;
        CorrelatorStatistics statistics = CorrelatorStatistics.EMPTY;
        long drops = 0;
        for (Lane lane : lanes.values()) {
            statistics = statistics.plus(lane.statistics());
            drops += lane.drops();
        }
        return new SweepSummary(
                total, statistics, drops, Set.copyOf(kinds), maxInFlight, startedAt, elapsedNanos, stopped);
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
