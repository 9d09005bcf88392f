package io.github.nettyping.correlation;

import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.IcmpMessage;
import io.github.nettyping.codec.LocalError;
import io.github.nettyping.codec.OtherMessage;
import io.github.nettyping.codec.QueryMessage;
import io.github.nettyping.codec.RedirectMessage;
import io.github.nettyping.codec.SourceQuenchMessage;
import io.github.nettyping.codec.UndecodablePacket;
import io.github.nettyping.packet.ReceiveQueue;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The probes of one channel, out and back: a written probe takes a slot, the kernel's acceptance starts its wait, and
 * a reply, an error, the last deadline or the end of the channel frees the slot. Confined to the channel's event loop.
 */
final class Correlation implements SendListener {

    private final ChannelHandlerContext ctx;
    private final SlotTable table;
    private final DeadlineQueue deadlines;
    private final LocalDrops drops;
    private final Identifier identifier;
    private final Outcomes outcomes;
    private final RequestWriter requests;
    private final Verdicts verdicts;
    private final Expiry expiry;
    private final ReplyMatcher replies;
    private final ErrorMatcher errors;
    private final Counters counters = new Counters();
    private final Observation observation;
    private boolean closed;

    Correlation(
            ChannelHandlerContext ctx,
            int maxInFlight,
            int givenIdentifier,
            ProbeToken token,
            ProbeObserver observer,
            boolean triesOnDemand,
            LinkExcuse links) {
        ReceiveQueue queue = ctx.channel() instanceof ReceiveQueue receiveQueue ? receiveQueue : null;
        this.ctx = ctx;
        this.table = new SlotTable(maxInFlight);
        this.observation = new Observation(ctx, table, counters, observer);
        this.deadlines = new DeadlineQueue(table.capacity());
        this.drops = new LocalDrops(queue);
        this.identifier = new Identifier(ctx.channel(), givenIdentifier);
        this.outcomes = new Outcomes(ctx, table, deadlines, counters, observation);
        this.requests = new RequestWriter(ctx, token, table, outcomes, identifier, this);
        this.verdicts = new Verdicts(ctx, table, deadlines, drops, links, requests, outcomes, counters, triesOnDemand);
        this.expiry = new Expiry(ctx, queue, deadlines, verdicts, counters);
        this.replies = new ReplyMatcher(token, table, deadlines, expiry, counters, observation);
        this.errors = new ErrorMatcher(token, table, counters, observation);
    }

    void write(Probe probe, ChannelPromise promise) {
        if (!promise.setUncancellable()) {
            return;
        }
        if (probe.isInFlight()) {
            // It has, and will get, the outcome of its first write.
            IllegalStateException cause = new IllegalStateException(probe + " is in flight already");
            if (promise.isVoid()) {
                ctx.fireExceptionCaught(cause);
            } else {
                promise.tryFailure(cause);
            }
        } else if (closed) {
            refuse(probe, promise, NotSent.Reason.CHANNEL_CLOSED, new ClosedChannelException());
        } else if (table.isFull()) {
            refuse(probe, promise, NotSent.Reason.NO_FREE_SLOT, new NoFreeSlotException(table.inFlight()));
        } else {
            int slot = table.take(probe, observation.sees(probe));
            probe.enterFlight(RequestWriter.key(slot, table.generation(slot)));
            requests.write(slot, promise);
            // Now, for an observer that cancels or closes would leave nothing to write.
            observation.inFlight();
        }
    }

    /** What has been written is about to go to the kernel. */
    void flush() {
        if (!closed) {
            drops.beforeSending(expiry.now());
        }
    }

    private void refuse(Probe probe, ChannelPromise promise, NotSent.Reason reason, Exception cause) {
        outcomes.deliverLater(new NotSent(probe, 0, reason, Optional.empty()));
        if (!promise.isVoid()) {
            promise.tryFailure(cause);
        }
    }

    @Override
    public void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos) {
        int slot = RequestWriter.slotOf(key);
        int generation = RequestWriter.generationOf(key);
        boolean slow = returnedNanos - monotonicNanos > Expiry.PAUSE_NANOS;
        counters.countSent(table.isFirstGeneration(slot, generation), monotonicNanos);
        // Otherwise the probe was cancelled, or answered on an earlier try, while this packet waited for the kernel.
        if (table.isQueued(slot, generation)) {
            table.sent(slot, wallNanos, monotonicNanos, slow, drops.beforeSent(monotonicNanos));
            long timeout = table.probe(slot).options().timeoutNanos(table.attempt(slot));
            // The packet may have left at any moment of the call: waiting counts from its end.
            expiry.watch(deadlines.add(slot, returnedNanos + timeout, returnedNanos));
        } else {
            table.sentAfterwards(slot, generation, wallNanos, monotonicNanos, slow);
        }
        observation.sent(slot, generation, wallNanos);
    }

    @Override
    public void stamped(long key, long kernelNanos) {
        table.stamped(RequestWriter.slotOf(key), RequestWriter.generationOf(key), kernelNanos);
    }

    @Override
    public void refused(long key, SystemCallException cause) {
        int slot = RequestWriter.slotOf(key);
        if (!table.isQueued(slot, RequestWriter.generationOf(key))) {
            return;
        }
        Probe probe = table.probe(slot);
        int attempts = table.attempt(slot);
        // What the network said about an earlier try weighs more than what this host says about the last one.
        ProbeOutcome evidence = outcomes.evidence(slot);
        outcomes.completeLater(
                slot,
                evidence != null
                        ? evidence
                        : new NotSent(probe, attempts, NotSent.Reason.REFUSED_BY_KERNEL, Optional.of(cause)));
    }

    @Override
    public void discarded(long key) {
        int slot = RequestWriter.slotOf(key);
        // A channel that closes discards all it holds, and ends every probe by itself.
        if (ctx.channel().isOpen() && table.isQueued(slot, RequestWriter.generationOf(key))) {
            requests.discarded(slot);
        }
    }

    /** Judges a reply, which stays the caller's. */
    void read(EchoReply reply) {
        counters.received++;
        expiry.received(reply.packet());
        Replied outcome = replies.match(reply, identifier.value());
        if (outcome != null) {
            outcomes.complete(RequestWriter.slotOf(outcome.probe().key()), true, outcome);
        }
    }

    /** Judges a message that is no echo reply; it stays the caller's. */
    void read(IcmpMessage message) {
        counters.received++;
        if (message instanceof RedirectMessage || message instanceof SourceQuenchMessage) {
            counters.notices++;
            errors.tellNotice((IcmpError) message, identifier.value());
        } else if (message instanceof LocalError) {
            counters.notices++;
        } else if (message instanceof QueryMessage query) {
            observation.rejected(Rejection.TYPE, query.peer());
        } else if (message instanceof IcmpError error) {
            note(errors.match(error, identifier.value()));
        } else if (message instanceof UndecodablePacket packet) {
            Rejection reason =
                    switch (packet.reason()) {
                        case CHECKSUM -> Rejection.CHECKSUM;
                        case MALFORMED -> Rejection.MALFORMED;
                    };
            observation.rejected(reason, packet.from());
        } else if (message instanceof EchoRequest request) {
            observation.rejected(Rejection.TYPE, request.packet());
        } else if (message instanceof OtherMessage other) {
            observation.rejected(Rejection.TYPE, other.from());
        } else {
            throw new AssertionError(message);
        }
    }

    private void note(@Nullable ErrorEvidence evidence) {
        if (evidence == null) {
            return;
        }
        int slot = evidence.slot();
        Probe probe = table.probe(slot);
        // Hosts of a group that have answered are not undone by the error of another.
        if (probe.options().failFast() && table.groupReplies().first(slot) == null) {
            outcomes.complete(slot, false, evidence.outcome(probe, table.attempt(slot)));
            return;
        }
        table.error(slot, evidence);
        if (observation.sees(slot)) {
            observation.error(evidence.outcome(probe, table.attempt(slot)));
        }
    }

    int triesDue() {
        return deadlines.heldSlots();
    }

    int writeTries(int max) {
        // At the end, while handlers hear of it, some may still be held.
        return closed ? 0 : verdicts.writeHeld(max);
    }

    boolean cancel(Probe probe) {
        if (!probe.isInFlight()) {
            return false;
        }
        int slot = RequestWriter.slotOf(probe.key());
        // Another channel may hold it.
        if (!table.contains(slot) || !table.isLive(slot) || table.probe(slot) != probe) {
            return false;
        }
        outcomes.release(slot, false);
        return true;
    }

    /** Ends every probe: the channel, or this handler's part in it, is over. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        expiry.stop();
        requests.close();
        outcomes.deliverPostponed();
        for (int slot = 0; slot < table.capacity() && table.inFlight() > 0; slot++) {
            // Handlers may cancel probes meanwhile; none is added.
            if (table.isLive(slot)) {
                outcomes.complete(slot, false, closedOutcome(slot));
            }
        }
        ctx.fireChannelReadComplete();
        // What handlers have written meanwhile is refused; a task would come when the pipeline is gone.
        outcomes.deliverPostponed();
    }

    private ProbeOutcome closedOutcome(int slot) {
        ProbeOutcome evidence = outcomes.evidence(slot);
        return evidence != null
                ? evidence
                : new NotSent(table.probe(slot), table.attempt(slot), NotSent.Reason.CHANNEL_CLOSED, Optional.empty());
    }

    CorrelatorStatistics statistics() {
        return counters.snapshot(table.inFlight());
    }
}
