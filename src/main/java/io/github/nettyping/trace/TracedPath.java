package io.github.nettyping.trace;

import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.trace.TraceResult.Ending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path to one target as far as it is known, and which hop to ask next. Confined to the event loop.
 *
 * <p><b>Order.</b> Each hop gets its first probe as soon as fewer than the wanted number of hops are under way. It gets
 * the others when that has its outcome, or when somebody farther away has answered. So a near target gets one extra
 * probe for each hop that was asked before its reply came, not all of them.
 *
 * <p><b>End.</b> The nearest hop at which the target replied. Until then, the nearest at which somebody reported that
 * it cannot be reached: anybody can report that, and only a reply proves anything.
 */
final class TracedPath {

    private static final int UNKNOWN = Integer.MAX_VALUE;

    private final int firstHop;
    private final int probesPerHop;
    private final int parallelHops;
    private final int maxSilentHops;
    private final MtuReports mtus = new MtuReports();
    /** From the first hop on, without gaps. */
    private final List<HopRecord> hops = new ArrayList<>();

    /** Those before it are through with this cycle. */
    private int firstOpen;

    private int maxHops;
    private int farthestAnswer;
    private int nearestReply = UNKNOWN;
    private int nearestBar = UNKNOWN;
    private boolean silent;

    TracedPath(TraceOptions options) {
        this.firstHop = options.firstHop();
        this.probesPerHop = options.probesPerHop();
        this.parallelHops = options.parallelHops();
        this.maxSilentHops = options.maxSilentHops().orElse(UNKNOWN);
        this.maxHops = options.maxHops();
        this.firstOpen = firstHop;
    }

    /** Returns the last hop that matters. */
    int end() {
        if (nearestReply != UNKNOWN) {
            return nearestReply;
        }
        return Math.min(nearestBar, maxHops);
    }

    /** Tells whether no answer from beyond the end can change it any more. */
    boolean isEndCertain() {
        return nearestReply != UNKNOWN || nearestBar == UNKNOWN;
    }

    Ending ending() {
        if (nearestReply != UNKNOWN) {
            return Ending.REACHED;
        }
        if (nearestBar != UNKNOWN) {
            return Ending.UNREACHABLE;
        }
        return silent ? Ending.SILENT : Ending.MAX_HOPS;
    }

    /** Returns the hop to be asked next, or null if it is not yet time for any. */
    @Nullable
    HopRecord next() {
        int end = end();
        int underWay = 0;
        for (int number = firstOpen; number <= end; number++) {
            if (number - firstHop == hops.size()) {
                return underWay < parallelHops ? add(number) : null;
            }
            HopRecord hop = hop(number);
            if (isThrough(hop)) {
                continue;
            }
            if (hop.asked() == 0) {
                return underWay < parallelHops ? hop : null;
            }
            if (hop.asked() < probesPerHop && (hop.settled() > 0 || number <= farthestAnswer)) {
                return hop;
            }
            underWay++;
        }
        return null;
    }

    private HopRecord add(int number) {
        HopRecord hop = new HopRecord(number);
        hops.add(hop);
        return hop;
    }

    private HopRecord hop(int number) {
        return hops.get(number - firstHop);
    }

    private boolean isThrough(HopRecord hop) {
        return hop.settled() >= probesPerHop;
    }

    /** Tells whether a hop and all before it are through with this cycle. */
    boolean isThroughTo(int number) {
        while (firstOpen - firstHop < hops.size() && isThrough(hop(firstOpen))) {
            firstOpen++;
        }
        return firstOpen > number;
    }

    void beginCycle() {
        hops.forEach(HopRecord::beginCycle);
        firstOpen = firstHop;
    }

    void replied(HopRecord hop, Replied reply) {
        hop.answered(reply.from(), reply.rttNanos());
        nearestReply = Math.min(nearestReply, hop.number());
        farthestAnswer = Math.max(farthestAnswer, hop.number());
    }

    /** A router said that a probe was out of hops. */
    void passed(HopRecord hop, IcmpErrorOutcome outcome) {
        hop.answered(outcome.error(), outcome.rttNanos());
        farthestAnswer = Math.max(farthestAnswer, hop.number());
    }

    /** Somebody said that a probe gets no further. */
    void barred(HopRecord hop, IcmpErrorOutcome outcome) {
        hop.answered(outcome.error(), outcome.rttNanos());
        hop.error(outcome.error());
        nearestBar = Math.min(nearestBar, hop.number());
        farthestAnswer = Math.max(farthestAnswer, hop.number());
    }

    /** Somebody reported that a probe was too long for the path beyond; the hop is asked again. */
    void tooLong(HopRecord hop, IcmpError error) {
        mtus.add(hop.number(), error);
        hop.askAgain();
    }

    /** No answer came that says anything about the hop. */
    void unanswered(HopRecord hop) {
        hop.unanswered();
        lookForSilence();
    }

    private void lookForSilence() {
        int first = Math.max(firstHop, farthestAnswer + 1);
        for (int number = first; number <= maxHops && number - firstHop < hops.size(); number++) {
            HopRecord hop = hop(number);
            if (!isThrough(hop) || !hop.isSilent()) {
                return;
            }
            if (number - first + 1 == maxSilentHops) {
                silent = true;
                maxHops = number;
                return;
            }
        }
    }

    /** Returns what is known of a hop that has been asked. */
    Hop toHop(int number) {
        return hop(number).toHop(mtus.toldAt(number, hops, firstHop));
    }

    /** Returns what is known of all hops to the end. */
    List<Hop> toHops() {
        int last = Math.min(end(), firstHop + hops.size() - 1);
        List<Hop> known = new ArrayList<>(Math.max(0, last - firstHop + 1));
        for (int number = firstHop; number <= last; number++) {
            known.add(toHop(number));
        }
        return List.copyOf(known);
    }
}
