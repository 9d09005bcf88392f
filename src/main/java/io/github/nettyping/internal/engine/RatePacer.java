package io.github.nettyping.internal.engine;

import java.util.concurrent.TimeUnit;

/**
 * Tells how many probes are due at a given rate. Probes are due on a grid, one an interval; late ones are made up for,
 * so that the mean is the rate. Confined to one thread; reads no clock.
 *
 * <ul>
 *   <li>What has been due for 100 ms and longer is skipped, by whole intervals: a long pause is
 *       not made up for. Of a rate below ten a second at most one probe is due at a time.
 *   <li>Late probes go out at up to 1.1 times the rate, and at once at most what is due in 10 ms and one more. So in no
 *       100 ms there are more than 1.2 times as many as the rate says, or one more.
 *   <li>A pause, after everything was in time, is followed by one probe at once and no more. Where wake-ups are late again
 *       and again, that would be too few.
 * </ul>
 */
public final class RatePacer implements Pacer {

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_ARREARS_MILLIS = 100;
    private static final long BURST_MILLIS = 10;
    private static final long PAUSE_MILLIS = 12;
    private static final double PEAK = 1.1;
    private static final double PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);

    /** Clocks tell whole nanoseconds. */
    private static final double HALF_NANO = 0.5;

    private final double longestArrearsNanos;
    private double intervalNanos;
    private double peakIntervalNanos;

    /** From so many arrears on some are skipped. */
    private double maxOverdueNanos;
    /** So much may be sent ahead of the peak rate. */
    private double maxAheadNanos;

    /** How long the next probe has been due; negative if it is not yet. */
    private double overdueNanos;
    /** How long the peak rate would take from now to send what has been sent. */
    private double aheadNanos;

    private long updatedNanos;

    /**
     * Starts with one probe due.
     *
     * @param probesPerSecond the rate, 1 or more
     * @param nowNanos        a monotonic clock
     */
    public RatePacer(double probesPerSecond, long nowNanos) {
        this(probesPerSecond, nowNanos, 0, 1);
    }

    /**
     * Starts as one of several that keep a rate together, each with the same part of it: their probes are due in turns.
     *
     * @param probesPerSecond the rate of all
     * @param nowNanos        a monotonic clock, at about the same time for all of them
     * @param index           which one of them, from 0; the first has a probe due now
     * @param count           how many there are
     */
    public RatePacer(double probesPerSecond, long nowNanos, int index, int count) {
        this(count * NANOS_PER_SECOND / probesPerSecond, nowNanos, (double) index / count, LONGEST_ARREARS_MILLIS);
    }

    private RatePacer(double intervalNanos, long nowNanos, double intervalsUntilDue, long longestArrearsMillis) {
        longestArrearsNanos = TimeUnit.MILLISECONDS.toNanos(longestArrearsMillis);
        interval(intervalNanos);
        overdueNanos = -intervalsUntilDue * intervalNanos;
        updatedNanos = nowNanos;
    }

    /** Returns one for an interval, which {@linkplain #begin begins} later. */
    public static RatePacer every(long intervalNanos) {
        return new RatePacer(intervalNanos, 0, 0, LONGEST_ARREARS_MILLIS);
    }

    /** Starts as one of several, for a rate that is only an upper bound: it makes up for ten milliseconds at most. */
    public static RatePacer atMost(double probesPerSecond, long nowNanos, int index, int count) {
        return new RatePacer(
                count * NANOS_PER_SECOND / probesPerSecond, nowNanos, (double) index / count, BURST_MILLIS);
    }

    /** Changes the rate, to be kept by this one alone. */
    public void probesPerSecond(double rate) {
        double factor = NANOS_PER_SECOND / rate / intervalNanos;
        overdueNanos *= factor;
        aheadNanos *= factor;
        interval(factor * intervalNanos);
    }

    /** Begins with one probe due. */
    public void begin(long nowNanos) {
        updatedNanos = nowNanos;
        overdueNanos = 0;
        aheadNanos = 0;
    }

    /** The first probe has been sent, perhaps late: the grid begins with it. */
    public void sentFirst(long nowNanos) {
        updatedNanos = nowNanos;
        overdueNanos = -intervalNanos;
        aheadNanos = peakIntervalNanos;
    }

    /** What is overdue is due only now, and the grid goes on from there. */
    public void forgetArrears(long nowNanos) {
        update(nowNanos);
        overdueNanos = Math.min(0, overdueNanos);
    }

    private void interval(double nanos) {
        double burstNanos = TimeUnit.MILLISECONDS.toNanos(BURST_MILLIS);
        intervalNanos = nanos;
        peakIntervalNanos = nanos / PEAK;
        maxOverdueNanos = Math.max(longestArrearsNanos, nanos);
        // At low rates one packet more than is due may go out, but no sooner than so much after the one before.
        maxAheadNanos = Math.max(burstNanos, nanos - burstNanos) / PEAK;
    }

    @Override
    public int take(int wanted, long nowNanos) {
        update(nowNanos);
        double due = Math.floor((overdueNanos + HALF_NANO) / intervalNanos) + 1;
        double permitted = Math.floor((maxAheadNanos - aheadNanos + HALF_NANO) / peakIntervalNanos) + 1;
        int taken = (int) Math.max(0, Math.min(wanted, Math.min(due, permitted)));
        overdueNanos -= taken * intervalNanos;
        aheadNanos += taken * peakIntervalNanos;
        return taken;
    }

    @Override
    public void giveBack(int probes) {
        overdueNanos += probes * intervalNanos;
        aheadNanos -= probes * peakIntervalNanos;
    }

    @Override
    public long nanosUntilDue(long nowNanos) {
        update(nowNanos);
        return (long) Math.ceil(untilDue() - HALF_NANO);
    }

    private double untilDue() {
        return Math.max(0, Math.max(-overdueNanos, aheadNanos - maxAheadNanos));
    }

    private void update(long nowNanos) {
        double passed = nowNanos - updatedNanos;
        boolean paused = overdueNanos < PAUSE_NANOS && passed - untilDue() > PAUSE_NANOS;
        updatedNanos = nowNanos;
        aheadNanos = Math.max(0, aheadNanos - passed);
        overdueNanos += passed;
        if (overdueNanos >= maxOverdueNanos) {
            overdueNanos -= (Math.floor((overdueNanos - maxOverdueNanos) / intervalNanos) + 1) * intervalNanos;
        }
        if (paused && overdueNanos >= Math.max(PAUSE_NANOS, 2 * intervalNanos)) {
            aheadNanos = Math.max(aheadNanos, maxAheadNanos);
        }
    }
}
