package io.github.nettyping;

import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.Request;
import io.github.nettyping.internal.engine.Sender;
import io.github.nettyping.internal.engine.Session;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One series: sends a probe whenever one is due and wanted, until the count is reached. Confined to the event loop.
 *
 * <p>{@link Schedule} tells when one is due; an answer may change that.
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

    /** The objects it uses while it lasts. */
    private record Ties(PingerCore core, Sender sender, Sink sink) {}

    private final IpAddress target;
    private final PingOptions options;
    private final long count;
    private final int preload;
    private final Schedule schedule;
    private final Set<SeriesRequest> pending = new LinkedHashSet<>();

    /** Null once ended, because outcomes that somebody keeps refer to its requests. */
    private @Nullable Ties ties;

    private long sent;
    /** The first probe that the schedule was asked about; 0 before. */
    private long firstDue;

    private long demand;
    private @Nullable Future<?> timer;

    /** From any thread. */
    SeriesSession(PingerCore core, IpAddress target, PingOptions options, Sink sink) {
        this.target = target;
        this.options = options;
        this.count = options.count().orElse(Long.MAX_VALUE);
        this.preload = options.preload();
        this.schedule = Schedule.of(options.pace());
        this.ties = new Ties(core, core.sender(target), sink);
    }

    /** Begins, unless it has ended: the first probe is due now. */
    void start() {
        Ties current = ties;
        if (current != null) {
            schedule.begin(now(current));
            current.core.add(this);
        }
    }

    /** Asks for so many more results. */
    void request(long results) {
        Ties current = ties;
        if (current != null && demand == 0) {
            schedule.wantedAgain(now(current));
        }
        demand = demand + results < 0 ? Long.MAX_VALUE : demand + results;
        preload();
        sendIfDue();
    }

    /** Ends it silently; probes without result are given up. */
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
        stopTimer();
        return former;
    }

    private void sendIfDue() {
        Ties current = ties;
        if (current == null || timer != null || sent == count || demand == 0) {
            return;
        }
        long now = now(current);
        if (schedule.dueNanos - now > 0) {
            startTimer(current);
            return;
        }
        if (firstDue == 0) {
            firstDue = sent + 1;
        }
        schedule.sent(now);
        if (sent + 1 < count && demand > 1) {
            startTimer(current);
        }
        submit(current);
    }

    /** Sends those that wait for nothing. */
    private void preload() {
        while (firstDue == 0 && sent < preload - 1 && sent < count - 1 && demand > 1) {
            Ties current = ties;
            if (current == null) {
                return;
            }
            schedule.preloaded();
            submit(current);
        }
    }

    private void submit(Ties current) {
        sent++;
        demand--;
        SeriesRequest request = new SeriesRequest(sent);
        pending.add(request);
        current.sender.submit(request);
    }

    /** The next probe may be due at another time than it was. */
    private void rescheduled() {
        stopTimer();
        sendIfDue();
    }

    private void startTimer(Ties current) {
        long delayNanos = schedule.dueNanos - now(current);
        timer = current.core.loop().schedule(this::onTimer, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
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

    private void answered(Ties current, long sequence) {
        long due = schedule.dueNanos;
        schedule.answered(sequence, now(current));
        if (schedule.dueNanos != due) {
            rescheduled();
        }
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
        public boolean observes(Probe probe) {
            return true;
        }

        @Override
        public void outcome(ProbeOutcome outcome) {
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
            } else if (outcome instanceof Replied reply) {
                replied(reply);
            } else if (outcome instanceof IcmpErrorOutcome) {
                answered();
            }
        }

        @Override
        public void closed(ClosedChannelException cause) {
            // The session has been closed before.
        }

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            Ties current = ties;
            if (current == null) {
                return;
            }
            if (!sentBefore) {
                sentBefore = true;
                if (sequence == firstDue) {
                    schedule.firstTaken(now(current));
                    rescheduled();
                }
                current.sink.onFirstSent();
            }
            current.sink.onSent(sequence, attempt, sentAtNanos);
        }

        private void tell(Consumer<Sink> event) {
            Ties current = ties;
            if (current != null) {
                event.accept(current.sink);
            }
        }

        private void replied(Replied reply) {
            schedule.measured(reply.rttNanos());
            answered();
        }

        /** The sink may have ended the series meanwhile. */
        private void answered() {
            Ties current = ties;
            if (current != null) {
                SeriesSession.this.answered(current, sequence);
            }
        }

        @Override
        public void onReply(Replied reply) {
            if (ties != null) {
                ties.sink.onReply(sequence, reply);
                replied(reply);
            }
        }

        @Override
        public void onDuplicate(Replied reply) {
            tell(sink -> sink.onDuplicate(sequence, reply));
        }

        @Override
        public void onLate(Replied reply) {
            if (ties != null) {
                ties.sink.onLate(sequence, reply);
                replied(reply);
            }
        }

        @Override
        public void onDamaged(Replied reply, ByteBuf payload) {
            tell(sink -> sink.onDamaged(sequence, reply, payload));
        }

        @Override
        public void onIpv4Options(Replied reply, Ipv4Options options) {
            tell(sink -> sink.onIpv4Options(sequence, reply, options));
        }

        @Override
        public void onError(IcmpErrorOutcome error) {
            tell(sink -> sink.onError(sequence, error));
            answered();
        }

        @Override
        public void onLateError(IcmpErrorOutcome error) {
            onError(error);
        }

        @Override
        public void onNotice(IcmpErrorOutcome notice) {
            tell(sink -> sink.onNotice(sequence, notice));
        }
    }
}
