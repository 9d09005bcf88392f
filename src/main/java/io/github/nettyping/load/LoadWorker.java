package io.github.nettyping.load;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.ProbeChannels;
import io.github.nettyping.internal.engine.Worker;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.netty.channel.EventLoop;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of a load on one event loop. Its result may be read once it has ended.
 *
 * <p><b>Open loop.</b> Each probe has its intended time and is sent then, or as soon after as possible. None is left
 * out or moved. So every delay by this program or the window shows in the latency of every probe that had to wait. Only
 * when the time is over, probes that are still due are given up, and counted.
 *
 * <p><b>Closed loop.</b> As in a sweep: what comes back is replaced at once, and the window
 * grows in turns in which nothing came back.
 */
final class LoadWorker extends Worker {

    /** Late probes are sent for at least so long after the end: a cold JVM is slow with the first probes. */
    private static final long LEAST_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LoadSession session;
    private final List<IpAddress> targets;
    private final LoadOptions options;
    private final LoadListener listener;
    private final Guard guard;
    private final @Nullable LoadSchedule schedule;
    private final long firstPlace;
    private final long warmUpNanos;
    private final long durationNanos;
    private final LoadClock clock = new LoadClock();
    private final LoopWatch watch;
    private final LoadRecorder recorder;
    /** Warms up the code that records, and is thrown away. */
    private final LoadRecorder warmUp;

    private final int[] numbers;
    private long startNanos;
    private long next;
    private long countedInFlight;
    private boolean measuring;
    private boolean sendingOver;
    private CorrelatorStatistics atMeasuring = CorrelatorStatistics.EMPTY;
    private long dropsAtMeasuring;
    private long drops;
    private Set<String> interfacesLost = Set.of();

    /** Opens the sockets, in this thread. {@code index}: of this loop among those of the load, from 0. */
    LoadWorker(
            LoadSession session,
            EventLoop loop,
            int index,
            List<IpAddress> targets,
            LoadOptions options,
            LoadListener listener) {
        super(session, loop, channels(targets, options));
        this.session = session;
        this.targets = targets;
        this.options = options;
        this.listener = listener;
        this.guard = new Guard(listener);
        this.warmUpNanos = options.warmUp().toNanos();
        this.durationNanos = options.duration().toNanos();
        OptionalLong rate = options.probesPerSecond();
        this.schedule = rate.isEmpty()
                ? null
                : new LoadSchedule(rate.getAsLong(), warmUpNanos + durationNanos, options.loops(), index);
        this.firstPlace = index;
        this.numbers = new int[targets.size()];
        this.watch = new LoopWatch(loop, clock);
        this.recorder = LoadSession.newRecorder(targets.size(), options);
        this.warmUp = LoadSession.newRecorder(targets.size(), options);
    }

    private static ProbeChannels channels(List<IpAddress> targets, LoadOptions options) {
        ProbeChannelOptions channelOptions = ProbeChannelOptions.of(
                        options.sockets(), options.maxInFlight() / options.loops(), options.timestamps())
                .withPayloadBytes(options.probe().payloadBytes());
        return new ProbeChannels(
                EnumSet.copyOf(targets.stream().map(IpAddress::family).toList()),
                channelOptions.maxInFlight(),
                family -> new ProbeChannel(family, channelOptions));
    }

    LoadRecorder recorder() {
        return recorder;
    }

    /** Returns the packets this host received and dropped while it was measured. */
    long drops() {
        return drops - dropsAtMeasuring;
    }

    /** Returns the interfaces that had trouble while probes by them waited, the warm-up included. */
    Set<String> interfacesLost() {
        return interfacesLost;
    }

    LoadSummary.LoopStalls stalls() {
        return watch.stalls();
    }

    boolean clockWasSet() {
        return clock.wasSet();
    }

    // Sending

    @Override
    protected void onBegin() {
        startNanos = session.startNanos();
        recorder.begin(startNanos + warmUpNanos);
        warmUp.begin(startNanos + warmUpNanos);
        watch.start();
    }

    @Override
    protected boolean isPaced() {
        return schedule != null;
    }

    @Override
    protected int refill(int cameBack) {
        return schedule == null ? Math.min(cameBack, BATCH) : BATCH;
    }

    @Override
    protected boolean hasMore() {
        return !sendingOver;
    }

    @Override
    protected void planNext() {
        // Where the window is full, the next outcome makes room, and goes on.
        if (!sendingOver && room() > 0) {
            LoadSchedule open = schedule;
            long delay = open == null ? 0 : startNanos + open.offsetNanos(next) - System.nanoTime();
            schedulePump(Math.max(0, delay));
        }
    }

    /** Returns when to stop; what is late is sent for another timeout, or a second if that is more. */
    private long endOfSending() {
        long end = startNanos + warmUpNanos + durationNanos;
        return schedule == null
                ? end
                : end + Math.max(LEAST_GRACE_NANOS, options.probe().timeout().toNanos());
    }

    @Override
    protected int write(int limit) {
        if (sendingOver) {
            return 0;
        }
        long now = System.nanoTime();
        if (now - endOfSending() >= 0) {
            sendingOver = true;
            if (schedule != null) {
                recorder.unsent(Math.min(schedule.count() - next, schedule.count() - schedule.before(warmUpNanos)));
            }
            return 0;
        }
        int count = Math.min(limit, room());
        return schedule == null ? writeClosed(count, now) : writeOpen(schedule, count, now);
    }

    private int writeOpen(LoadSchedule open, int count, long now) {
        int written = 0;
        while (written < count && next < open.count() && !ended) {
            long offset = open.offsetNanos(next);
            long intended = startNanos + offset;
            if (intended - now > 0) {
                break;
            }
            write(open.place(next++), intended, now, offset >= warmUpNanos);
            written++;
        }
        sendingOver = next == open.count();
        return written;
    }

    private int writeClosed(int count, long now) {
        boolean counted = now - startNanos >= warmUpNanos;
        for (int i = 0; i < count && !ended; i++) {
            write(firstPlace + next++ * options.loops(), now, now, counted);
        }
        return count;
    }

    private void write(long place, long intendedNanos, long now, boolean counted) {
        if (counted && !measuring) {
            measure();
        }
        int target = (int) (place % targets.size());
        IpAddress address = targets.get(target);
        LoadProbe probe =
                new LoadProbe(target, ++numbers[target], intendedNanos, now, clock.wallOffsetNanos(), counted);
        inFlight++;
        countedInFlight += counted ? 1 : 0;
        channels.of(address).write(new Probe(address, options.probe(), probe));
    }

    private void measure() {
        measuring = true;
        atMeasuring = channels.statistics();
        dropsAtMeasuring = channels.drops();
        watch.reset();
        session.measuring(this);
    }

    // Outcomes

    @Override
    protected void outcome(ProbeOutcome outcome) {
        LoadProbe probe = (LoadProbe) outcome.probe().context().orElseThrow();
        OptionalLong lag = record(probe.counted() ? recorder : warmUp, probe, outcome);
        if (probe.counted()) {
            countedInFlight--;
            if (listener != LoadListener.NONE) {
                try {
                    listener.onOutcome(outcome, schedule == null ? OptionalLong.empty() : lag);
                } catch (Throwable t) {
                    guard.caught(t);
                }
            }
        }
    }

    private OptionalLong record(LoadRecorder to, LoadProbe probe, ProbeOutcome outcome) {
        if (outcome instanceof NotSent notSent) {
            to.sendFailed(notSent);
            return OptionalLong.empty();
        }
        long sentAt = sentAtNanos(outcome);
        if (outcome instanceof DroppedLocally || wasSentAgain(probe, sentAt)) {
            to.droppedLocally(probe);
        } else if (outcome instanceof Replied reply) {
            to.replied(probe, reply);
        } else {
            to.lost(probe, sentAt, outcome instanceof IcmpErrorOutcome);
        }
        return OptionalLong.of(Math.max(0, probe.sentNanos(sentAt) - probe.intendedNanos()));
    }

    /** When this host drops packets, the correlator sends what waits a second time, a timeout later. */
    private boolean wasSentAgain(LoadProbe probe, long sentAtNanos) {
        return probe.sentNanos(sentAtNanos) - probe.writtenNanos()
                        >= options.probe().timeout().toNanos()
                && channels.statistics().resent() > 0;
    }

    private static long sentAtNanos(ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            return reply.sentAtNanos();
        }
        if (outcome instanceof IcmpErrorOutcome error) {
            return error.sentAtNanos();
        }
        return outcome instanceof TimedOut timedOut ? timedOut.sentAtNanos() : ((DroppedLocally) outcome).sentAtNanos();
    }

    @Override
    protected void onEnd() {
        watch.stop();
        if (measuring) {
            CorrelatorStatistics now = channels.statistics();
            recorder.strays(now.duplicates() - atMeasuring.duplicates(), now.late() - atMeasuring.late());
            drops = channels.drops();
            interfacesLost = channels.interfacesLost();
        }
        recorder.unfinished(countedInFlight);
    }
}
