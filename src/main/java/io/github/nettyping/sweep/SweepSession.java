package io.github.nettyping.sweep;

import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.GuardedObserver;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.Session;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One sweep: its workers, one for each event loop, from the opening of all until the last has ended. Safe for use by
 * many threads: workers come here when they begin and end, not with what they send and receive.
 */
final class SweepSession implements Session {

    /** What the workers share. */
    record Task(
            TargetSequence targets,
            TargetChunks chunks,
            SweepRoutes routes,
            SweepOptions options,
            SweepListener listener) {}

    private final long total;
    private final List<SweepWorker> workers;
    private final LoopFuture<SweepSummary> completion;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    // Guarded by this.

    private int opening;
    private int busy;
    private int running;
    private boolean ending;
    private boolean stopped;
    private SweepWorker.Tally tally = SweepWorker.Tally.NONE;
    private @Nullable Throwable failure;
    private @Nullable Runnable whenEnded;

    /** Opens the sockets, in this thread. */
    SweepSession(List<EventLoop> loops, TargetSequence targets, SweepOptions options, SweepListener listener) {
        this.total = targets.count();
        this.completion = new LoopFuture<>(loops, this::stop);
        int window = options.maxInFlight();
        // A worker that may have nothing in flight would have nothing to do.
        int count = Math.min(loops.size(), window);
        this.workers = new ArrayList<>(count);
        TargetChunks chunks = new TargetChunks(targets.nextMissing(0), total, count);
        Task task = new Task(targets, chunks, SweepRoutes.of(targets.targets()), options, listener);
        Guard guard = new Guard(listener);
        ProbeObserver observer = GuardedObserver.of(options.observer());
        SharedObserver.InFlight probesInFlight = new SharedObserver.InFlight(count > 1);
        try {
            for (int i = 0; i < count; i++) {
                int part = window / count + (i < window % count ? 1 : 0);
                SweepWorker.Share share = new SweepWorker.Share(i, count, part);
                workers.add(new SweepWorker(this, loops.get(i), task, share, guard, observer, probesInFlight));
            }
        } catch (RuntimeException e) {
            workers.forEach(SweepWorker::abandon);
            throw e;
        }
        this.opening = count;
        this.busy = count;
        this.running = count;
    }

    CompletableFuture<SweepSummary> completion() {
        return completion;
    }

    /** Completes on an event loop. */
    CompletableFuture<Void> whenBegun() {
        return begun.copy();
    }

    void open() {
        workers.forEach(SweepWorker::open);
    }

    /** Asks all workers what they have counted. */
    CompletableFuture<SweepSummary> soFar() {
        List<CompletableFuture<SweepWorker.Tally>> tallies =
                workers.stream().map(SweepWorker::soFar).toList();
        return CompletableFuture.allOf(tallies.toArray(CompletableFuture[]::new))
                .thenApply(all -> summary(
                        tallies.stream()
                                .map(CompletableFuture::join)
                                .reduce(SweepWorker.Tally.NONE, SweepWorker.Tally::plus),
                        false));
    }

    void stop() {
        end(true, null);
    }

    /** The pinger closes. */
    @Override
    public void close(ClosedChannelException cause) {
        stop();
    }

    /** Runs a task at the end, in any thread, or now if the sweep has ended; one task at most. */
    void whenEnded(Runnable task) {
        synchronized (this) {
            if (running > 0) {
                whenEnded = task;
                return;
            }
        }
        task.run();
    }

    // For workers.

    /** The sockets of a worker are open. None begins before all are: what fails, fails before anything is sent. */
    void opened() {
        synchronized (this) {
            opening--;
            if (opening > 0 || ending) {
                return;
            }
        }
        workers.forEach(SweepWorker::begin);
    }

    /** A worker has sent its first probes, as far as its rate permits any. */
    void begun() {
        begun.complete(null);
    }

    /** A worker has nothing more to do, and will have nothing: there are no targets left. */
    void done() {
        synchronized (this) {
            busy--;
            if (busy > 0) {
                return;
            }
        }
        end(false, null);
    }

    /** A worker cannot go on, so the others end, too. */
    void fail(Throwable cause) {
        end(true, cause);
    }

    private void end(boolean early, @Nullable Throwable cause) {
        synchronized (this) {
            if (ending) {
                return;
            }
            ending = true;
            stopped = early;
            failure = cause;
        }
        workers.forEach(SweepWorker::end);
    }

    /** A worker has ended without a result. */
    void endedBy(Throwable cause) {
        synchronized (this) {
            failure = failure == null ? cause : failure;
        }
        ended(SweepWorker.Tally.NONE);
    }

    /** A worker has ended. */
    void ended(SweepWorker.Tally counted) {
        SweepSummary summary;
        Throwable cause;
        Runnable task;
        synchronized (this) {
            tally = tally.plus(counted);
            running--;
            if (running > 0) {
                return;
            }
            summary = summary(tally, stopped);
            cause = failure;
            task = whenEnded;
            whenEnded = null;
        }
        if (cause == null) {
            completion.succeed(summary);
        } else {
            completion.fail(cause);
        }
        if (task != null) {
            task.run();
        }
    }

    private SweepSummary summary(SweepWorker.Tally counted, boolean early) {
        Set<SocketKind> kinds = EnumSet.noneOf(SocketKind.class);
        int window = 0;
        for (SweepWorker worker : workers) {
            kinds.addAll(worker.kinds());
            window += worker.maxInFlight();
        }
        return new SweepSummary(
                total,
                counted.statistics(),
                counted.drops(),
                Set.copyOf(kinds),
                window,
                workers.size(),
                startedAt,
                System.nanoTime() - startedNanos,
                early);
    }
}
