package io.github.nettyping.monitor;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.SharedSession;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.netty.channel.EventLoop;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** One monitor: its workers, who resolves names, and who hears of changes. Safe for use by many threads. */
final class MonitorSession extends SharedSession<MonitorWorker, MonitorSnapshot> {

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(MonitorSession.class);

    /** A subscriber that is further behind misses changes. */
    private static final int MOST_CHANGES_BEHIND = 1 << 16;

    private static final int RESOLVERS = 8;
    private static final long RESOLVER_IDLE_SECONDS = 10;

    private final MonitorOptions options;
    private final Judgement judgement;
    private final Guard guard;
    private final AtomicLong numbers = new AtomicLong();
    private final ThreadPoolExecutor resolvers;
    private final SubmissionPublisher<StateChange> changes =
            new SubmissionPublisher<>(ForkJoinPool.commonPool(), MOST_CHANGES_BEHIND);

    /** Opens the sockets, in this thread. */
    MonitorSession(List<EventLoop> loops, List<EventLoop> together, MonitorOptions options, MonitorListener listener) {
        super(loops, together);
        this.options = options;
        this.judgement = Judgement.of(options);
        this.guard = new Guard(listener);
        this.resolvers = new ThreadPoolExecutor(
                RESOLVERS, RESOLVERS, RESOLVER_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "nettyping-monitor-names");
                    thread.setDaemon(true);
                    return thread;
                });
        resolvers.allowCoreThreadTimeOut(true);
        addWorkers(loops.size(), i -> MonitorWorker.open(this, loops.get(i), options, listener));
        completion().whenComplete((end, failure) -> {
            resolvers.shutdownNow();
            changes.close();
        });
    }

    Guard guard() {
        return guard;
    }

    // Targets

    List<MonitoredTarget> add(Collection<MonitorTarget> asked) {
        long now = MonitorWorker.wallNanos();
        List<MonitoredTarget> added = new ArrayList<>(asked.size());
        for (MonitorTarget one : asked) {
            long number = numbers.getAndIncrement();
            // With its parent, of whose state it depends.
            MonitorWorker worker = one.parent().map(parent -> parent.worker).orElseGet(() -> workers()
                    .get((int) (number % workers().size())));
            if (!workers().contains(worker)) {
                throw new IllegalArgumentException("parent of " + one + ": a target of another monitor");
            }
            added.add(new MonitoredTarget(worker, number, one, new History(judgement, now)));
        }
        byWorker(added, MonitorWorker::add);
        return added;
    }

    void remove(Collection<MonitoredTarget> gone) {
        for (MonitoredTarget one : gone) {
            requireOwn(one);
        }
        byWorker(gone, MonitorWorker::remove);
    }

    private void requireOwn(MonitoredTarget target) {
        if (!workers().contains(target.worker)) {
            throw new IllegalArgumentException("target: " + target.host() + " (expected: one of this monitor)");
        }
    }

    /** Has a target asked otherwise. */
    void change(MonitoredTarget target, MonitorTarget asked) {
        requireOwn(target);
        target.worker.change(target, asked);
    }

    private static void byWorker(
            Collection<MonitoredTarget> targets, BiConsumer<MonitorWorker, List<MonitoredTarget>> action) {
        Map<MonitorWorker, List<MonitoredTarget>> parts = new HashMap<>();
        targets.forEach(target ->
                parts.computeIfAbsent(target.worker, any -> new ArrayList<>()).add(target));
        parts.forEach(action);
    }

    /** Has a name resolved, beside the event loops. */
    void resolve(MonitoredTarget target) {
        String name = target.host();
        try {
            resolvers.execute(() -> {
                try {
                    List<InetAddress> found = options.resolver().resolve(name);
                    target.worker.resolved(
                            target, found.stream().map(IpAddress::of).toList());
                } catch (UnknownHostException e) {
                    target.worker.unresolved(target, String.valueOf(e.getMessage()));
                } catch (Throwable t) {
                    guard.caught(t);
                    target.worker.unresolved(target, String.valueOf(t));
                }
            });
        } catch (RejectedExecutionException e) {
            // The monitor is ending.
        }
    }

    // Changes

    Flow.Publisher<StateChange> changes() {
        return changes;
    }

    /** On the event loop of the target. */
    void changed(StateChange change, MonitorListener listener) {
        guard.run(() -> listener.onStateChange(change));
        if (changes.hasSubscribers()) {
            changes.offer(change, (subscriber, missed) -> {
                LOGGER.warn("A subscriber is {} changes behind and misses: {}", MOST_CHANGES_BEHIND, missed);
                return false;
            });
        }
    }

    // Snapshots

    CompletableFuture<MonitorSnapshot> snapshot() {
        List<CompletableFuture<MonitorWorker.Part>> parts =
                workers().stream().map(MonitorWorker::snapshot).toList();
        return guarded(CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(all -> sum(parts.stream().map(CompletableFuture::join))));
    }

    CompletableFuture<TargetSnapshot> snapshot(MonitoredTarget target) {
        return guarded(target.worker.snapshotOf(target));
    }

    @Override
    protected MonitorSnapshot summary(boolean stoppedEarly) {
        return sum(workers().stream().map(MonitorWorker::last));
    }

    private MonitorSnapshot sum(Stream<MonitorWorker.Part> parts) {
        List<TargetSnapshot> targets = new ArrayList<>();
        Set<String> interfacesLost = new LinkedHashSet<>();
        CorrelatorStatistics statistics = CorrelatorStatistics.EMPTY;
        long drops = 0;
        for (MonitorWorker.Part part : (Iterable<MonitorWorker.Part>) parts::iterator) {
            targets.addAll(part.targets());
            statistics = statistics.plus(part.statistics());
            drops += part.drops();
            interfacesLost.addAll(part.interfacesLost());
        }
        Set<SocketKind> kinds = EnumSet.noneOf(SocketKind.class);
        workers().forEach(worker -> kinds.addAll(worker.kinds()));
        return new MonitorSnapshot(targets, statistics, drops, interfacesLost, kinds);
    }
}
