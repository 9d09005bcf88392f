package io.github.nettyping.sweep;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.LoopTasks;
import io.github.nettyping.internal.engine.Pacer;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.ProbeChannels;
import io.github.nettyping.internal.engine.RatePacer;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.internal.engine.Worker;
import io.github.nettyping.internal.route.NeighbourGate;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.TargetCursor;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The work of a sweep on one event loop: takes targets as long as there are any, and keeps as many probes in flight as
 * allowed.
 *
 * <p><b>Pace.</b> Probes that come back are replaced at once, at most a batch at a time: refilling the whole window
 * would put its queue into every round trip. The window grows by one batch in every turn of the event loop in which
 * nothing came back. So it stays small if replies return faster than probes are sent, and fills up if the network is
 * slow or silent. A rate may permit less than that; then its pacer decides alone. Further tries are written instead of
 * new targets, as soon as there are any: a pause of the process, in which thousands of deadlines pass, is followed by
 * no burst.
 */
final class SweepWorker extends Worker {

    /** Waking up more often would cost more than it smooths. */
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Further tries do not wait for room in a neighbour table, and become due meanwhile. */
    private static final long LONGEST_GATE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** One of several, and its share of what may be in flight. */
    record Share(int index, int count, int maxInFlight) {}

    /** What has been counted, how many packets this host has dropped, and which interfaces have had trouble. */
    record Tally(CorrelatorStatistics statistics, long drops, Set<String> interfacesLost) {

        static final Tally NONE = new Tally(CorrelatorStatistics.EMPTY, 0, Set.of());

        Tally plus(Tally other) {
            Set<String> names = new HashSet<>(interfacesLost);
            names.addAll(other.interfacesLost);
            return new Tally(statistics.plus(other.statistics), drops + other.drops, names);
        }
    }

    private final SweepSession session;
    private final SweepOptions options;
    private final GroupProbes probes;
    private final SweepListener listener;
    private final Guard guard;
    private final Share share;
    private final TargetChunks chunks;
    private final TargetSequence targets;
    private final TargetCursor cursor;
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
    /** The result, once it has ended. */
    private volatile Tally last = Tally.NONE;

    /** Opens the sockets. */
    SweepWorker(SweepSession session, EventLoop loop, SweepSession.Task task, Share share) {
        super(session, loop, channels(task, share));
        this.session = session;
        this.options = task.options();
        this.probes = GroupProbes.of(options);
        this.listener = task.listener();
        this.guard = task.guard();
        this.share = share;
        this.chunks = task.chunks();
        this.routes = task.routes();
        this.targets = task.targets();
        this.cursor = targets.targets().cursor();
    }

    private static ProbeChannels channels(SweepSession.Task task, Share share) {
        ProbeChannelOptions channelOptions =
                task.options().channels(task.routes().remote()).withMaxInFlight(share.maxInFlight());
        return new ProbeChannels(
                task.targets().targets().families(),
                share.maxInFlight(),
                family -> new ProbeChannel(
                        family, channelOptions.observedBy(SharedObserver.of(task.observer(), task.inFlight()))));
    }

    @Override
    protected void onBegin() {
        gate = routes.gate(share.count(), now()).orElse(null);
        pace(options.rate());
    }

    /** The first packet of a process may be long under way to the kernel; that is not to be made up for. */
    @Override
    protected void onBegun(boolean sent) {
        if (sent && pacer instanceof RatePacer given) {
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
    protected void outcome(ProbeOutcome outcome) {
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
    protected int refill(int cameBack) {
        // At least a batch in all: after a slow beginning replies would come, and be replaced, in handfuls for ever.
        return Math.min(Math.max(cameBack, BATCH - inFlight), BATCH);
    }

    @Override
    protected boolean hasUrgent() {
        return channels.triesDue() > 0;
    }

    @Override
    protected boolean isPaced() {
        // A worker held back by the rate does not wait for replies.
        return held;
    }

    @Override
    protected void planNext() {
        if (channels.triesDue() == 0 && newProbesWanted() == 0) {
            return;
        }
        Pacer currentPacer = pacer;
        long due = currentPacer == null ? 0 : currentPacer.nanosUntilDue(now());
        long delay = Math.max(due, Math.min(gateDelayNanos, LONGEST_GATE_PAUSE_NANOS));
        schedulePump(delay == 0 ? 0 : Math.max(delay, SHORTEST_PAUSE_NANOS));
    }

    @Override
    protected int write(int limit) {
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
        return written;
    }

    private boolean admits(IpAddress target) {
        NeighbourGate currentGate = gate;
        gateDelayNanos = currentGate == null ? 0 : currentGate.nanosUntilAdmitted(target, now());
        return gateDelayNanos == 0;
    }

    /** Returns how many targets could be asked now, if there are that many. */
    private int newProbesWanted() {
        return hasMore() ? room() : 0;
    }

    /** Others may take the last targets. */
    @Override
    protected boolean hasMore() {
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

    @Override
    protected void onEnd() {
        last = tally();
    }

    /** Returns what was counted, once it has ended. */
    Tally last() {
        return last;
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
        return new Tally(channels.statistics(), channels.drops(), channels.interfacesLost());
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
