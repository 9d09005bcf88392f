package io.github.nettyping.load;

import io.github.nettyping.internal.Ranges;
import io.github.nettyping.internal.engine.SharedSession;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.target.Targets;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** One load: the moments its workers begin at, and their common result. Safe for use by many threads. */
final class LoadSession extends SharedSession<LoadWorker, LoadSummary> {

    /** How finely a load's time is divided. */
    private static final int INTERVALS = 100;

    /** The time in which every loop must learn that it begins. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final LoadOptions options;
    private final int targets;
    private final GcWatch gc;
    private volatile long startNanos = System.nanoTime();
    /** When the measurement begins. */
    private volatile long beginNanos = startNanos;

    private volatile Instant begin = Instant.now();

    /** Opens the sockets, in this thread. */
    LoadSession(
            List<EventLoop> loops, List<EventLoop> together, Targets set, LoadOptions options, LoadListener listener) {
        super(loops, together);
        Ranges.require("targets", set.count(), 1, Load.MAX_TARGETS);
        List<IpAddress> addresses =
                LongStream.range(0, set.count()).mapToObj(set::get).toList();
        this.options = options;
        this.targets = addresses.size();
        addWorkers(loops.size(), i -> new LoadWorker(this, loops.get(i), i, addresses, options, listener));
        // Last: it listens to the JVM until the load ends.
        this.gc = new GcWatch();
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

    /** Has all workers begin at the same moment. */
    @Override
    protected void begin() {
        long warmUpNanos = options.warmUp().toNanos();
        startNanos = System.nanoTime() + LEAD_NANOS;
        beginNanos = startNanos + warmUpNanos;
        begin = Instant.now().plusNanos(LEAD_NANOS + warmUpNanos);
        super.begin();
    }

    /** Returns that moment, by {@link System#nanoTime()}. */
    long startNanos() {
        return startNanos;
    }

    /** The warm-up of a worker is over. */
    void measuring(LoadWorker worker) {
        if (worker == workers().get(0)) {
            gc.begin();
        }
    }

    @Override
    protected LoadSummary summary(boolean stoppedEarly) {
        LoadSummary.GcPauses pauses = gc.end();
        long elapsedNanos = Math.max(0, System.nanoTime() - beginNanos);
        LoadRecorder all = newRecorder(targets, options);
        all.begin(beginNanos);
        LoadSummary.LoopStalls stalls = new LoadSummary.LoopStalls(0, 0);
        Set<SocketKind> kinds = EnumSet.noneOf(SocketKind.class);
        long drops = 0;
        Set<String> interfacesLost = new TreeSet<>();
        int maxInFlight = 0;
        boolean clockSet = false;
        for (LoadWorker worker : workers()) {
            all.add(worker.recorder());
            stalls = stalls.plus(worker.stalls());
            kinds.addAll(worker.kinds());
            drops += worker.drops();
            interfacesLost.addAll(worker.interfacesLost());
            maxInFlight += worker.maxInFlight();
            clockSet |= worker.clockWasSet();
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
                stoppedEarly);
    }
}
