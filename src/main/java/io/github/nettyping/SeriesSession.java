package io.github.nettyping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One series: a probe whenever it is due and wanted, until the count is reached. Confined to the event loop.
 *
 * <p><b>Schedule.</b> The second probe is due one interval after the kernel took the first. Each further one is due one
 * interval after the one before was due, however late that was. Only when a whole interval was missed does the schedule
 * begin anew: what was missed is not made up for.
 */
final class SeriesSession implements Session {

    /** Who learns what becomes of the series. It does not throw, and may end the session while it is called. */
    interface Sink extends PingListener {

        /** The kernel took the first packet of one more probe. */
        default void onFirstSent() {}

        /** The count is reached, and every probe has its result. */
        void onDone();

        /** The pinger closes. */
        void onClosed(ClosedChannelException cause);
    }

    /** Those it has to do with while it lasts. */
    private record Ties(PingerCore core, Sender sender, Sink sink) {}

    private final IpAddress target;
    private final PingOptions options;
    private final long count;
    private final long intervalNanos;
    private final Set<SeriesRequest> pending = new LinkedHashSet<>();

    /** Null once ended: its requests are remembered by outcomes, as long as somebody keeps them. */
    private @Nullable Ties ties;

    private long sent;
    private long demand;
    private long dueNanos;
    private @Nullable Future<?> timer;

    /** From any thread. */
    SeriesSession(PingerCore core, IpAddress target, PingOptions options, Sink sink) {
        this.target = target;
        this.options = options;
        this.count = options.count().orElse(Long.MAX_VALUE);
        this.intervalNanos = options.interval().toNanos();
        this.ties = new Ties(core, core.sender(target), sink);
    }

    /** Begins, unless it has ended: the first probe is due now. */
    void start() {
        Ties current = ties;
        if (current != null) {
            dueNanos = now(current);
            current.core.add(this);
        }
    }

    /** Wants so many results more. */
    void request(long results) {
        Ties current = ties;
        if (current != null && demand == 0) {
            // Nobody wanted the next one when it was due: the one after it keeps its distance.
            long now = now(current);
            dueNanos = now - dueNanos > 0 ? now : dueNanos;
        }
        demand = demand + results < 0 ? Long.MAX_VALUE : demand + results;
        sendIfDue();
    }

    /** Ends it without a word; probes that have no result are given up. */
    void stop() {
        Ties former = end();
        if (former != null) {
            former.core.remove(this);
            pending.forEach(former.sender::giveUp);
            pending.clear();
        }
    }

    @Override
    public void close(ClosedChannelException cause) {
        Ties former = end();
        if (former != null) {
            pending.clear();
            former.sink.onClosed(cause);
        }
    }

    private @Nullable Ties end() {
        Ties former = ties;
        ties = null;
        Future<?> running = timer;
        if (running != null) {
            timer = null;
            running.cancel(false);
        }
        return former;
    }

    private void sendIfDue() {
        Ties current = ties;
        if (current == null || timer != null || sent == count || demand == 0) {
            return;
        }
        long late = now(current) - dueNanos;
        if (late < 0) {
            schedule(current, -late);
            return;
        }
        sent++;
        demand--;
        dueNanos += late < intervalNanos ? intervalNanos : late + intervalNanos;
        if (sent < count && demand > 0) {
            schedule(current, dueNanos - now(current));
        }
        SeriesRequest request = new SeriesRequest(sent);
        pending.add(request);
        current.sender.submit(request);
    }

    /** The first packet of a process may be long under way to the kernel; the others keep their distance from it. */
    private void countFromNow(Ties current) {
        dueNanos = now(current) + intervalNanos;
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
            schedule(current, intervalNanos);
        }
    }

    private void schedule(Ties current, long delayNanos) {
        timer = current.core.loop().schedule(this::onTimer, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        timer = null;
        sendIfDue();
    }

    private static long now(Ties current) {
        return current.core.loop().ticker().nanoTime();
    }

    /** One probe of the series. */
    private final class SeriesRequest extends Request {

        private final long sequence;
        private boolean sentBefore;

        SeriesRequest(long sequence) {
            super(target, options.probe());
            this.sequence = sequence;
        }

        @Override
        boolean isObserved() {
            return true;
        }

        @Override
        void outcome(ProbeOutcome outcome) {
            Ties current = ties;
            if (current == null || !pending.remove(this)) {
                return;
            }
            current.sink.onResult(new PingResult(sequence, outcome));
            // The sink may have ended it.
            if (ties != null && sent == count && pending.isEmpty()) {
                end();
                current.core.remove(SeriesSession.this);
                current.sink.onDone();
            }
        }

        @Override
        void closed(ClosedChannelException cause) {
            // The session has been closed before.
        }

        @Override
        void sent(int attempt, long sentAtNanos) {
            Ties current = ties;
            if (current == null) {
                return;
            }
            if (!sentBefore) {
                sentBefore = true;
                if (sequence == 1) {
                    countFromNow(current);
                }
                current.sink.onFirstSent();
            }
            current.sink.onSent(sequence, attempt, sentAtNanos);
        }

        @Override
        void duplicate(Replied reply) {
            if (ties != null) {
                ties.sink.onDuplicate(sequence, reply);
            }
        }

        @Override
        void late(Replied reply) {
            if (ties != null) {
                ties.sink.onLate(sequence, reply);
            }
        }

        @Override
        void error(IcmpErrorOutcome error) {
            if (ties != null) {
                ties.sink.onError(sequence, error);
            }
        }
    }
}
