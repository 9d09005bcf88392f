package io.github.nettyping.correlation;

import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.TimedOut;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;

/**
 * Decides what a deadline means that passed in silence, or after replies of a group: another try, the same try again,
 * or the end. Confined to the channel's event loop.
 */
final class Verdicts {

    private final ChannelHandlerContext ctx;
    private final SlotTable table;
    private final DeadlineQueue deadlines;
    private final LocalDrops drops;
    private final LinkExcuse links;
    private final RequestWriter requests;
    private final Outcomes outcomes;
    private final Counters counters;

    private final boolean triesOnDemand;

    /** An outcome has been passed on, or a packet become due, since somebody last asked. */
    private boolean passed;

    Verdicts(
            ChannelHandlerContext ctx,
            SlotTable table,
            DeadlineQueue deadlines,
            LocalDrops drops,
            LinkExcuse links,
            RequestWriter requests,
            Outcomes outcomes,
            Counters counters,
            boolean triesOnDemand) {
        this.ctx = ctx;
        this.table = table;
        this.deadlines = deadlines;
        this.drops = drops;
        this.links = links;
        this.requests = requests;
        this.outcomes = outcomes;
        this.counters = counters;
        this.triesOnDemand = triesOnDemand;
    }

    /** Returns how long the newest try in a live slot waits. */
    long timeoutNanos(int slot) {
        return table.probe(slot).options().timeoutNanos(table.attempt(slot));
    }

    /** Returns how far the wall clock was from the monotonic one when the newest try in a live slot was sent. */
    long wallOffsetNanos(int slot) {
        int generation = table.generation(slot);
        return table.wallNanos(slot, generation) - table.monotonicNanos(slot, generation);
    }

    boolean takePassed() {
        boolean result = passed;
        passed = false;
        return result;
    }

    /** Decides for every slot that is due. Handlers may write, cancel and close meanwhile. */
    void expireDue(long now) {
        int dropsNow = drops.current(now);
        boolean written = false;
        while (deadlines.hasDue()) {
            int slot = deadlines.firstDue();
            Probe probe = table.probe(slot);
            boolean answered = table.groupReplies().first(slot) != null;
            boolean overflown = dropsNow != table.dropsKnown(slot);
            Optional<String> lost = overflown || answered ? Optional.empty() : disturbedLink(slot, probe, now);
            boolean hit = overflown || lost.isPresent();
            boolean repeat = !answered && hit && !table.wasRepeated(slot);
            boolean another = repeat
                    || (!answered && table.attempt(slot) < probe.options().attempts());
            if (another && triesOnDemand) {
                deadlines.hold(slot);
                table.hold(slot, repeat);
                passed = true;
            } else if (another) {
                writeAgain(slot, repeat);
                written = true;
            } else {
                passed = true;
                // Where a group has answered, it is still the deadline that ends the probe: what comes now is late.
                outcomes.complete(slot, false, verdict(slot, probe, hit, lost));
            }
        }
        if (written) {
            ctx.flush();
        }
    }

    /** Writes what is held, the oldest first; whoever asks for it flushes. Observers may cancel and close meanwhile. */
    int writeHeld(int max) {
        int written = 0;
        while (written < max && deadlines.heldSlots() > 0) {
            int slot = deadlines.firstHeld();
            writeAgain(slot, table.isHeldForRepeat(slot));
            written++;
        }
        return written;
    }

    private void writeAgain(int slot, boolean repeat) {
        deadlines.remove(slot);
        counters.resent += repeat ? 1 : 0;
        table.queueAgain(slot, repeat);
        requests.write(slot);
    }

    private Optional<String> disturbedLink(int slot, Probe probe, long now) {
        long sentNanos = table.monotonicNanos(slot, table.generation(slot));
        return links.disturbedLink(probe, sentNanos, timeoutNanos(slot), now);
    }

    /** Where no neighbour can be asked, this host itself says after some seconds that the target is unreachable. */
    private boolean isOfThisHost(ProbeOutcome evidence) {
        return evidence instanceof IcmpErrorOutcome outcome
                && outcome.error().from().filter(links::isThisHost).isPresent();
    }

    private ProbeOutcome verdict(int slot, Probe probe, boolean hit, Optional<String> lostInterface) {
        ProbeOutcome evidence = outcomes.evidence(slot);
        if (evidence != null && !(lostInterface.isPresent() && isOfThisHost(evidence))) {
            return evidence;
        }
        int attempts = table.attempt(slot);
        long sentAt = table.wallNanos(slot, table.generation(slot));
        return hit ? new DroppedLocally(probe, attempts, sentAt, lostInterface) : new TimedOut(probe, attempts, sentAt);
    }
}
