package io.github.nettyping.sweep;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.LoopTasks;
import io.github.nettyping.internal.engine.Pacer;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.ProbeChannelOwner;
import io.github.nettyping.internal.engine.ProbeChannels;
import io.github.nettyping.internal.engine.RatePacer;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.internal.route.NeighbourGate;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.TargetCursor;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The work of a sweep on one event loop: takes targets as long as there are any, keeps as many probes in flight as
 * allowed, and tells its session when nothing is left to do. Its sockets are opened in the constructor's thread; all
 * else is confined to the event loop, except for {@link #open}, {@link #begin} and {@link #end}.
 *
 * <p><b>Pace.</b> Probes that come back are replaced at once, at most a batch at a time: refilling the whole window
 * would put its queue into every round trip. The window grows by one batch in every turn of the event loop in which
 * nothing came back. So it stays small if replies return faster than probes are sent, and fills up if the network is
 * slow or silent. A rate may permit less than that; then its pacer decides alone. Further tries are written instead of
 * new targets, as soon as there are any: a pause of the process, in which thousands of deadlines pass, is followed by
 * no burst.
 */
final class SweepWorker implements ProbeChannelOwner {

    private static final int BATCH = 64;

    /** Waking up more often would cost more than it smooths. */
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Further tries do not wait for room in a neighbour table, and become due meanwhile. */
    private static final long LONGEST_GATE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** One of several, and its share of what may be in flight. */
    record Share(int index, int count, int maxInFlight) {}

    /** What has been counted, and how many packets this host has dropped. */
    record Tally(CorrelatorStatistics statistics, long drops) {

        static final Tally NONE = new Tally(CorrelatorStatistics.EMPTY, 0);

        Tally plus(Tally other) {
            return new Tally(statistics.plus(other.statistics), drops + other.drops);
        }
    }

    private final SweepSession session;
    private final EventLoop loop;
    private final SweepOptions options;
    private final GroupProbes probes;
    private final SweepListener listener;
    private final Guard guard;
    private final Share share;
    private final TargetChunks chunks;
    private final TargetSequence targets;
    private final TargetCursor cursor;
    private final ProbeChannels channels;

    private final SweepRoutes routes;
    private @Nullable NeighbourGate gate;
    /** Until then the next target waits for room in a neighbour table. */
    private long gateDelayNanos;

    private @Nullable Pacer pacer;
    private @Nullable AutoPacer autoPacer;
    /** The last time, the pacer permitted less than was wanted. */
    private boolean held;
    /** Targets that were taken and not yet sent. */
    private long next;

    private long end;
    private int inFlight;
    private int returned;
    private boolean clocked;
    private boolean pumpScheduled;
    private boolean done;
    private boolean ended;
    /** The result, once it has ended. */
    private volatile Tally last = Tally.NONE;

    /**
     * Opens the sockets.
     *
     * @param guard    of the listener
     * @param observer does not throw
     */
    SweepWorker(
            SweepSession session,
            EventLoop loop,
            SweepSession.Task task,
            Share share,
            Guard guard,
            ProbeObserver observer,
            SharedObserver.InFlight probesInFlight) {
        this.session = session;
        this.loop = loop;
        this.options = task.options();
        this.probes = GroupProbes.of(options);
        this.listener = task.listener();
        this.guard = guard;
        this.share = share;
        this.chunks = task.chunks();
        this.routes = task.routes();
        this.targets = task.targets();
        this.cursor = targets.targets().cursor();
        ProbeChannelOptions channelOptions = options.channels(routes.remote()).withMaxInFlight(share.maxInFlight());
        this.channels = new ProbeChannels(
                targets.targets().families(),
                share.maxInFlight(),
                family -> new ProbeChannel(
                        family, channelOptions.observedBy(SharedObserver.of(observer, probesInFlight))));
    }

    /** Returns the kinds of its sockets. */
    Set<SocketKind> kinds() {
        return channels.kinds();
    }

    /** Returns how many probes it lets wait at once. */
    int maxInFlight() {
        return channels.maxInFlight();
    }

    /** Closes the sockets before {@link #open}. */
    void abandon() {
        channels.close();
    }

    /** Enters the event loop; the session is told when that is done. */
    void open() {
        channels.open(loop, this, session::opened, session::fail);
    }

    /** Sends the first probes. */
    void begin() {
        LoopTasks.runOn(loop, () -> {
            if (ended) {
                return;
            }
            gate = routes.gate(share.count(), now()).orElse(null);
            pace(options.rate());
            pump();
            begun();
            tellIfDone();
        });
    }

    /** The first packet of a process may be long under way to the kernel; that is not to be made up for. */
    private void begun() {
        if (inFlight > 0 && pacer instanceof RatePacer given) {
            given.sentFirst(now());
        }
        session.begun();
    }

    private void pace(SweepRate rate) {
        if (rate instanceof SweepRate.PerSecond given) {
            pacer = new RatePacer(given.probesPerSecond(), now(), share.index(), share.count());
        } else if (rate instanceof SweepRate.Auto auto) {
            double ceiling = routes.remote()
                    ? auto.remoteCeiling().orElse(SweepOptions.MAX_PROBES_PER_SECOND)
                    : SweepOptions.MAX_PROBES_PER_SECOND;
            AutoPacer.Limits limits = new AutoPacer.Limits(SweepRate.Auto.START_PER_SECOND, ceiling);
            autoPacer = new AutoPacer(limits, share, options.probe(), SweepWorker::wallNanos, this::troubles, now());
            pacer = autoPacer;
        }
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Returns how often this host has dropped what came, or could not send at once. */
    private long troubles() {
        return channels.drops() + channels.sendWaits();
    }

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        if (ended) {
            return;
        }
        inFlight--;
        returned++;
        if (autoPacer != null && outcome instanceof Replied reply) {
            autoPacer.replied(reply);
        }
        try {
            listener.onOutcome(outcome);
        } catch (Throwable t) {
            guard.caught(t);
        }
    }

    @Override
    public void onReadComplete() {
        if (ended || (returned == 0 && channels.triesDue() == 0)) {
            return;
        }
        if (returned > 0) {
            clocked = true;
            // At least a batch in all: after a slow beginning replies would come, and be replaced, in handfuls for
            // ever.
            int refill = Math.min(Math.max(returned, BATCH - inFlight), BATCH);
            returned = 0;
            send(refill);
        }
        schedulePump();
        tellIfDone();
    }

    private void pump() {
        pumpScheduled = false;
        if (ended) {
            return;
        }
        try {
            // A worker held back by the rate does not wait for replies.
            if (!clocked || held) {
                send(BATCH);
            }
            clocked = false;
            schedulePump();
            // Others may have taken the last targets meanwhile.
            tellIfDone();
        } catch (RuntimeException | Error e) {
            // Exceptions of a timer are lost.
            session.fail(e);
        }
    }

    private void schedulePump() {
        if (pumpScheduled || (channels.triesDue() == 0 && newProbesWanted() == 0)) {
            return;
        }
        pumpScheduled = true;
        Pacer currentPacer = pacer;
        long due = currentPacer == null ? 0 : currentPacer.nanosUntilDue(now());
        long delay = Math.max(due, Math.min(gateDelayNanos, LONGEST_GATE_PAUSE_NANOS));
        // By a timer, not by execute: a task that queues itself starves timers and other channels.
        loop.schedule(this::pump, delay == 0 ? 0 : Math.max(delay, SHORTEST_PAUSE_NANOS), TimeUnit.NANOSECONDS);
    }

    private void send(int limit) {
        int count = Math.min(limit, channels.triesDue() + newProbesWanted());
        Pacer currentPacer = pacer;
        if (currentPacer != null) {
            int wanted = count;
            count = currentPacer.take(count, now());
            held = count < wanted;
        }
        int permitted = count;
        int tries = channels.writeTries(count);
        int written = tries;
        count = Math.min(count, written + newProbesWanted());
        while (written < count && !ended && takeTarget()) {
            cursor.moveTo(targets.indexAt(next));
            IpAddress target = cursor.address();
            if (!admits(target)) {
                break;
            }
            next++;
            inFlight++;
            written++;
            channels.of(target).write(new Probe(target, probes.optionsFor(target)));
        }
        if (currentPacer != null) {
            currentPacer.giveBack(permitted - written);
        }
        if (autoPacer != null) {
            autoPacer.started(written - tries);
        }
        if (written > 0 && !ended) {
            channels.flush();
        }
    }

    private boolean admits(IpAddress target) {
        NeighbourGate currentGate = gate;
        gateDelayNanos = currentGate == null ? 0 : currentGate.nanosUntilAdmitted(target, now());
        return gateDelayNanos == 0;
    }

    /** Returns how many targets could be asked now, if there are that many. */
    private int newProbesWanted() {
        return hasTargets() ? channels.maxInFlight() - inFlight : 0;
    }

    private boolean hasTargets() {
        return next < end || !chunks.isEmpty();
    }

    /** Makes sure that there is a next target; returns whether there is. */
    private boolean takeTarget() {
        while (true) {
            next = targets.nextMissing(next);
            if (next < end) {
                return true;
            }
            Optional<TargetChunks.Chunk> chunk = chunks.take();
            if (chunk.isEmpty()) {
                return false;
            }
            next = chunk.get().begin();
            end = chunk.get().end();
        }
    }

    private void tellIfDone() {
        if (inFlight == 0 && !done && !ended && !hasTargets()) {
            done = true;
            session.done();
        }
    }

    @Override
    public void onClosed() {
        if (!ended) {
            session.fail(new ClosedChannelException());
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        session.fail(cause);
    }

    /** Tells nothing more, closes the sockets, and hands over to the session what was counted; a second call does nothing. */
    void end() {
        LoopTasks.runOn(loop, () -> {
            if (ended) {
                return;
            }
            ended = true;
            handOver();
            channels.close();
        });
    }

    private void handOver() {
        try {
            last = tally();
        } catch (RuntimeException e) {
            session.endedBy(e);
            return;
        }
        session.ended(last);
    }

    /** Returns what has been counted, as it will be in a moment; completes on the event loop. */
    CompletableFuture<Tally> soFar() {
        CompletableFuture<Tally> answer = new CompletableFuture<>();
        LoopTasks.runOn(loop, () -> {
            try {
                answer.complete(ended ? last : tally());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private Tally tally() {
        return new Tally(channels.statistics(), channels.drops());
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
