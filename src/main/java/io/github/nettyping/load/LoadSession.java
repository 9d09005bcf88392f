package io.github.nettyping.load;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.Guard;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.LoopTasks;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.ProbeChannelOwner;
import io.github.nettyping.internal.engine.ProbeChannels;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.netty.channel.EventLoop;
import java.nio.channels.ClosedChannelException;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The part of a load on one event loop. Confined to it, except for {@link #open}, {@link #begin}, {@link #stop} and
 * {@link #over}; its result may be read once that is complete.
 *
 * <p><b>Open loop.</b> Each probe has its intended time and is sent then, or as soon after as possible. None is left
 * out or moved. So every delay by this program or the window shows in the latency of every probe that had to wait. Only
 * when the time is over, probes that are still due are given up, and counted.
 *
 * <p><b>Closed loop.</b> As in a sweep: what comes back is replaced at once, and the window
 * grows in turns in which nothing came back.
 */
final class LoadSession implements ProbeChannelOwner {

    private static final int BATCH = 64;

    /** Late probes are sent for at least so long after the end: a cold JVM is slow with the first probes. */
    private static final long LEAST_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventLoop loop;
    private final List<IpAddress> targets;
    private final LoadOptions options;
    private final LoadListener listener;
    private final Guard guard;
    private final @Nullable LoadSchedule schedule;
    private final long firstPlace;
    private final long warmUpNanos;
    private final long durationNanos;
    private final ProbeChannels channels;
    private final LoadClock clock = new LoadClock();
    private final LoopWatch watch;
    private final LoadRecorder recorder;
    /** Warms up the code that records, and is thrown away. */
    private final LoadRecorder warmUp;

    private final int[] numbers;
    private final LoopFuture<Void> opened;
    private final LoopFuture<Void> over;

    private Runnable whenMeasuring = () -> {};
    private long startNanos;
    private long next;
    private long countedInFlight;
    private int inFlight;
    private int returned;
    private boolean begun;
    private boolean measuring;
    private boolean sendingOver;
    private boolean clocked;
    private boolean pumpScheduled;
    private boolean ended;
    private CorrelatorStatistics atMeasuring = CorrelatorStatistics.EMPTY;
    private long dropsAtMeasuring;
    private long drops;
    private Set<String> interfacesLost = Set.of();

    /** Opens the sockets, in this thread. {@code index}: of this loop among those of the load, from 0. */
    LoadSession(EventLoop loop, int index, List<IpAddress> targets, LoadOptions options, LoadListener listener) {
        this.loop = loop;
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
        this.recorder = LoadRun.newRecorder(targets.size(), options);
        this.warmUp = LoadRun.newRecorder(targets.size(), options);
        this.opened = new LoopFuture<>(loop);
        this.over = new LoopFuture<>(loop);
        ProbeChannelOptions channelOptions = ProbeChannelOptions.of(
                        options.sockets(), options.maxInFlight() / options.loops(), options.timestamps())
                .withPayloadBytes(options.probe().payloadBytes());
        this.channels = new ProbeChannels(
                EnumSet.copyOf(targets.stream().map(IpAddress::family).toList()),
                channelOptions.maxInFlight(),
                family -> new ProbeChannel(family, channelOptions));
    }

    /** Enters the event loop; completes when probes can be sent, or when there will be none. */
    CompletableFuture<Void> open() {
        channels.open(loop, this, () -> opened.succeed(null), this::fail);
        return opened;
    }

    /**
     * Begins to send; the same moment for all loops of a load.
     *
     * @param start     by {@link System#nanoTime()}; shortly before or after now
     * @param measuring run when the warm-up is over
     */
    void begin(long start, Runnable measuring) {
        LoopTasks.execute(
                loop,
                () -> {
                    if (ended) {
                        return;
                    }
                    startNanos = start;
                    whenMeasuring = measuring;
                    begun = true;
                    recorder.begin(start + warmUpNanos);
                    warmUp.begin(start + warmUpNanos);
                    watch.start();
                    pump();
                },
                () -> fail(new ClosedChannelException()));
    }

    /** Completes once every probe has its outcome, or after {@link #stop}; exceptionally if a channel failed. */
    CompletableFuture<Void> over() {
        return over;
    }

    void stop() {
        LoopTasks.runOn(loop, this::end);
    }

    LoadRecorder recorder() {
        return recorder;
    }

    /** Returns the interfaces that had trouble while probes by them waited, the warm-up included. */
    Set<String> interfacesLost() {
        return interfacesLost;
    }

    /** Returns the packets this host received and dropped while it was measured. */
    long drops() {
        return drops - dropsAtMeasuring;
    }

    LoadSummary.LoopStalls stalls() {
        return watch.stalls();
    }

    boolean clockWasSet() {
        return clock.wasSet();
    }

    Set<SocketKind> kinds() {
        return channels.kinds();
    }

    int maxInFlight() {
        return channels.maxInFlight();
    }

    // Sending

    private void pump() {
        pumpScheduled = false;
        if (ended) {
            return;
        }
        try {
            if (schedule != null || !clocked) {
                send(BATCH);
            }
            clocked = false;
            goOn();
        } catch (RuntimeException | Error e) {
            // Exceptions of a timer are lost.
            fail(e);
        }
    }

    private void goOn() {
        if (sendingOver) {
            if (inFlight == 0) {
                end();
            }
            return;
        }
        // Where the window is full, the next outcome makes room, and goes on.
        if (pumpScheduled || inFlight >= channels.maxInFlight()) {
            return;
        }
        pumpScheduled = true;
        LoadSchedule open = schedule;
        long delay = open == null ? 0 : startNanos + open.offsetNanos(next) - System.nanoTime();
        // By a timer, not by execute: a task that queues itself starves timers and other channels.
        loop.schedule(this::pump, Math.max(0, delay), TimeUnit.NANOSECONDS);
    }

    /** Returns when to stop; what is late is sent for another timeout, or a second if that is more. */
    private long endOfSending() {
        long end = startNanos + warmUpNanos + durationNanos;
        return schedule == null
                ? end
                : end + Math.max(LEAST_GRACE_NANOS, options.probe().timeout().toNanos());
    }

    private void send(int limit) {
        if (sendingOver) {
            return;
        }
        long now = System.nanoTime();
        if (now - endOfSending() >= 0) {
            sendingOver = true;
            if (schedule != null) {
                recorder.unsent(Math.min(schedule.count() - next, schedule.count() - schedule.before(warmUpNanos)));
            }
            return;
        }
        int count = Math.min(limit, channels.maxInFlight() - inFlight);
        boolean written = schedule == null ? sendClosed(count, now) : sendOpen(schedule, count, now);
        if (written && !ended) {
            channels.flush();
        }
    }

    private boolean sendOpen(LoadSchedule open, int count, long now) {
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
        return written > 0;
    }

    private boolean sendClosed(int count, long now) {
        boolean counted = now - startNanos >= warmUpNanos;
        for (int i = 0; i < count && !ended; i++) {
            write(firstPlace + next++ * options.loops(), now, now, counted);
        }
        return count > 0;
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
        whenMeasuring.run();
    }

    // Outcomes

    @Override
    public void onOutcome(ProbeOutcome outcome) {
        if (ended) {
            return;
        }
        inFlight--;
        returned++;
        LoadProbe probe = (LoadProbe) outcome.probe().context().orElseThrow();
        OptionalLong lag = record(probe.counted ? recorder : warmUp, probe, outcome);
        if (probe.counted) {
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
        return OptionalLong.of(Math.max(0, probe.sentNanos(sentAt) - probe.intendedNanos));
    }

    /** When this host drops packets, the correlator sends what waits a second time, a timeout later. */
    private boolean wasSentAgain(LoadProbe probe, long sentAtNanos) {
        return probe.sentNanos(sentAtNanos) - probe.writtenNanos
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
    public void onReadComplete() {
        if (ended || returned == 0) {
            return;
        }
        clocked = true;
        int refill = schedule == null ? Math.min(returned, BATCH) : BATCH;
        returned = 0;
        send(refill);
        goOn();
    }

    @Override
    public void onClosed() {
        fail(new ClosedChannelException());
    }

    @Override
    public void onFailure(Throwable cause) {
        fail(cause);
    }

    // The end

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        watch.stop();
        try {
            if (measuring) {
                CorrelatorStatistics now = channels.statistics();
                recorder.strays(now.duplicates() - atMeasuring.duplicates(), now.late() - atMeasuring.late());
                drops = channels.drops();
                interfacesLost = channels.interfacesLost();
            }
            if (begun) {
                recorder.unfinished(countedInFlight);
            }
            channels.close();
            opened.succeed(null);
            over.succeed(null);
        } catch (RuntimeException e) {
            over.fail(e);
        }
    }

    private void fail(Throwable cause) {
        if (ended) {
            return;
        }
        ended = true;
        watch.stop();
        channels.close();
        opened.fail(cause);
        over.fail(cause);
    }
}
