package io.github.nettyping.sweep;

import io.github.nettyping.internal.engine.Pacer;
import io.github.nettyping.internal.engine.RatePacer;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Replied;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rate that this host and the path carry. Confined to one thread.
 *
 * <p>It works in {@linkplain PaceLevel levels}. Replies are charged to the level their probe was sent in, and a level is judged
 * when its replies must have come:
 *
 * <ul>
 *   <li>The share of answered probes is as usual: the rate doubles. Without replies there is no evidence, and it stays.
 *   <li>The share is far smaller: perhaps a router drops packets, perhaps this network is emptier than the last one.
 *       The rate goes back to what came through. If first tries were lost, second ones are answered then; that decides.
 *   <li>More than a few second tries were answered whose first ones were not: that is loss. The rate goes below what
 *       came through and stays there for {@value #HOLD_SECONDS} s before a little more is tried. If as much is lost at
 *       less than half the rate, the rate is not the cause, and it rises again.
 *   <li>This host dropped packets, or one of its queues was full: the rate also goes below what went through.
 *   <li>Less was sent than permitted: something else limits the sweep (this process is late, the window is full). A
 *       higher rate would only make a burst later, so it does not grow.
 * </ul>
 */
final class AutoPacer implements Pacer {

    /** A rate found by loss is kept for so long. */
    static final long HOLD_SECONDS = 30;

    private static final long HOLD_NANOS = TimeUnit.SECONDS.toNanos(HOLD_SECONDS);

    /** A rate found by trouble of this host is kept for a shorter time. */
    private static final long TROUBLE_HOLD_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Never slower than this share of the start: loss that remains then is not caused by the rate. */
    private static final double FLOOR_SHARE = 0.1;

    private static final double GROWTH = 2;
    private static final double CAUTIOUS_GROWTH = 1.1;
    private static final double BACK_OFF = 0.85;
    private static final double SUSPICIOUS_BACK_OFF = 0.8;

    /** Losses of which the lesser is at least this part of the greater are the same. */
    private static final double SAME_LOSS = 0.7;

    /** If loss is the same when at most this share is sent, the rate is not its cause. */
    private static final double FAR_LOWER = 0.5;

    /** Levels are short while the rate grows, and longer if something else sets the pace, or the rate has been found. */
    private static final long GROWING_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private static final long UNBOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long STEADY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A level may take so long if few hosts answer. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Beside four round trips, replies are waited for so long if nobody tells earlier that they have come. */
    private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MAX_LEVELS = 256;

    private final RatePacer pacer;
    private final ProbeOptions probe;
    private final LongSupplier wallNanos;
    private final LongSupplier troubles;
    private final double floor;
    private final double ceiling;

    /** Oldest first; the last one is under way. */
    private final ArrayDeque<PaceLevel> levels = new ArrayDeque<>();

    private PaceLevel current;
    private double rate;
    private double bound;
    private long boundUntilNanos;
    private long lookAtNanos;
    private long knownTroubles;
    private boolean wasBinding = true;
    private long roundTripNanos;

    /** The share of probes that is answered at once; negative while unknown. */
    private double usual = -1;

    /** The share that is lost at any rate. */
    private double baseLoss;

    /** The loss that was answered by lower rates, 0 if there was none, and what was sent and applied before. */
    private double answeredLoss;

    private double rateBefore;
    private double boundBefore;

    /** The rate at which far fewer hosts answered, 0 if none is suspected, and what came through of it. */
    private double suspectedRate;

    private double suspectedThrough;
    private long suspectedUntilNanos;

    /** The first rate and the highest one, of all that share them, in probes per second. */
    record Limits(double start, double ceiling) {}

    /**
     * Starts with one probe due.
     *
     * @param share     which one it is of several that keep the rate together
     * @param wallNanos the wall clock, in nanoseconds since 1970, as send times are told
     * @param troubles  how often this host has dropped packets or had a full queue; never falls
     */
    AutoPacer(
            Limits limits,
            SweepWorker.Share share,
            ProbeOptions probe,
            LongSupplier wallNanos,
            LongSupplier troubles,
            long nowNanos) {
        int count = share.count();
        double start = Math.min(limits.start(), limits.ceiling());
        this.ceiling = limits.ceiling() / count;
        this.rate = start / count;
        this.floor = FLOOR_SHARE * rate;
        this.bound = ceiling;
        this.probe = probe;
        this.wallNanos = wallNanos;
        this.troubles = troubles;
        this.knownTroubles = troubles.getAsLong();
        this.pacer = RatePacer.atMost(start, nowNanos, share.index(), count);
        this.lookAtNanos = nowNanos;
        this.current = new PaceLevel(rate, nowNanos, wallNanos.getAsLong());
        levels.add(current);
    }

    /** Returns the rate of now, in probes per second, of this one alone. */
    double perSecond() {
        return rate;
    }

    @Override
    public int take(int wanted, long nowNanos) {
        if (nowNanos - lookAtNanos >= 0) {
            lookAtNanos = nowNanos + LOOK_NANOS;
            look(nowNanos);
        }
        int taken = pacer.take(wanted, nowNanos);
        current.taken += taken;
        return taken;
    }

    @Override
    public void giveBack(int probes) {
        pacer.giveBack(probes);
        current.taken -= probes;
    }

    @Override
    public long nanosUntilDue(long nowNanos) {
        return pacer.nanosUntilDue(nowNanos);
    }

    /** Notes how many of those taken were for targets not asked before. */
    void started(int probes) {
        current.started += probes;
    }

    /** Notes a reply. */
    void replied(Replied reply) {
        PaceLevel level = levelAt(reply.firstSentAtNanos());
        if (level != null && reply.attempt() == 1) {
            level.answered++;
            roundTripNanos += (reply.rttNanos() - roundTripNanos) / 8;
        } else if (level != null) {
            level.answeredLater++;
        }
    }

    private @Nullable PaceLevel levelAt(long sentAtNanos) {
        for (Iterator<PaceLevel> newest = levels.descendingIterator(); newest.hasNext(); ) {
            PaceLevel level = newest.next();
            if (level.sinceWallNanos <= sentAtNanos) {
                return level;
            }
        }
        return null;
    }

    private void look(long now) {
        endLevel(now);
        judgeSettled(now);
        weighLoss(now);
        if (suspectedRate > 0 && now - suspectedUntilNanos >= 0) {
            dropSuspicion(now);
        }
        if (bound < ceiling && now - boundUntilNanos >= 0) {
            bound = Math.min(ceiling, CAUTIOUS_GROWTH * bound);
            boundUntilNanos = now + HOLD_NANOS;
            answeredLoss = 0;
        }
    }

    private void endLevel(long now) {
        long age = current.ageNanos(now);
        if (age < shortestNanos() || !(current.isTelling() || age >= LONGEST_NANOS)) {
            return;
        }
        PaceLevel ended = current;
        ended.end(now);
        wasBinding = ended.wasBinding();
        open(now);
        long total = troubles.getAsLong();
        if (total != knownTroubles) {
            knownTroubles = total;
            keepBelow(BACK_OFF * ended.perSecond(), TROUBLE_HOLD_NANOS, now);
        }
    }

    private long shortestNanos() {
        if (rate >= bound || suspectedRate > 0) {
            return STEADY_NANOS;
        }
        return wasBinding ? GROWING_NANOS : UNBOUND_NANOS;
    }

    private void open(long now) {
        current = new PaceLevel(rate, now, wallNanos.getAsLong());
        levels.add(current);
        if (levels.size() > MAX_LEVELS) {
            levels.remove();
        }
    }

    private void judgeSettled(long now) {
        PaceLevel before = null;
        PaceLevel telling = null;
        for (PaceLevel level : levels) {
            if (before != null && !before.judged && isSettled(before, level, now)) {
                before.judged = true;
                telling = before;
            }
            before = level;
        }
        // Of several only the newest: the others were meant for the same decision.
        if (telling != null && telling.rate == rate) {
            judge(telling, now);
        }
    }

    /** Tells whether all replies to a level must have come, because later probes have been answered. */
    private boolean isSettled(PaceLevel level, PaceLevel following, long now) {
        long since = level.nanosSinceEnd(now);
        boolean followed = following.answered > 0 && since >= 2 * roundTripNanos;
        return followed || since >= SETTLING_NANOS + 4 * roundTripNanos;
    }

    private void judge(PaceLevel level, long now) {
        if (suspectedRate > 0) {
            if (probe.attempts() == 1 && level.keepsPace(usual)) {
                // Without second tries: the replies missing at the higher rate are back at this one.
                keepBelow(BACK_OFF * suspectedThrough, HOLD_NANOS, now);
            }
        } else if (level.fallsBehind(usual)) {
            suspect(level, now);
        } else if (level.keepsPace(usual)) {
            usual = usual < 0 ? level.answeredShare() : (usual + level.answeredShare()) / 2;
            if (rate < bound && level.wasBinding()) {
                change(Math.min(GROWTH * rate, bound), now);
            }
        }
    }

    private void suspect(PaceLevel level, long now) {
        suspectedRate = rate;
        suspectedThrough = level.perSecond() * level.answeredShare() / usual;
        suspectedUntilNanos = now + probe.timeoutNanos(1) + 2 * SETTLING_NANOS + 6 * roundTripNanos;
        change(Math.max(floor, SUSPICIOUS_BACK_OFF * suspectedThrough), now);
    }

    /** Second tries have had their time and were not answered either: nobody is there. */
    private void dropSuspicion(long now) {
        double before = suspectedRate;
        suspectedRate = 0;
        usual = -1;
        change(Math.min(before, bound), now);
    }

    /** Looks for levels whose second tries have had their time, and were answered. */
    private void weighLoss(long now) {
        long waitNanos = probe.timeoutNanos(1) + SETTLING_NANOS + 4 * roundTripNanos;
        for (PaceLevel level : levels) {
            if (level.nanosSinceEnd(now) < waitNanos) {
                return;
            }
            if (!level.weighed) {
                level.weighed = true;
                if (level.hasLoss(baseLoss)) {
                    answerLoss(level, now);
                    return;
                }
            }
        }
    }

    private void answerLoss(PaceLevel level, long now) {
        double loss = level.loss();
        boolean same = loss >= SAME_LOSS * answeredLoss && answeredLoss >= SAME_LOSS * loss;
        // A short level tells the loss only roughly, so a rate only a little lower would prove nothing.
        if (same && level.perSecond() < FAR_LOWER * rateBefore) {
            baseLoss = Math.max(loss, answeredLoss);
            answeredLoss = 0;
            bound = boundBefore;
            forget(now);
            return;
        }
        if (answeredLoss == 0) {
            boundBefore = bound;
        }
        if (!same) {
            answeredLoss = loss;
            rateBefore = level.perSecond();
        }
        // If less was sent than permitted, the lost packets went out in bursts between pauses, at the rate that was
        // permitted.
        keepBelow(BACK_OFF * Math.max(level.rate, level.perSecond()) * (1 - loss), HOLD_NANOS, now);
    }

    private void keepBelow(double perSecond, long holdNanos, long now) {
        bound = Math.max(floor, Math.min(bound, perSecond));
        boundUntilNanos = now + holdNanos;
        suspectedRate = 0;
        rate = Math.min(rate, bound);
        pacer.probesPerSecond(rate);
        forget(now);
    }

    /** What comes of levels before this moment has been reckoned with. */
    private void forget(long now) {
        levels.clear();
        open(now);
    }

    private void change(double perSecond, long now) {
        rate = perSecond;
        pacer.probesPerSecond(rate);
        current.end(now);
        wasBinding = true;
        open(now);
    }
}
