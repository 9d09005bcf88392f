package io.github.nettyping.correlation;

import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends probes and passes their outcomes up the pipeline. Confined to the channel's event loop.
 *
 * <p>What a packet or a deadline decides is passed on at once. What turns out inside a write or a flush waits for a
 * task of its own, so that no handler hears of an outcome while it is still writing; a "read complete" follows, as
 * handlers that batch expect.
 */
final class Outcomes {

    private final ChannelHandlerContext ctx;
    private final SlotTable table;
    private final DeadlineQueue deadlines;
    private final Counters counters;
    private final Observation observation;
    private final ArrayDeque<ProbeOutcome> postponed = new ArrayDeque<>();
    private final Runnable deliverPostponed = this::deliverPostponed;
    private boolean scheduled;
    private boolean delivering;

    Outcomes(
            ChannelHandlerContext ctx,
            SlotTable table,
            DeadlineQueue deadlines,
            Counters counters,
            Observation observation) {
        this.ctx = ctx;
        this.table = table;
        this.deadlines = deadlines;
        this.counters = counters;
        this.observation = observation;
    }

    /**
     * Returns what packets have said of the probe in a slot, whatever else ends it: the first reply of a group, else the
     * newest error.
     */
    @Nullable
    ProbeOutcome evidence(int slot) {
        Replied reply = table.groupReplies().first(slot);
        if (reply != null) {
            return reply;
        }
        ErrorEvidence error = table.error(slot);
        return error == null ? null : error.outcome(table.probe(slot), table.attempt(slot));
    }

    /** Takes the probe out of its slot; the writer may write it again. {@code answered}: a reply ended it. */
    void release(int slot, boolean answered) {
        Probe probe = table.probe(slot);
        deadlines.remove(slot);
        table.free(slot, answered);
        probe.leaveFlight();
        observation.inFlight();
    }

    /** Ends the probe in a slot by a packet or a deadline. */
    void complete(int slot, boolean answered, ProbeOutcome outcome) {
        release(slot, answered);
        deliver(outcome);
    }

    /** Ends the probe in a slot from inside a write or a flush. */
    void completeLater(int slot, ProbeOutcome outcome) {
        release(slot, false);
        deliverLater(outcome);
    }

    /** Passes on the outcome of a probe that has no slot, from inside a write. */
    void deliverLater(ProbeOutcome outcome) {
        postponed.add(outcome);
        if (scheduled) {
            return;
        }
        try {
            ctx.executor().execute(deliverPostponed);
            scheduled = true;
        } catch (RejectedExecutionException e) {
            if (!ctx.executor().isShutdown()) {
                // Its queue has bounds and is full; that of its timers has none.
                ctx.executor().schedule(deliverPostponed, 0, TimeUnit.NANOSECONDS);
                scheduled = true;
                return;
            }
            // The event loop has ended: there is no later. If a delivery is under way, it goes on with this one.
            if (!delivering) {
                deliverPostponed();
            }
        }
    }

    /** Passes on what has been postponed. */
    void deliverPostponed() {
        if (postponed.isEmpty()) {
            return;
        }
        boolean outer = delivering;
        delivering = true;
        do {
            scheduled = false;
            // Only what is there now: a handler may answer each outcome by a write that fails again.
            int left = postponed.size();
            for (ProbeOutcome next = postponed.poll(); next != null; next = --left > 0 ? postponed.poll() : null) {
                deliver(next);
            }
        } while (!scheduled && !postponed.isEmpty());
        delivering = outer;
        ctx.fireChannelReadComplete();
    }

    private void deliver(ProbeOutcome outcome) {
        counters.count(outcome);
        observation.outcome(outcome);
        ctx.fireChannelRead(outcome);
    }
}
