package io.github.nettyping.load;

import java.util.OptionalLong;

/**
 * Decides which rates to try in order to find the highest one without loss: doubles the rate until something is lost,
 * halves the distance to the highest rate without loss until it is small enough, and has the result confirmed. Confined
 * to one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2544#section-26.1">RFC 2544, section 26.1</a>
 */
final class RateSearch {

    private enum Phase {
        RISING,
        HALVING,
        CONFIRMING,
        OVER
    }

    private final long lowest;
    private final long highest;
    private final double tolerance;
    private Phase phase = Phase.RISING;
    private long rate;
    /** Highest without loss, lowest with. */
    private long passed;

    private long failed;
    private double step;
    private boolean found;

    /** {@code tolerance}: how far the result may be below the lowest rate with loss, as a share of it. */
    RateSearch(long lowest, long highest, double tolerance) {
        this.lowest = lowest;
        this.highest = highest;
        this.tolerance = tolerance;
        this.step = tolerance;
        this.rate = lowest;
    }

    /** Returns the rate to try; empty when the search is over. */
    OptionalLong next() {
        return phase == Phase.OVER ? OptionalLong.empty() : OptionalLong.of(rate);
    }

    /** Tells whether the next trial is to confirm the result. */
    boolean isConfirming() {
        return phase == Phase.CONFIRMING;
    }

    /** Takes the result of the rate last asked for. */
    void result(boolean lossFree) {
        switch (phase) {
            case RISING -> rising(lossFree);
            case HALVING -> halving(lossFree);
            case CONFIRMING -> confirming(lossFree);
            case OVER -> throw new IllegalStateException("the search is over");
        }
    }

    /** Returns the highest rate without loss, once it is confirmed; empty if there is none. */
    OptionalLong found() {
        return found ? OptionalLong.of(passed) : OptionalLong.empty();
    }

    private void rising(boolean lossFree) {
        if (!lossFree) {
            failed = rate;
            // No rate below the lowest is tried.
            phase = passed == 0 ? Phase.OVER : Phase.HALVING;
            halve();
        } else {
            passed = rate;
            if (rate == highest) {
                phase = Phase.CONFIRMING;
            } else {
                rate = Math.min(highest, 2 * rate);
            }
        }
    }

    private void halving(boolean lossFree) {
        if (lossFree) {
            passed = rate;
        } else {
            failed = rate;
        }
        halve();
    }

    private void halve() {
        if (phase != Phase.HALVING) {
            return;
        }
        if (failed - passed <= Math.max(1, failed * tolerance)) {
            phase = Phase.CONFIRMING;
            rate = passed;
        } else {
            rate = passed + (failed - passed) / 2;
        }
    }

    /** A long trial may lose where a short one did not: then lower rates are tried, in steps that double. */
    private void confirming(boolean lossFree) {
        if (lossFree) {
            found = true;
            phase = Phase.OVER;
        } else if (rate == lowest) {
            phase = Phase.OVER;
        } else {
            rate = Math.max(lowest, rate - Math.max(1, (long) (rate * step)));
            passed = rate;
            step *= 2;
        }
    }
}
