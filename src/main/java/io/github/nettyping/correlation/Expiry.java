package io.github.nettyping.correlation;

import io.github.nettyping.packet.IcmpPacket;
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
    static final long PAUSE_NANOS = 20_000_000;

    private static final long GRACE_NANOS = 20_000_000;

    /** A machine that stands still in so many graces in a row never runs better, and somebody waits for verdicts. */
    private static final int MAX_GRACES = 8;

    /** Wait before asking a queue again that passed up nothing, because reading is paused. */
    private static final long PAUSED_READING_NANOS = 1_000_000;

    /**
     * Packets stand in the queue in the order of their stamps, save those that were handled on several processors at
     * once: none is so much out of order.
     */
    static final long MAX_DISORDER_NANOS = 20_000_000;

    /**
     * After so many packets whatever waited at the deadline has been read: the smallest takes 832 bytes of the receive
     * buffer, and none is larger than 800 MiB. For packets without a stamp: without a bound a flood would keep every
     * probe waiting.
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

    /** The queue was not empty at the end of the last run. */
    private boolean draining;
    /** How often the deadlines now due have been given time because of a pause. */
    private int graces;
    /** When the deadlines now due were collected, and what had been received then. */
    private long collectedNanos;

    private long receivedBefore;
    /** Reading on behalf of the deadlines now due, after the error queue has been emptied. */
    private boolean reading;
    /** What was read came after they were collected, and so all that came before has been read. */
    private boolean caughtUp;
    /**
     * When we were to run, or have run, while there was something to do: the timer's time, or the last batch read after that.
     * Meaningful while {@link #armed}.
     */
    private long expectedNanos;
    /** When the last pause was noticed, and how long it was. */
    private long pauseEndNanos = Long.MIN_VALUE / 2;

    private long pauseNanos;

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
            running(now());
            arm(due);
            // Also if it has passed since the kernel took the packet: then something stood still in between.
            expectedNanos = due;
        }
    }

    void stop() {
        stopped = true;
        armed = false;
        cancelTimer();
    }

    /**
     * Notes that we run. If we should have long before, something stood still until now: a pause may come while we wait for
     * the timer, while we read on behalf of deadlines, or inside what handlers do with what was read.
     */
    private void running(long now) {
        if (armed && now - expectedNanos > 0) {
            if (now - expectedNanos > PAUSE_NANOS) {
                pauseEndNanos = now;
                pauseNanos = now - expectedNanos;
            }
            expectedNanos = now;
        }
    }

    /** Tells whether something stood still after a deadline had passed, so that what is read now may have come before it. */
    boolean stoodStillSince(long deadlineNanos) {
        return deadlineNanos <= pauseEndNanos;
    }

    /**
     * Tells whether a pause excuses a reply that came after its deadline. If the whole machine stood still, the kernel
     * stamps what waited outside when it goes on, which is when we notice. A stamp from long before shows that only
     * this process stood still, and the reply was late.
     */
    boolean excuses(long deadlineNanos, long arrivalNanos) {
        return stoodStillSince(deadlineNanos) && Math.abs(arrivalNanos - pauseEndNanos) <= GRACE_NANOS;
    }

    /** Learns of a packet from the receive queue, which is read in the order of arrival. */
    void received(IcmpPacket packet) {
        running(packet.readNanos());
        if (reading && packet.hasKernelReceiveTime() && deadlines.hasDue()) {
            long arrivedNanos = packet.kernelReceiveNanos() - packet.wallOffsetNanos();
            // A clock that somebody has set back meanwhile makes it later than it was.
            long shift = packet.wallOffsetNanos() - verdicts.wallOffsetNanos(deadlines.firstDue());
            caughtUp |= arrivedNanos - collectedNanos > MAX_DISORDER_NANOS
                    && Math.abs(shift) <= ReplyMatcher.MAX_CLOCK_SHIFT_NANOS;
        }
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
        running(now());
        if (!draining) {
            collect();
        }
        if (!deadlines.hasDue()) {
            rest();
            return;
        }
        draining = !drain();
        if (stopped || draining) {
            return;
        }
        running(now());
        if (deadlines.hasDue() && followsPause()) {
            graces++;
            schedule(GRACE_NANOS);
            return;
        }
        verdicts.expireDue(now());
        rest();
    }

    private void collect() {
        collectedNanos = now();
        receivedBefore = counters.received;
        caughtUp = false;
        deadlines.collectDue(collectedNanos);
    }

    /** Reads what waits; returns whether all has been read that had come when the deadlines were collected. */
    private boolean drain() {
        if (queue == null) {
            return true;
        }
        long before = counters.received;
        reading = true;
        boolean empty;
        try {
            empty = queue.drain();
        } finally {
            reading = false;
        }
        if (empty || caughtUp || counters.received - receivedBefore >= MAX_BACKLOG) {
            return true;
        }
        schedule(counters.received == before ? PAUSED_READING_NANOS : 0);
        return false;
    }

    /** Tells whether there was a pause of some weight, and since then less time than what it held up may need. */
    private boolean followsPause() {
        long tenth = verdicts.timeoutNanos(deadlines.firstDue()) / 10;
        return graces < MAX_GRACES && pauseNanos > tenth && now() - pauseEndNanos < GRACE_NANOS;
    }

    /** Waits for the next deadline, if there is one. */
    private void rest() {
        draining = false;
        graces = 0;
        running(now());
        armed = false;
        cancelTimer();
        if (!stopped && !deadlines.isEmpty()) {
            arm(deadlines.nextDueNanos());
            expectedNanos = Math.max(dueNanos, now());
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
            expectedNanos = Math.max(expectedNanos, now() + delayNanos);
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
