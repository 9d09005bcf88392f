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

    private final PingerCore core;
    private final IpAddress target;
    private final PingOptions options;
    private final Sender sender;
    private final long count;
    private final long intervalNanos;
    private final Set<SeriesRequest> pending = new LinkedHashSet<>();

    /** Null once ended: requests that are remembered elsewhere for a while hold on to nothing. */
    private @Nullable Sink sink;

    private long sent;
    private long demand;
    private long dueNanos;
    private @Nullable Future<?> timer;

    /** From any thread. */
    SeriesSession(PingerCore core, IpAddress target, PingOptions options, Sink sink) {
        this.core = core;
        this.target = target;
        this.options = options;
        this.sender = core.sender(target);
        this.count = options.count().orElse(Long.MAX_VALUE);
        this.intervalNanos = options.interval().toNanos();
        this.sink = sink;
    }

    /** Begins: the first probe is due now. */
    void start() {
        dueNanos = now();
        core.add(this);
    }

    /** Wants so many results more. */
    void request(long results) {
        demand = demand + results < 0 ? Long.MAX_VALUE : demand + results;
        sendIfDue();
    }

    /** Ends it without a word; probes that have no result are given up. */
    void stop() {
        if (sink != null) {
            end();
            core.remove(this);
            pending.forEach(sender::giveUp);
            pending.clear();
        }
    }

    @Override
    public void close(ClosedChannelException cause) {
        Sink current = sink;
        if (current != null) {
            end();
            pending.clear();
            current.onClosed(cause);
        }
    }

    private void end() {
        sink = null;
        Future<?> running = timer;
        if (running != null) {
            timer = null;
            running.cancel(false);
        }
    }

    private void sendIfDue() {
        if (sink == null || timer != null || sent == count || demand == 0) {
            return;
        }
        long late = now() - dueNanos;
        if (late < 0) {
            schedule(-late);
            return;
        }
        sent++;
        demand--;
        dueNanos += late < intervalNanos ? intervalNanos : late + intervalNanos;
        if (sent < count && demand > 0) {
            schedule(dueNanos - now());
        }
        SeriesRequest request = new SeriesRequest(sent);
        pending.add(request);
        sender.submit(request);
    }

    /** The first packet of a process may be long under way to the kernel; the others keep their distance from it. */
    private void countFromNow() {
        dueNanos = now() + intervalNanos;
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
            schedule(intervalNanos);
        }
    }

    private void schedule(long delayNanos) {
        timer = core.loop().schedule(this::onTimer, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        timer = null;
        sendIfDue();
    }

    private long now() {
        return core.loop().ticker().nanoTime();
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
        void outcome(ProbeOutcome outcome) {
            Sink current = sink;
            if (current == null || !pending.remove(this)) {
                return;
            }
            current.onResult(new PingResult(sequence, outcome));
            // The sink may have ended it.
            if (sink != null && sent == count && pending.isEmpty()) {
                end();
                core.remove(SeriesSession.this);
                current.onDone();
            }
        }

        @Override
        void closed(ClosedChannelException cause) {
            // The session has been closed before.
        }

        @Override
        void sent(int attempt, long sentAtNanos) {
            Sink current = sink;
            if (current == null) {
                return;
            }
            if (!sentBefore) {
                sentBefore = true;
                if (sequence == 1) {
                    countFromNow();
                }
                current.onFirstSent();
            }
            current.onSent(sequence, attempt, sentAtNanos);
        }

        @Override
        void duplicate(Replied reply) {
            if (sink != null) {
                sink.onDuplicate(sequence, reply);
            }
        }

        @Override
        void late(Replied reply) {
            if (sink != null) {
                sink.onLate(sequence, reply);
            }
        }

        @Override
        void error(IcmpErrorOutcome error) {
            if (sink != null) {
                sink.onError(sequence, error);
            }
        }
    }
}
