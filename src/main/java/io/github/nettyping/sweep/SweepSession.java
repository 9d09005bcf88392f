package io.github.nettyping.sweep;

import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.GuardedObserver;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.internal.engine.SharedSession;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.target.TargetSequence;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** One sweep: what its workers share, and the sum of what they have counted. Safe for use by many threads. */
final class SweepSession extends SharedSession<SweepWorker, SweepSummary> {

    /** What the workers share: {@code guard} is the listener's, {@code observer} does not throw. */
    record Task(
            TargetSequence targets,
            TargetChunks chunks,
            SweepRoutes routes,
            SweepOptions options,
            SweepListener listener,
            Guard guard,
            ProbeObserver observer,
            SharedObserver.InFlight inFlight) {}

    private final long total;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();

    /** Opens the sockets, in this thread. */
    SweepSession(
            List<EventLoop> loops,
            List<EventLoop> together,
            TargetSequence targets,
            SweepOptions options,
            SweepListener listener) {
        super(loops, together);
        this.total = targets.count();
        int window = options.maxInFlight();
        // A worker that may have nothing in flight would have nothing to do.
        int count = Math.min(loops.size(), window);
        Task task = new Task(
                targets,
                new TargetChunks(targets.nextMissing(0), total, count),
                SweepRoutes.of(targets.targets()),
                options,
                listener,
                new Guard(listener),
                GuardedObserver.of(options.observer()),
                new SharedObserver.InFlight(count > 1));
        addWorkers(count, i -> {
            int part = window / count + (i < window % count ? 1 : 0);
            return new SweepWorker(this, loops.get(i), task, new SweepWorker.Share(i, count, part));
        });
    }

    /** Completes on an event loop. */
    CompletableFuture<Void> whenBegun() {
        return begun.copy();
    }

    /** A worker has sent its first probes, as far as its rate permits any. */
    void begun() {
        begun.complete(null);
    }

    /** Asks all workers what they have counted. */
    CompletableFuture<SweepSummary> soFar() {
        List<CompletableFuture<SweepWorker.Tally>> tallies =
                workers().stream().map(SweepWorker::soFar).toList();
        return guarded(CompletableFuture.allOf(tallies.toArray(CompletableFuture[]::new))
                .thenApply(all -> summary(tallies.stream().map(CompletableFuture::join), false)));
    }

    @Override
    protected SweepSummary summary(boolean stoppedEarly) {
        return summary(workers().stream().map(SweepWorker::last), stoppedEarly);
    }

    private SweepSummary summary(Stream<SweepWorker.Tally> tallies, boolean stoppedEarly) {
        SweepWorker.Tally sum = tallies.reduce(SweepWorker.Tally.NONE, SweepWorker.Tally::plus);
        Set<SocketKind> kinds = EnumSet.noneOf(SocketKind.class);
        int window = 0;
        for (SweepWorker worker : workers()) {
            kinds.addAll(worker.kinds());
            window += worker.maxInFlight();
        }
        return new SweepSummary(
                total,
                sum.statistics(),
                sum.drops(),
                sum.interfacesLost().stream().sorted().toList(),
                Set.copyOf(kinds),
                window,
                workers().size(),
                startedAt,
                System.nanoTime() - startedNanos,
                stoppedEarly);
    }
}
