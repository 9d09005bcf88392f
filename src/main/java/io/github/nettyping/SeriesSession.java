package io.github.nettyping;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One series: a probe whenever it is due and wanted, until the count is reached. Confined to the event loop.
 *
 * <p>When one is due, {@link Schedule} says; an answer may change that.
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
    private final Schedule schedule;
    private final Set<SeriesRequest> pending = new LinkedHashSet<>();

    /** Null once ended: requests that are remembered elsewhere for a while hold on to nothing. */
    private @Nullable Sink sink;

    private long sent;
    private long demand;
    private @Nullable Future<?> timer;

    /** From any thread. */
    SeriesSession(PingerCore core, IpAddress target, PingOptions options, Sink sink) {
        this.core = core;
        this.target = target;
        this.options = options;
        this.sender = core.sender(target);
        this.count = options.count().orElse(Long.MAX_VALUE);
        this.schedule = Schedule.of(options.pace());
        this.sink = sink;
    }

    /** Begins: the first probe is due now. */
    void start() {
        schedule.begin(now());
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
        stopTimer();
    }

    private void sendIfDue() {
        if (sink == null || timer != null || sent == count || demand == 0) {
            return;
        }
        long now = now();
        if (schedule.dueNanos - now > 0) {
            startTimer();
            return;
        }
        sent++;
        demand--;
        schedule.sent(now);
        if (sent < count && demand > 0) {
            startTimer();
        }
        SeriesRequest request = new SeriesRequest(sent);
        pending.add(request);
        sender.submit(request);
    }

    /** The next probe may be due at another time than it was. */
    private void rescheduled() {
        stopTimer();
        sendIfDue();
    }

    private void startTimer() {
        long delayNanos = schedule.dueNanos - now();
        timer = core.loop().schedule(this::onTimer, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    }

    private void stopTimer() {
        Future<?> running = timer;
        if (running != null) {
            timer = null;
            running.cancel(false);
        }
    }

    private void onTimer() {
        timer = null;
        sendIfDue();
    }

    private void answered(long sequence) {
        long due = schedule.dueNanos;
        schedule.answered(sequence, now());
        if (schedule.dueNanos != due) {
            rescheduled();
        }
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
            } else if (outcome instanceof Replied reply) {
                replied(reply);
            } else if (outcome instanceof IcmpErrorOutcome) {
                answered(sequence);
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
                    schedule.firstTaken(now());
                    rescheduled();
                }
                current.onFirstSent();
            }
            current.onSent(sequence, attempt, sentAtNanos);
        }

        private void replied(Replied reply) {
            if (sink != null) {
                schedule.measured(reply.rttNanos());
                answered(sequence);
            }
        }

        @Override
        void reply(Replied reply) {
            if (sink != null) {
                sink.onReply(sequence, reply);
                replied(reply);
            }
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
                replied(reply);
            }
        }

        @Override
        void damaged(Replied reply, ByteBuf payload) {
            if (sink != null) {
                sink.onDamaged(sequence, reply, payload);
            }
        }

        @Override
        void error(IcmpErrorOutcome error) {
            if (sink != null) {
                sink.onError(sequence, error);
            }
            if (sink != null) {
                answered(sequence);
            }
        }

        @Override
        void notice(IcmpErrorOutcome notice) {
            if (sink != null) {
                sink.onNotice(sequence, notice);
            }
        }
    }
}
