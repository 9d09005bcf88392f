package io.github.nettyping.load;

import io.github.nettyping.internal.engine.LoopChoice;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One load: its sessions, begun together, and their common result. Safe for use by many threads. */
final class LoadRun {

    /** How finely a load's time is divided. */
    private static final int INTERVALS = 100;

    /** The time in which every loop must learn that it begins. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final LoadOptions options;
    private final int targets;
    private final List<LoadSession> sessions = new ArrayList<>();
    private final LoopFuture<LoadSummary> completion;
    private final GcWatch gc = new GcWatch();
    private volatile boolean stopped;
    /** When the measurement begins. */
    private volatile long beginNanos;

    private volatile Instant begin = Instant.now();

    /**
     * Opens the sockets, in this thread.
     *
     * @param loops    on which it runs
     * @param together all event loops that these belong with; on none of them anybody may wait for it
     */
    LoadRun(
            List<EventLoop> loops,
            List<EventLoop> together,
            List<IpAddress> targets,
            LoadOptions options,
            LoadListener listener) {
        this.options = options;
        this.targets = targets.size();
        this.beginNanos = System.nanoTime();
        this.completion = new LoopFuture<>(LoopChoice.first(loops, together), this::stop);
        try {
            for (EventLoop loop : loops) {
                sessions.add(new LoadSession(loop, sessions.size(), targets, options, listener));
            }
        } catch (RuntimeException e) {
            sessions.forEach(LoadSession::stop);
            gc.end();
            throw e;
        }
    }

    static LoadRecorder newRecorder(int targets, LoadOptions options) {
        return new LoadRecorder(
                targets,
                INTERVALS,
                intervalNanos(options),
                options.probesPerSecond().isPresent());
    }

    private static long intervalNanos(LoadOptions options) {
        return (options.duration().toNanos() + INTERVALS - 1) / INTERVALS;
    }

    CompletableFuture<LoadSummary> completion() {
        return completion;
    }

    void start() {
        List<CompletableFuture<Void>> opening = new ArrayList<>();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (LoadSession session : sessions) {
            ends.add(session.over().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    sessions.forEach(LoadSession::stop);
                }
            }));
            opening.add(session.open());
        }
        all(opening).thenRun(this::begin);
        all(ends).whenComplete((nothing, failure) -> end(failure));
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    private void begin() {
        long start = System.nanoTime() + LEAD_NANOS;
        long warmUpNanos = options.warmUp().toNanos();
        beginNanos = start + warmUpNanos;
        begin = Instant.now().plusNanos(LEAD_NANOS + warmUpNanos);
        for (LoadSession session : sessions) {
            session.begin(start, session == sessions.get(0) ? gc::begin : () -> {});
        }
    }

    void stop() {
        stopped = true;
        sessions.forEach(LoadSession::stop);
    }

    private void end(@Nullable Throwable failure) {
        LoadSummary.GcPauses pauses = gc.end();
        if (failure != null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
            completion.fail(cause == null ? failure : cause);
            return;
        }
        try {
            completion.succeed(summary(pauses));
        } catch (RuntimeException e) {
            completion.fail(e);
        }
    }

    private LoadSummary summary(LoadSummary.GcPauses pauses) {
        long elapsedNanos = Math.max(0, System.nanoTime() - beginNanos);
        LoadRecorder all = newRecorder(targets, options);
        all.begin(beginNanos);
        LoadSummary.LoopStalls stalls = new LoadSummary.LoopStalls(0, 0);
        Set<SocketKind> kinds = EnumSet.noneOf(SocketKind.class);
        long drops = 0;
        Set<String> interfacesLost = new TreeSet<>();
        int maxInFlight = 0;
        boolean clockSet = false;
        for (LoadSession session : sessions) {
            all.add(session.recorder());
            stalls = stalls.plus(session.stalls());
            kinds.addAll(session.kinds());
            drops += session.drops();
            interfacesLost.addAll(session.interfacesLost());
            maxInFlight += session.maxInFlight();
            clockSet |= session.clockWasSet();
        }
        long sendingNanos = Math.min(elapsedNanos, Math.max(options.duration().toNanos(), all.lastSentOffsetNanos()));
        return new LoadSummary(
                options.probesPerSecond(),
                all.counts(),
                all.roundTrips(),
                all.latencies(),
                all.lags(),
                all.variation().jitterNanos(),
                all.variation().variations(),
                all.clocks(),
                drops,
                List.copyOf(interfacesLost),
                pauses,
                stalls,
                clockSet,
                targets,
                targets - all.answeredTargets(),
                Set.copyOf(kinds),
                options.loops(),
                maxInFlight,
                begin,
                elapsedNanos,
                sendingNanos,
                all.intervals(sendingNanos),
                all.refusal(),
                stopped);
    }
}
