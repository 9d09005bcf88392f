package io.github.nettyping.cli.fping;

import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.internal.route.NeighbourGate;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run, on one event loop: which target is asked when, and when it is over. Confined to the loop but for {@link #start},
 * {@link #stop}, {@link #abort}, {@link #snapshot} and {@link #over}.
 *
 * <p><b>Order.</b> Targets are asked in rounds: round n begins n periods after the first one, in the order of the targets,
 * with the interval between any two packets. Where targets are asked only until they answer, there is one round, and a
 * further try is sent as soon as the one before has failed, whatever the interval.
 *
 * <p><b>Without an interval</b> probes go out as in a sweep: what comes back is replaced at once, at most a batch at a time,
 * and more is sent only in turns of the loop in which nothing came back.
 */
final class FpingSession implements FpingProbes.Listener {

    private static final int BATCH = 64;

    private final EventLoop loop;
    private final FpingOptions options;
    private final List<FpingHost> hosts;
    private final FpingProbes probes;
    private final FpingReport report;
    private final FpingTotals totals;
    private final Optional<NeighbourGate> gate;
    private final CompletableFuture<Integer> over = new CompletableFuture<>();
    private final ArrayDeque<FpingHost> furtherTries = new ArrayDeque<>();
    private final long rounds;

    private FpingPacer pacer;
    private long beginNanos;
    private long round;
    private int next;
    private int inFlight;
    private int returned;
    private boolean clocked;
    private boolean pumpScheduled;
    private boolean ended;
    /** Until then the next target waits for room in a neighbour table. */
    private long gateDelayNanos;
    /** Some target of the first round did. */
    private boolean held;

    private long nextReportNanos;
    private @Nullable Future<?> reportTimer;

    /** {@code gate}: for targets on a link, if there are more than their neighbour table has room for. */
    FpingSession(
            EventLoop loop,
            FpingOptions options,
            List<FpingHost> hosts,
            FpingProbes probes,
            FpingReport report,
            FpingTotals totals,
            Optional<NeighbourGate> gate) {
        this.loop = loop;
        this.options = options;
        this.hosts = hosts;
        this.probes = probes;
        this.report = report;
        this.totals = totals;
        this.gate = gate;
        this.rounds = options.looping ? Long.MAX_VALUE : options.counting ? options.count : 1;
        this.pacer = new FpingPacer(options.intervalNanos, loop.ticker().nanoTime());
    }

    /** Begins. */
    void start() {
        probes.open(this, () -> guarded(this::begin));
    }

    /** Ends as if all had been sent, with what is known so far. */
    void stop() {
        loop.execute(() -> guarded(this::end));
    }

    /** Ends without another word. */
    void abort() {
        loop.execute(() -> guarded(() -> {
            if (!ended) {
                ended = true;
                close();
                over.complete(1);
            }
        }));
    }

    /** Prints the figures since the last time. */
    void snapshot() {
        loop.execute(() -> guarded(() -> {
            if (!ended) {
                report.snapshot();
            }
        }));
    }

    /** Completes with the exit code, or with what went wrong. */
    CompletableFuture<Integer> over() {
        return over;
    }

    private void begin() {
        beginNanos = now();
        pacer = new FpingPacer(options.intervalNanos, beginNanos);
        if (options.reportNanos > 0 && options.repeating()) {
            nextReportNanos = beginNanos + options.reportNanos;
            scheduleReport();
        }
        pump();
    }

    /** Nobody looks at the future of a timer. */
    private void guarded(Runnable code) {
        try {
            code.run();
        } catch (RuntimeException | Error e) {
            onFailure(e);
        }
    }

    // Sending.

    private void pump() {
        pumpScheduled = false;
        if (ended) {
            return;
        }
        if (!clocked || options.intervalNanos > 0) {
            send(BATCH);
        }
        clocked = false;
        goOn();
    }

    private void send(int limit) {
        long now = now();
        int written = 0;
        while (written < limit && inFlight < probes.maxInFlight()) {
            FpingHost host = furtherTries.poll();
            if (host != null) {
                if (!host.pending) {
                    continue;
                }
                write(host, 0, now);
            } else if (nanosUntilNext(now) == 0) {
                host = hosts.get(next);
                boolean possible = probes.canAsk(host);
                if (possible && !admits(host, now)) {
                    break;
                }
                long index = round;
                advance(now);
                if (!possible) {
                    host.pending = false;
                    continue;
                }
                write(host, index, now);
            } else {
                break;
            }
            written++;
        }
        if (written > 0 && !ended) {
            probes.flush();
        }
    }

    /** A host that has not been asked yet may have to wait for room in the neighbour table. */
    private boolean admits(FpingHost host, long now) {
        gateDelayNanos = 0;
        if (round == 0 && gate.isPresent()) {
            gateDelayNanos = gate.get().nanosUntilAdmitted(host.address, now);
            held |= gateDelayNanos > 0;
        }
        return gateDelayNanos == 0;
    }

    private void advance(long now) {
        if (++next < hosts.size()) {
            return;
        }
        next = 0;
        round++;
        if (held) {
            // Rounds count from here, lest the following ones make up for the wait.
            held = false;
            beginNanos = now;
        }
    }

    private void write(FpingHost host, long index, long now) {
        pacer.sent(now);
        inFlight++;
        totals.sent++;
        host.tries++;
        probes.write(host, index, timeoutNanos(host));
    }

    /** Returns how long the newest try waits; computed as fping does. */
    private long timeoutNanos(FpingHost host) {
        long timeout = options.timeoutNanos;
        if (!options.repeating()) {
            for (int i = 1; i < host.tries && timeout < Long.MAX_VALUE / 8; i++) {
                timeout = (long) (timeout * options.backoff);
            }
        }
        return timeout;
    }

    private long now() {
        return loop.ticker().nanoTime();
    }

    private boolean hasNext() {
        return round < rounds;
    }

    /** Returns how long it takes until the next target of a round is due, 0 for now. */
    private long nanosUntilNext(long now) {
        if (!hasNext()) {
            return Long.MAX_VALUE;
        }
        long due = beginNanos + Math.multiplyExact(round, options.periodNanos);
        return Math.max(Math.max(0, due - now), pacer.nanosUntilDue(now));
    }

    /** Makes sure that what can be sent later is, or ends. */
    private void goOn() {
        if (ended) {
            return;
        }
        if (inFlight == 0 && furtherTries.isEmpty() && !hasNext()) {
            end();
            return;
        }
        // Where nothing more may be in flight, the next outcome goes on.
        if (pumpScheduled || inFlight >= probes.maxInFlight()) {
            return;
        }
        long delay = furtherTries.isEmpty() ? Math.max(nanosUntilNext(now()), gateDelayNanos) : 0;
        if (delay < Long.MAX_VALUE) {
            pumpScheduled = true;
            // By a timer, not by execute: a task that queues itself starves timers and other channels.
            loop.schedule(() -> guarded(this::pump), delay, TimeUnit.NANOSECONDS);
        }
    }

    // What comes of it.

    @Override
    public void onReply(FpingHost host, FpingProbes.Reply reply, FpingProbes.Arrival arrival) {
        totals.received++;
        if (arrival == FpingProbes.Arrival.IN_TIME && reply.rttNanos() > timeoutNanos(host)) {
            // It came before anybody had looked at the clock.
            onSilence(host, reply.index());
        } else if (arrival == FpingProbes.Arrival.IN_TIME) {
            inFlight--;
            returned++;
            accept(host, reply);
        } else if (!options.repeating()) {
            strayReply(host, reply);
        }
    }

    /** A host that is asked until it answers may answer an earlier try, as long as it is not slower than the newest may be. */
    private void strayReply(FpingHost host, FpingProbes.Reply reply) {
        if (host.all.received > 0) {
            report.duplicate(host, reply);
        } else if (host.pending && reply.rttNanos() <= timeoutNanos(host)) {
            if (probes.cancel(host)) {
                inFlight--;
                returned++;
            }
            accept(host, reply);
        }
    }

    private void accept(FpingHost host, FpingProbes.Reply reply) {
        host.pending = options.repeating();
        host.answered(reply.rttNanos());
        if (options.everyRoundTrip) {
            host.keep(reply.index(), reply.rttNanos());
        }
        totals.answered(reply.rttNanos());
        if (host.all.received == 1) {
            totals.alive++;
            if (options.endWhenReachable && totals.alive >= options.minReachable) {
                stop();
            }
        }
        report.reply(host, reply);
    }

    @Override
    public void onSilence(FpingHost host, long index) {
        inFlight--;
        returned++;
        totals.timeouts++;
        host.lost();
        report.timeout(host, index, wallNanos());
        if (options.repeating()) {
            return;
        }
        if (host.tries <= options.retries) {
            furtherTries.add(host);
        } else {
            host.pending = false;
        }
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public void onRefused(FpingHost host, long index, String reason) {
        inFlight--;
        returned++;
        host.lost();
        host.pending = false;
        report.notSent(host, reason);
    }

    @Override
    public void onError(FpingHost host, IcmpError error) {
        totals.otherReceived++;
        report.error(error, host);
    }

    @Override
    public void onComplete() {
        if (ended || returned == 0) {
            return;
        }
        clocked = true;
        int refill = Math.min(Math.max(returned, BATCH - inFlight), BATCH);
        returned = 0;
        guarded(() -> {
            send(refill);
            goOn();
        });
    }

    // Reports, and the end.

    private void scheduleReport() {
        long delay = Math.max(0, nextReportNanos - now());
        reportTimer = loop.schedule(() -> guarded(this::reportNow), delay, TimeUnit.NANOSECONDS);
    }

    private void reportNow() {
        if (ended) {
            return;
        }
        report.interval();
        long now = now();
        do {
            nextReportNanos += options.reportNanos;
        } while (nextReportNanos - now <= 0);
        scheduleReport();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        close();
        totals.end();
        for (FpingHost host : hosts) {
            totals.reachable += host.all.received > 0 ? 1 : 0;
        }
        report.unreachable();
        if (options.repeating()) {
            report.summary();
        }
        if (options.statistics) {
            report.totals(totals);
        }
        if (options.minReachable > 0) {
            report.reachable(totals.reachable);
        }
        over.complete(exitCode());
    }

    private int exitCode() {
        if (options.minReachable > 0) {
            return totals.reachable >= options.minReachable ? 0 : 1;
        }
        if (totals.unknown > 0) {
            return 2;
        }
        return totals.alive == totals.targets ? 0 : 1;
    }

    private void close() {
        probes.close();
        if (reportTimer != null) {
            reportTimer.cancel(false);
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        if (!ended) {
            ended = true;
            close();
            over.completeExceptionally(cause);
        }
    }
}
