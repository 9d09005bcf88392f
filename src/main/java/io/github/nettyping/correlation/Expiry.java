package io.github.nettyping.correlation;

import io.github.nettyping.packet.ReceiveQueue;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides when waiting ends: one timer for all deadlines of a channel. Confined to the channel's event loop.
 *
 * <p>A deadline that has passed says nothing as long as the answer may be waiting in the socket. So nothing expires
 * before the receive queue has been seen empty; and after a pause of the process or the machine, what it held up gets
 * {@link #GRACE_NANOS} more to arrive.
 */
final class Expiry implements Runnable {

    /** A timer later than this, or than a tenth of the timeout if that is more, means that something stood still. */
    private static final long PAUSE_NANOS = 20_000_000;

    private static final long GRACE_NANOS = 20_000_000;

    /** Wait before asking a queue again that passed up nothing, because reading is paused. */
    private static final long PAUSED_READING_NANOS = 1_000_000;

    /**
     * After so many packets whatever waited at the deadline has been read: the smallest takes 832 bytes of the receive
     * buffer, and none is larger than 800 MiB. Without a bound a flood would keep every probe waiting.
     */
    static final long MAX_BACKLOG = 1 << 20;

    private final ChannelHandlerContext ctx;
    private final Ticker ticker;
    private final @Nullable ReceiveQueue queue;
    private final DeadlineQueue deadlines;
    private final Verdicts verdicts;
    private final Counters counters;

    private @Nullable Future<?> timer;
    /** When the timer was meant to run; meaningful while {@link #armed}. */
    private long dueNanos;

    private boolean armed;
    private boolean stopped;

    /** Deadlines have been collected, and their verdicts are still to come, perhaps in a later run. */
    private boolean deciding;
    /** The queue was not empty at the end of the last run. */
    private boolean draining;
    /** The deadlines now due have had their grace. */
    private boolean graced;
    /** When the deadlines now due were collected, and what had been received then. */
    private long collectedNanos;

    private long receivedBefore;
    /** When the last pause was noticed. */
    private long pauseEndNanos = Long.MIN_VALUE / 2;

    Expiry(
            ChannelHandlerContext ctx,
            @Nullable ReceiveQueue queue,
            DeadlineQueue deadlines,
            Verdicts verdicts,
            Counters counters) {
        this.ctx = ctx;
        this.ticker = ctx.executor().ticker();
        this.queue = queue;
        this.deadlines = deadlines;
        this.verdicts = verdicts;
        this.counters = counters;
    }

    /** Makes sure the timer runs in time for a deadline that will be due then. */
    void watch(long due) {
        // While verdicts are still to come, the timer's time is past, and no deadline moves it.
        if (!stopped && (!armed || due < dueNanos)) {
            arm(due);
        }
    }

    void stop() {
        stopped = true;
        armed = false;
        cancelTimer();
    }

    /** Tells whether what is read at this time has waited for us to go on: the timer should have run long before. */
    boolean isStalled(long readNanos) {
        return armed && readNanos - dueNanos > PAUSE_NANOS;
    }

    /**
     * Tells whether a pause excuses a reply that came after its deadline. If the whole machine stood still, the kernel
     * stamps what waited outside when it goes on, which is when we notice. A stamp from long before shows that only
     * this process stood still, and the reply was late.
     */
    boolean excuses(long deadlineNanos, long arrivalNanos, long readNanos) {
        long end = !deciding && isStalled(readNanos) ? readNanos : pauseEndNanos;
        return deadlineNanos <= end && Math.abs(arrivalNanos - end) <= GRACE_NANOS;
    }

    /** Runs when the timer is due. */
    @Override
    public void run() {
        timer = null;
        if (stopped) {
            return;
        }
        long receivedAtStart = counters.received;
        try {
            expire();
        } catch (Throwable t) {
            // Nobody looks at the future of a timer; and the other probes must not wait for ever.
            ctx.fireExceptionCaught(t);
            rest();
        }
        if (counters.received != receivedAtStart || verdicts.takePassed()) {
            ctx.fireChannelReadComplete();
        }
    }

    private void expire() {
        if (!draining) {
            collect();
        }
        if (!deadlines.hasDue()) {
            rest();
            return;
        }
        deciding = true;
        draining = !drain();
        if (stopped || draining) {
            return;
        }
        if (!graced && deadlines.hasDue() && followsPause()) {
            graced = true;
            schedule(GRACE_NANOS);
            return;
        }
        verdicts.expireDue(now());
        rest();
    }

    private void collect() {
        collectedNanos = now();
        receivedBefore = counters.received;
        deadlines.collectDue(collectedNanos);
        if (isStalled(collectedNanos)) {
            pauseEndNanos = collectedNanos;
        }
    }

    /** Reads what waits; returns whether all has been read that had come when the deadlines were collected. */
    private boolean drain() {
        if (queue == null) {
            return true;
        }
        long before = counters.received;
        if (queue.drain() || counters.received - receivedBefore >= MAX_BACKLOG) {
            return true;
        }
        schedule(counters.received == before ? PAUSED_READING_NANOS : 0);
        return false;
    }

    private boolean followsPause() {
        long tenth = verdicts.timeoutNanos(deadlines.firstDue()) / 10;
        return collectedNanos - dueNanos > Math.max(PAUSE_NANOS, tenth);
    }

    /** Waits for the next deadline, if there is one. */
    private void rest() {
        deciding = false;
        draining = false;
        graced = false;
        armed = false;
        cancelTimer();
        if (!stopped && !deadlines.isEmpty()) {
            arm(deadlines.nextDueNanos());
        }
    }

    private void arm(long due) {
        cancelTimer();
        dueNanos = due;
        armed = true;
        schedule(due - now());
    }

    private void schedule(long delayNanos) {
        if (!stopped) {
            timer = ctx.executor().schedule(this, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Returns the time on the scale of {@link System#nanoTime()}, on which send times are: the event loop's ticker counts
     * from its own beginning.
     */
    long now() {
        return ticker.initialNanoTime() + ticker.nanoTime();
    }

    private void cancelTimer() {
        Future<?> running = timer;
        if (running != null) {
            timer = null;
            running.cancel(false);
        }
    }
}
