package io.github.nettyping.monitor;

import io.github.nettyping.codec.IcmpError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a target has answered: counts since it was added, and its last probes in a ring of four bytes each. Judges its state.
 * Confined to the event loop.
 */
final class History {

    /** Resolution of round trips in the ring, which so holds up to 214 s. */
    static final long TICK_NANOS = 100;

    /** A place in the ring that stands for a lost probe; others are round trips. */
    static final int LOST = -1;

    private static final int[] NOTHING = {};
    private static final int SMALLEST = 4;

    private final Judgement judgement;
    /** Grows up to the window. */
    private int[] ring = NOTHING;

    private int size;
    private int oldest;

    // Of the ring.

    private int lost;
    private int slow;
    /** How many of the latest may be held against the target: not those of before it last came up. */
    private int judged;
    /** How many of those were lost. */
    private int judgedLost;

    // Since the beginning.

    long answered;
    long lostInAll;
    long late;
    long duplicates;
    long localTrouble;
    long skipped;
    int answeredInARow;
    int lostInARow;
    /** Whether the latest probe met trouble of this host. */
    boolean local;

    long lastRttNanos = -1;

    @Nullable
    IcmpError lastError;

    long lastErrorAtNanos;
    long sinceNanos;

    @Nullable
    String unresolved;

    History(Judgement judgement, long wallNanos) {
        this.judgement = judgement;
        this.sinceNanos = wallNanos;
    }

    static int ticks(long rttNanos) {
        return (int) Math.min(Integer.MAX_VALUE - 1, Math.max(0, rttNanos) / TICK_NANOS);
    }

    void answered(long rttNanos) {
        answered++;
        answeredInARow++;
        lostInARow = 0;
        local = false;
        lastRttNanos = rttNanos;
        push(ticks(rttNanos));
    }

    void lost() {
        lostInAll++;
        lostInARow++;
        answeredInARow = 0;
        local = false;
        push(LOST);
    }

    /** Says nothing of the target. */
    void localTrouble() {
        localTrouble++;
        local = true;
    }

    private void push(int result) {
        int window = judgement.window();
        if (size == window) {
            count(ring[oldest], -1);
            if (judged == window) {
                judgedLost -= ring[oldest] == LOST ? 1 : 0;
                judged--;
            }
            ring[oldest] = result;
            oldest = oldest + 1 == window ? 0 : oldest + 1;
        } else {
            if (size == ring.length) {
                int[] larger = new int[Math.min(window, Math.max(SMALLEST, 2 * size))];
                System.arraycopy(ring, 0, larger, 0, size);
                ring = larger;
            }
            ring[size++] = result;
        }
        count(result, 1);
        judged++;
        judgedLost += result == LOST ? 1 : 0;
    }

    private void count(int result, int by) {
        if (result == LOST) {
            lost += by;
        } else if (result > judgement.slowTicks()) {
            slow += by;
        }
    }

    private int answeredInWindow() {
        return size - lost;
    }

    /** Returns the state after the latest result; {@code state} is the one before. */
    TargetState judge(TargetState state) {
        if (lostInARow > 0) {
            return lostInARow >= judgement.downAfter() ? TargetState.DOWN : degradedIf(state, isLossy(state));
        }
        if (answeredInARow == 0) {
            return state;
        }
        return switch (state) {
            case DOWN -> answeredInARow >= judgement.upAfter() ? TargetState.UP : TargetState.DOWN;
            // Nothing is known that a single answer could contradict.
            case UNKNOWN -> TargetState.UP;
            default -> isLossy(state) || isSlow(state) ? TargetState.DEGRADED : TargetState.UP;
        };
    }

    private static TargetState degradedIf(TargetState state, boolean lossy) {
        return state == TargetState.UP && lossy ? TargetState.DEGRADED : state;
    }

    /** What is degraded has to be half as bad to be good again. */
    private boolean isLossy(TargetState state) {
        return judgedLost > (state == TargetState.DEGRADED ? judgement.lossLimit() / 2 : judgement.lossLimit());
    }

    private boolean isSlow(TargetState state) {
        return state == TargetState.DEGRADED ? 4L * slow > answeredInWindow() : 2L * slow > answeredInWindow();
    }

    /** Returns why the state is what it is now, after a change to it. */
    StateReason reason(TargetState state, Optional<MonitoredTarget> downParent) {
        return switch (state) {
            case DOWN ->
                downParent.isPresent()
                        ? new StateReason.Behind(downParent.get(), lostInARow)
                        : new StateReason.Lost(lostInARow);
            case DEGRADED ->
                isLossy(TargetState.UP)
                        ? new StateReason.WindowLoss(judgedLost, judgement.window())
                        : new StateReason.WindowRoundTrips(slow, answeredInWindow());
            default -> new StateReason.Answered(answeredInARow);
        };
    }

    /** The target has come up: what was lost before is held against it no more. */
    void forgive() {
        judged = 0;
        judgedLost = 0;
    }

    /** Returns the ring's contents, the oldest first. */
    int[] results() {
        int[] results = new int[size];
        int end = Math.min(size, ring.length - oldest);
        System.arraycopy(ring, oldest, results, 0, end);
        System.arraycopy(ring, 0, results, end, size - end);
        return results;
    }
}
