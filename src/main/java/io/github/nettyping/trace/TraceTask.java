package io.github.nettyping.trace;

import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.internal.engine.Sender;
import io.github.nettyping.internal.linux.Errno;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimeExceeded;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.trace.TraceResult.Ending;
import io.github.nettyping.trace.TraceResult.Refusal;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The trace of one target: its probes, its cycles, its result. Confined to the event loop. */
final class TraceTask {

    /** Code of "time to live exceeded in transit". RFC 792, page 6; RFC 4443, section 3.3. */
    private static final int IN_TRANSIT = 0;

    private static final int USUAL_PAYLOAD_BYTES = 56;

    private final TraceSession session;
    private final IpAddress target;
    private final Sender sender;
    private final TraceOptions options;
    private final TracedPath path;
    /** Null if the path MTU is not asked for. */
    private final @Nullable PathMtu mtu;

    /** Probes without outcome. */
    private final List<HopRequest> pending = new ArrayList<>();

    private @Nullable Refusal refusal;
    private @Nullable Future<?> timer;
    private int cycle = 1;
    /** When it began, or is to begin. */
    private long cycleStartNanos;
    /** The hop to be told next. */
    private int untold;

    private int knownEnd;
    private boolean knownCertain = true;
    private boolean sentAny;
    private boolean inLine;
    private boolean over;

    TraceTask(TraceSession session, IpAddress target, Sender sender, TraceOptions options) {
        this.session = session;
        this.target = target;
        this.sender = sender;
        this.options = options;
        this.path = new TracedPath(options);
        this.untold = options.firstHop();
        this.knownEnd = path.end();
        this.mtu =
                options.pathMtu() ? new PathMtu(target.family(), options.payloadBytes(), session.interfaceMtu()) : null;
        this.cycleStartNanos = session.now();
    }

    boolean isInLine() {
        return inLine;
    }

    void inLine(boolean newInLine) {
        inLine = newInLine;
    }

    /** Tells whether a probe is to be sent. */
    boolean hasNext() {
        if (over || timer != null) {
            return false;
        }
        return isFitting() ? pending.isEmpty() : path.next() != null;
    }

    /** Tells whether a probe could be sent at once. */
    boolean hasRoom() {
        return sender.hasRoomFor(payloadBytes());
    }

    private boolean isFitting() {
        return mtu != null && mtu.isFitting();
    }

    private int payloadBytes() {
        return mtu != null ? mtu.payloadBytes() : options.payloadBytes().orElse(USUAL_PAYLOAD_BYTES);
    }

    /** Sends the next probe, if there is one. */
    void sendNext() {
        HopRecord hop = isFitting() ? null : path.next();
        if (hop == null && !isFitting()) {
            return;
        }
        int hopLimit = hop == null ? options.firstHop() : hop.number();
        HopRequest request = new HopRequest(this, hop, target, session.probes().of(hopLimit, payloadBytes()));
        if (hop != null) {
            hop.ask();
        }
        request.place(pending.size());
        pending.add(request);
        session.asked();
        sender.submit(request);
    }

    /** The kernel took the packet of a probe. */
    void sent(HopRequest request) {
        sentAny = true;
        session.countSent();
        if (mtu != null && request.hop() == null) {
            // That was its only purpose.
            remove(request);
            sender.giveUp(request);
            request.forget();
            mtu.taken(packetBytes(request));
            fitted();
            goOn();
        }
    }

    /** A probe has its outcome. */
    void outcome(HopRequest request, @Nullable HopRecord hop, ProbeOutcome outcome) {
        remove(request);
        if (outcome instanceof NotSent failed) {
            notSent(request, hop, failed);
        } else if (hop != null) {
            sentAny = true;
            judge(request, hop, outcome);
            forgetBeyondEnd();
            tellHops();
        }
        goOn();
    }

    private void judge(HopRequest request, HopRecord hop, ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            session.countAnswer();
            path.replied(hop, reply);
            if (mtu != null) {
                mtu.arrived(packetBytes(request));
            }
        } else if (outcome instanceof TimedOut) {
            path.unanswered(hop);
        } else if (outcome instanceof DroppedLocally) {
            hop.sentInVain();
        } else if (outcome instanceof IcmpErrorOutcome reported) {
            session.countAnswer();
            reported(request, hop, reported);
        }
    }

    private void reported(HopRequest request, HopRecord hop, IcmpErrorOutcome outcome) {
        IcmpError error = outcome.error();
        if (MtuReports.isTooLong(error) && mayBeShorter(request, hop, error)) {
            path.tooLong(hop, error);
        } else if (!(outcome instanceof TimeExceeded)) {
            path.barred(hop, outcome);
        } else if (error.code() == IN_TRANSIT) {
            path.passed(hop, outcome);
        } else {
            // A fragment was lost on the path to a node that puts fragments together, which need not be at this hop.
            hop.error(error);
            path.unanswered(hop);
        }
    }

    /** Tells whether it helps to ask again: by a shorter packet, or by fragments, now that the kernel knows. */
    private boolean mayBeShorter(HopRequest request, HopRecord hop, IcmpError error) {
        return mtu != null
                ? mtu.tooLong(packetBytes(request), MtuReports.told(error))
                : hop.tooLong() <= options.probesPerHop();
    }

    private void notSent(HopRequest request, @Nullable HopRecord hop, NotSent failed) {
        boolean tooLong = failed.cause().isPresent() && failed.cause().get().errno() == Errno.EMSGSIZE;
        if (mtu != null && tooLong && mtu.refused(packetBytes(request))) {
            if (hop != null) {
                hop.askAgain();
            }
            fitted();
            return;
        }
        if (refusal == null) {
            refusal = new Refusal(failed.reason(), failed.cause());
        }
        if (hop != null) {
            hop.sentInVain();
        }
        if (hop == null || !sentAny) {
            finish(result(Ending.NOT_SENT, List.of()));
        }
    }

    private int packetBytes(HopRequest request) {
        int payloadBytes = request.probe().options().payloadBytes();
        return mtu == null ? payloadBytes : mtu.packetBytes(payloadBytes);
    }

    private void fitted() {
        if (mtu != null && !mtu.isFitting()) {
            session.interfaceMtu(mtu.packetBytes());
        }
    }

    /** Unsent probes are dropped; sent ones are waited for only while they can change the end. */
    private void forgetBeyondEnd() {
        int end = path.end();
        boolean certain = path.isEndCertain();
        if (end == knownEnd && certain == knownCertain) {
            return;
        }
        knownEnd = end;
        knownCertain = certain;
        for (int i = pending.size() - 1; i >= 0; i--) {
            HopRequest request = pending.get(i);
            HopRecord hop = request.hop();
            if (hop == null || hop.number() <= end || (request.isSent() && !certain)) {
                continue;
            }
            remove(request);
            if (!request.isSent()) {
                sender.giveUp(request);
            }
            request.forget();
        }
    }

    private void remove(HopRequest request) {
        HopRequest last = pending.remove(pending.size() - 1);
        if (last != request) {
            last.place(request.place());
            pending.set(request.place(), last);
        }
        session.settled();
    }

    private void tellHops() {
        while (cycle == 1 && untold <= path.end() && path.isThroughTo(untold) && !over) {
            session.tellHop(target, path.toHop(untold++));
        }
    }

    private void goOn() {
        if (over) {
            return;
        }
        if (pending.isEmpty() && !isFitting() && path.isThroughTo(path.end())) {
            cycleOver();
        } else {
            session.toBeAsked(this);
        }
    }

    private void cycleOver() {
        TraceResult soFar = result(path.ending(), path.toHops());
        session.tellCycle(cycle, soFar);
        if (over) {
            return;
        }
        if (cycle == options.cycles()) {
            finish(soFar);
            return;
        }
        cycle++;
        long now = session.now();
        long untilDue = Math.max(0, cycleStartNanos + options.interval().toNanos() - now);
        cycleStartNanos = now + untilDue;
        timer = session.schedule(this::nextCycle, untilDue);
    }

    private void nextCycle() {
        timer = null;
        // A late timer does not move the cycles after it; those that a pause has missed are skipped.
        long late = session.now() - cycleStartNanos;
        cycleStartNanos += late - late % options.interval().toNanos();
        path.beginCycle();
        session.toBeAsked(this);
    }

    private TraceResult result(Ending ending, List<Hop> hops) {
        return new TraceResult(
                target,
                hops,
                ending,
                mtu != null && ending == Ending.REACHED ? mtu.found() : OptionalInt.empty(),
                Optional.ofNullable(refusal));
    }

    private void finish(TraceResult result) {
        end();
        session.finished(this, result);
    }

    /** Gives up all probes; nothing more is told. */
    void end() {
        over = true;
        Future<?> running = timer;
        if (running != null) {
            timer = null;
            running.cancel(false);
        }
        while (!pending.isEmpty()) {
            HopRequest request = pending.get(pending.size() - 1);
            remove(request);
            sender.giveUp(request);
            request.forget();
        }
    }
}
