package io.github.nettyping.monitor;

import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.LoopTasks;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.ProbeChannels;
import io.github.nettyping.internal.engine.Worker;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a monitor on one event loop. Each has its moment within its interval, and keeps it for ever: no drift, and
 * never all at once. What this process was too late for by more than a tenth of a second is skipped, not made up for.
 */
final class MonitorWorker extends Worker {

    /** Numbers times this, less whole turns, are as evenly spread over a turn as any numbers are, however many there are. */
    private static final double GOLDEN_RATIO = 0.618_033_988_749_894_9;

    private static final long MOST_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A name that has no address yet is asked for more often. */
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** So many targets at a time are told of, that probes do not wait for it. */
    private static final int SNAPSHOT_PART = 256;

    /** What a probe of ours carries with it. */
    private record Sent(MonitoredTarget target, long sequence) {}

    private final MonitorSession session;
    private final MonitorOptions options;
    private final MonitorListener listener;
    private final Set<IpFamily> families;
    private final List<MonitoredTarget> targets = new ArrayList<>();
    private final DueWheel wheel;
    private int largestPayloadBytes;
    /** Probes a second that the intervals ask for. */
    private double wanted;

    /** Targets that have not had all their probes. */
    private int unfinished;

    private boolean begun;
    private boolean anyAdded;

    /** Opens the sockets, in this thread. */
    static MonitorWorker open(MonitorSession session, EventLoop loop, MonitorOptions options, MonitorListener told) {
        Observer observer = new Observer(session, told);
        Set<IpFamily> families = EnumSet.copyOf(options.families());
        try {
            return new MonitorWorker(session, loop, options, told, families, channels(families, options, observer));
        } catch (IcmpUnavailableException both) {
            if (families.size() > 1) {
                for (IpFamily family : families) {
                    try {
                        Set<IpFamily> one = EnumSet.of(family);
                        return new MonitorWorker(session, loop, options, told, one, channels(one, options, observer));
                    } catch (IcmpUnavailableException e) {
                        // Then the other, or none.
                    }
                }
            }
            throw both;
        }
    }

    private MonitorWorker(
            MonitorSession session,
            EventLoop loop,
            MonitorOptions options,
            MonitorListener listener,
            Set<IpFamily> families,
            ProbeChannels channels) {
        super(session, loop, channels);
        this.session = session;
        this.options = options;
        this.listener = listener;
        this.families = families;
        this.wheel = new DueWheel(now());
    }

    private static ProbeChannels channels(Set<IpFamily> families, MonitorOptions options, ProbeObserver observer) {
        ProbeChannelOptions channelOptions = ProbeChannelOptions.of(
                        options.sockets(), options.maxInFlight(), options.timestamps())
                // Answers are as far apart as probes, and those of silent hosts take no room.
                .with(ProbeChannelOptions.Feature.BEYOND_BUFFER, true)
                .observedBy(observer);
        return new ProbeChannels(families, options.maxInFlight(), family -> new ProbeChannel(family, channelOptions));
    }

    // Targets

    /** Adds targets, which have this as their worker. From any thread; {@code ifEnded} is run if the loop has ended. */
    void add(List<MonitoredTarget> added) {
        LoopTasks.execute(
                loop,
                () -> {
                    if (!ended) {
                        added.forEach(this::addNow);
                        goOnIfBegun();
                    }
                },
                () -> {});
    }

    private void addNow(MonitoredTarget target) {
        if (target.removed) {
            return;
        }
        target.index = targets.size();
        targets.add(target);
        unfinished++;
        anyAdded = true;
        plan(target);
        resolveIfDue(target, now());
    }

    /** Has a target asked in its own moment of its interval. */
    private void plan(MonitoredTarget target) {
        MonitorTarget asked = target.asked();
        target.probe = asked.probe().orElse(options.probe());
        target.intervalNanos = asked.interval().orElse(options.interval()).toNanos();
        wanted += perSecond(target);
        double place = target.number * GOLDEN_RATIO;
        target.dueNanos = now() + (long) ((place - Math.floor(place)) * target.intervalNanos);
        wheel.add(target);
    }

    private static double perSecond(MonitoredTarget target) {
        return (double) TimeUnit.SECONDS.toNanos(1) / target.intervalNanos;
    }

    /** Removes targets. From any thread. */
    void remove(List<MonitoredTarget> gone) {
        LoopTasks.execute(loop, () -> gone.forEach(this::removeNow), () -> {});
    }

    private void removeNow(MonitoredTarget target) {
        if (target.removed) {
            return;
        }
        target.removed = true;
        if (target.index < 0) {
            return;
        }
        MonitoredTarget last = targets.remove(targets.size() - 1);
        if (last != target) {
            targets.set(target.index, last);
            last.index = target.index;
        }
        target.index = -1;
        wanted -= perSecond(target);
        finish(target);
    }

    private void finish(MonitoredTarget target) {
        unfinished -= target.finished ? 0 : 1;
        target.finished = true;
    }

    /** Has a target asked otherwise from now on. From any thread. */
    void change(MonitoredTarget target, MonitorTarget asked) {
        LoopTasks.execute(
                loop,
                () -> {
                    if (target.removed || target.index < 0) {
                        return;
                    }
                    target.asked(asked);
                    target.probe = asked.probe().orElse(options.probe());
                    long interval = asked.interval().orElse(options.interval()).toNanos();
                    if (interval != target.intervalNanos) {
                        wanted -= perSecond(target);
                        target.intervalNanos = interval;
                        wanted += perSecond(target);
                        // It is in the wheel still, and keeps its place there until its next probe.
                    }
                },
                () -> {});
    }

    /** A name stands for these addresses, the best first. From any thread. */
    void resolved(MonitoredTarget target, List<IpAddress> addresses) {
        LoopTasks.execute(
                loop,
                () -> {
                    target.resolving = false;
                    if (target.removed || ended) {
                        return;
                    }
                    List<IpAddress> usable = addresses.stream()
                            .filter(address -> families.contains(address.family()) && !address.isMulticast())
                            .toList();
                    IpAddress before = target.addressOrNull();
                    if (usable.isEmpty()) {
                        unresolvedNow(
                                target, addresses.isEmpty() ? "no address" : "no address of a family that is asked");
                    } else {
                        target.history.unresolved = null;
                        // Names with several addresses tell them in any order.
                        if (before == null || !usable.contains(before)) {
                            target.address(usable.get(0));
                            tell(() -> listener.onAddress(target, Optional.ofNullable(before), usable.get(0)));
                        }
                    }
                },
                () -> {});
    }

    /** A name could not be resolved. From any thread. */
    void unresolved(MonitoredTarget target, String message) {
        LoopTasks.execute(
                loop,
                () -> {
                    target.resolving = false;
                    if (!target.removed && !ended) {
                        unresolvedNow(target, message);
                    }
                },
                () -> {});
    }

    private void unresolvedNow(MonitoredTarget target, String message) {
        target.history.unresolved = message;
        if (target.addressOrNull() == null) {
            target.resolveAtNanos =
                    now() + Math.min(AGAIN_NANOS, options.resolveEvery().toNanos());
        }
        tell(() -> listener.onUnresolved(target, message));
    }

    private void resolveIfDue(MonitoredTarget target, long now) {
        if (target.asked().address().isEmpty() && !target.resolving && target.resolveAtNanos - now <= 0) {
            target.resolving = true;
            target.resolveAtNanos = now + options.resolveEvery().toNanos();
            session.resolve(target);
        }
    }

    private void tell(Runnable call) {
        session.guard().run(call);
    }

    // Sending

    @Override
    protected void onBegin() {
        begun = true;
    }

    private void goOnIfBegun() {
        if (begun && !ended) {
            planAnew();
        }
    }

    @Override
    protected boolean isPaced() {
        return true;
    }

    @Override
    protected int refill(int cameBack) {
        return BATCH;
    }

    @Override
    protected boolean hasMore() {
        return options.count().isEmpty() || unfinished > 0 || !anyAdded;
    }

    @Override
    protected void planNext() {
        if (!targets.isEmpty()) {
            // Without room it waits for outcomes, but not for ever: what is due is skipped in the end.
            long delay = room() > 0 ? wheel.nextNanos() - now() : DueWheel.TICK_NANOS;
            schedulePump(Math.max(0, delay));
        }
    }

    @Override
    protected int write(int limit) {
        long now = now();
        int written = 0;
        while (written < limit && !ended) {
            MonitoredTarget target = room() > 0 ? wheel.takeDue(now) : wheel.takeDue(now - MOST_LATE_NANOS - 1);
            if (target == null) {
                break;
            }
            written += ask(target, now) ? 1 : 0;
        }
        return written;
    }

    private boolean isLast(long sequence) {
        return options.count().isPresent() && sequence >= options.count().getAsLong();
    }

    /** Asks a target that is due, or leaves it out; returns whether a probe was written. */
    private boolean ask(MonitoredTarget target, long now) {
        resolveIfDue(target, now);
        IpAddress address = target.addressOrNull();
        if (address == null && target.resolving) {
            target.dueNanos = now + Math.min(MOST_LATE_NANOS, target.intervalNanos);
            wheel.add(target);
            return false;
        }
        long late = now - target.dueNanos;
        long intervalNanos = intervalNanos(target);
        long missed = Math.max(0, late) / intervalNanos;
        target.dueNanos += (missed + 1) * intervalNanos;
        History history = target.history;
        if (late > Math.min(MOST_LATE_NANOS, intervalNanos)) {
            history.skipped += missed + 1;
            wheel.add(target);
            return false;
        }
        history.skipped += missed;
        target.sequence++;
        if (!isLast(target.sequence)) {
            wheel.add(target);
        }
        if (address == null || !families.contains(address.family())) {
            history.localTrouble();
            if (isLast(target.sequence)) {
                finish(target);
            }
            return false;
        }
        ProbeOptions probe = target.probe;
        if (probe == null) {
            throw new IllegalStateException("a target in the wheel that was never planned");
        }
        ProbeChannel channel = channels.of(address);
        if (probe.payloadBytes() > largestPayloadBytes) {
            largestPayloadBytes = probe.payloadBytes();
            channels.fit(largestPayloadBytes);
        }
        inFlight++;
        channel.write(new Probe(address, probe, new Sent(target, target.sequence)));
        return true;
    }

    /** Returns its interval, longer where all of them together ask for more than is permitted. */
    private long intervalNanos(MonitoredTarget target) {
        OptionalLong most = options.probesPerSecond();
        if (most.isEmpty()) {
            return target.intervalNanos;
        }
        double share = (double) most.getAsLong() / options.loops();
        return wanted <= share ? target.intervalNanos : Math.round(target.intervalNanos * wanted / share);
    }

    // Outcomes

    @Override
    protected void outcome(ProbeOutcome outcome) {
        Sent sent = (Sent) outcome.probe().context().orElseThrow();
        MonitoredTarget target = sent.target();
        if (target.removed) {
            return;
        }
        if (isLast(sent.sequence())) {
            finish(target);
        }
        TargetState before = target.state();
        record(target.history, outcome);
        if (listener != MonitorListener.NONE) {
            try {
                listener.onResult(target, sent.sequence(), outcome);
            } catch (Throwable t) {
                session.guard().caught(t);
            }
        }
        TargetState after = target.history.judge(before);
        if (after != before) {
            change(target, before, after);
        }
    }

    private static void record(History history, ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            history.answered(reply.rttNanos());
        } else if (outcome instanceof TimedOut) {
            history.lost();
        } else if (outcome instanceof IcmpErrorOutcome error) {
            history.lastError = error.error();
            history.lastErrorAtNanos = wallNanos();
            history.lost();
        } else {
            history.localTrouble();
        }
    }

    private void change(MonitoredTarget target, TargetState before, TargetState after) {
        Optional<MonitoredTarget> parent = target.asked().parent();
        if (after == TargetState.DOWN && parent.isPresent()) {
            MonitoredTarget above = parent.get();
            // Whether it is down, too, will be known in a moment.
            if (above.state() != TargetState.DOWN && above.worker == this && above.history.lostInARow > 0) {
                return;
            }
        }
        Optional<MonitoredTarget> downParent = parent.filter(above -> above.state() == TargetState.DOWN);
        StateReason reason = target.history.reason(after, downParent);
        if (before == TargetState.DOWN) {
            target.history.forgive();
        }
        target.history.sinceNanos = wallNanos();
        target.state(after);
        session.changed(new StateChange(target, before, after, instant(target.history.sinceNanos), reason), listener);
    }

    static long wallNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private static Instant instant(long wallNanos) {
        return Instant.EPOCH.plusNanos(wallNanos);
    }

    /** What comes beside the outcomes. */
    private record Observer(MonitorSession session, MonitorListener listener) implements ProbeObserver {

        private static @Nullable MonitoredTarget target(Probe probe) {
            MonitoredTarget target = ((Sent) probe.context().orElseThrow()).target();
            return target.removed ? null : target;
        }

        @Override
        public void onDuplicate(Replied reply) {
            MonitoredTarget target = target(reply.probe());
            if (target != null) {
                target.history.duplicates++;
                session.guard().run(() -> listener.onDuplicate(target, reply));
            }
        }

        @Override
        public void onLate(Replied reply) {
            MonitoredTarget target = target(reply.probe());
            if (target != null) {
                target.history.late++;
                session.guard().run(() -> listener.onLate(target, reply));
            }
        }
    }

    // Snapshots

    /** What is known on one loop. */
    record Part(
            List<TargetSnapshot> targets, CorrelatorStatistics statistics, long drops, Set<String> interfacesLost) {}

    /** Returns what is known of all targets of this loop; completes there, or exceptionally if it has ended. */
    CompletableFuture<Part> snapshot() {
        CompletableFuture<Part> answer = new CompletableFuture<>();
        LoopTasks.execute(
                loop,
                () -> snapshot(List.copyOf(targets), 0, new ArrayList<>(targets.size()), answer),
                () -> answer.completeExceptionally(new IllegalStateException("the event loop has ended")));
        return answer;
    }

    private void snapshot(
            List<MonitoredTarget> all, int from, List<TargetSnapshot> into, CompletableFuture<Part> answer) {
        int to = ended ? all.size() : Math.min(all.size(), from + SNAPSHOT_PART);
        for (MonitoredTarget target : all.subList(from, to)) {
            into.add(snapshot(target));
        }
        if (to < all.size()) {
            // By a timer, so that other channels have their turn.
            loop.schedule(() -> snapshot(all, to, into, answer), 0, TimeUnit.NANOSECONDS);
            return;
        }
        answer.complete(last != null ? new Part(into, last.statistics, last.drops, last.interfacesLost) : part(into));
    }

    private @Nullable Part last;

    private Part part(List<TargetSnapshot> snapshots) {
        return new Part(snapshots, channels.statistics(), channels.drops(), channels.interfacesLost());
    }

    /** Returns what is known of one target; completes on the event loop. */
    CompletableFuture<TargetSnapshot> snapshotOf(MonitoredTarget target) {
        CompletableFuture<TargetSnapshot> answer = new CompletableFuture<>();
        LoopTasks.runOn(loop, () -> answer.complete(snapshot(target)));
        return answer;
    }

    private static TargetSnapshot snapshot(MonitoredTarget target) {
        History history = target.history;
        IcmpError error = history.lastError;
        return new TargetSnapshot(
                target,
                target.address(),
                target.state(),
                instant(history.sinceNanos),
                Duration.ofNanos(target.intervalNanos),
                history.answered + history.lostInAll,
                history.answered,
                history.lostInAll,
                history.late,
                history.duplicates,
                history.localTrouble,
                history.skipped,
                history.local,
                history.lastRttNanos < 0 ? OptionalLong.empty() : OptionalLong.of(history.lastRttNanos),
                Optional.ofNullable(error),
                error == null ? Optional.empty() : Optional.of(instant(history.lastErrorAtNanos)),
                Optional.ofNullable(history.unresolved),
                new WindowStatistics(history.results(), target.intervalNanos));
    }

    @Override
    protected void onEnd() {
        List<TargetSnapshot> snapshots = new ArrayList<>(targets.size());
        targets.forEach(target -> snapshots.add(snapshot(target)));
        last = part(snapshots);
    }

    /** Returns what was known at the end; once it has ended. */
    Part last() {
        Part known = last;
        if (known == null) {
            throw new IllegalStateException("it has not ended");
        }
        return known;
    }

    private long now() {
        return loop.ticker().nanoTime();
    }
}
