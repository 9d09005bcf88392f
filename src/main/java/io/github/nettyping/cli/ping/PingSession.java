package io.github.nettyping.cli.ping;

import io.github.nettyping.PingListener;
import io.github.nettyping.PingOptions;
import io.github.nettyping.cli.ping.iputils.PingStatisticsText;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.probe.NotSent;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One host under way: its series, its deadline, and when it is over. Confined to the event loop but for {@link #over()}. */
abstract class PingSession implements PingListener {

    /** What has been started; {@code completion} completes on the event loop when no more results come. */
    record Running(CompletableFuture<?> completion, Runnable stop) {}

    /** So that no probe is sent in the moment of the deadline, but the deadline comes first. */
    private static final long BEFORE_NEXT_PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** If its end is noticed so late, this process stood still, and what came meanwhile is still to be read. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final EventLoop loop;
    private final PingHost host;
    private final PingPlan plan;
    private final PingTally tally = new PingTally();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private @Nullable Running series;
    private @Nullable Future<?> timer;
    private boolean lingering;
    private boolean ended;
    private boolean cutOff;

    PingSession(EventLoop loop, PingHost host, PingPlan plan) {
        this.loop = loop;
        this.host = host;
        this.plan = plan;
    }

    /** Returns the options of its series, whose packets have these for themselves. */
    abstract PingOptions options(SendOptions packets);

    /** What is printed before the first probe. */
    abstract void begin();

    /**
     * Says what is left to say, and then calls {@link #setOver()}; nothing more is counted. May be called again.
     *
     * @param hurried whether nothing may be waited for
     */
    abstract void finish(boolean hurried);

    final PingHost host() {
        return host;
    }

    final PingPlan plan() {
        return plan;
    }

    final PingTally tally() {
        return tally;
    }

    /** Completes when it has ended, and all that there is to say has been said. */
    final CompletableFuture<Void> over() {
        return over;
    }

    final void setOver() {
        over.complete(null);
    }

    final boolean isEnded() {
        return ended;
    }

    /** Tells whether the series broke off although nobody wanted it to. */
    final boolean isCutOff() {
        return cutOff;
    }

    final PingStatisticsText.Figures figures() {
        return tally.figures(host, plan);
    }

    /** Starts the series by a function that is given the session for its listener; not if it has been interrupted. */
    final void start(Function<PingSession, Running> starter) {
        begin();
        if (ended) {
            return;
        }
        plan.deadline().ifPresent(time -> schedule(time.toNanos()));
        Running started = starter.apply(this);
        series = started;
        started.completion().whenComplete((statistics, failure) -> onCompletion());
        if (ended) {
            started.stop().run();
        }
    }

    private void onCompletion() {
        boolean complete = plan.isLast(tally.transmitted());
        cutOff = !ended && !complete;
        if (!ended && !lingering) {
            end();
        }
    }

    /** Waits on for a time, also when the series has ended, and ends then; {@link Long#MAX_VALUE}: for ever. */
    final void linger(long nanos) {
        lingering = true;
        if (nanos < Long.MAX_VALUE) {
            schedule(nanos);
        }
    }

    private void schedule(long nanos) {
        long due = loop.ticker().nanoTime() + nanos;
        timer = loop.schedule(() -> timeIsUp(due), nanos, TimeUnit.NANOSECONDS);
    }

    private void timeIsUp(long dueNanos) {
        if (loop.ticker().nanoTime() - dueNanos > LATE_NANOS) {
            timer = loop.schedule(this::end, LATE_NANOS, TimeUnit.NANOSECONDS);
        } else {
            end();
        }
    }

    /** Ends at once, by the wish of the user. */
    final void interrupt() {
        if (!ended) {
            stop();
        }
        finish(true);
    }

    /** Ends, and is over as soon as nothing waits to be printed. */
    final void end() {
        if (!ended) {
            stop();
            finish(false);
        }
    }

    private void stop() {
        ended = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (series != null) {
            series.stop().run();
        }
    }

    /** Runs an action after what has been read in this turn of the event loop. */
    final void afterwards(Runnable action) {
        loop.execute(action);
    }

    /** Counts a probe that has been sent or refused; returns whether it is a new one. */
    final boolean transmitted(long sequence) {
        if (ended || sequence <= tally.transmitted()) {
            return false;
        }
        tally.transmitted(sequence, loop.ticker().nanoTime());
        if (sequence == 1 && !lingering) {
            plan.deadline().ifPresent(this::countFromNow);
        }
        return true;
    }

    /** The first packet of a process may be long under way to the kernel; that is not to shorten the run. */
    private void countFromNow(Duration deadline) {
        if (timer != null) {
            timer.cancel(false);
        }
        schedule(Math.max(0, deadline.toNanos() - BEFORE_NEXT_PROBE_NANOS));
    }

    void onCorrupted() {
        if (!ended) {
            tally.corrupted();
        }
    }

    /** Tells whether an outcome says no more than that the channel is closing. */
    static boolean isFarewell(NotSent outcome) {
        return outcome.reason() == NotSent.Reason.CHANNEL_CLOSED;
    }
}
