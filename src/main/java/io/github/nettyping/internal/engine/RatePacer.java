package io.github.nettyping.internal.engine;

import java.util.concurrent.TimeUnit;

/**
 * Tells how many probes are due at a given rate. A pause is not made up for: at most ten milliseconds' worth are ever
 * due at once. Confined to one thread; reads no clock.
 */
public final class RatePacer implements Pacer {

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private double nanosPerProbe;
    private double maxCredit;
    private double credit;
    private long creditedUntil;

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
        probesPerSecond(probesPerSecond / count);
        credit = 1 - (double) index / count;
        creditedUntil = nowNanos;
    }

    /** Changes the rate, to be kept by this one alone. */
    public void probesPerSecond(double rate) {
        nanosPerProbe = NANOS_PER_SECOND / rate;
        maxCredit = Math.max(1, LONGEST_CREDIT_NANOS / nanosPerProbe);
    }

    @Override
    public int take(int wanted, long nowNanos) {
        earn(nowNanos);
        int taken = (int) Math.max(0, Math.min(wanted, Math.floor(credit)));
        credit -= taken;
        return taken;
    }

    @Override
    public void giveBack(int probes) {
        credit += probes;
    }

    @Override
    public long nanosUntilDue(long nowNanos) {
        earn(nowNanos);
        return credit >= 1 ? 0 : (long) Math.ceil((1 - credit) * nanosPerProbe);
    }

    private void earn(long nowNanos) {
        credit = Math.min(maxCredit, credit + (nowNanos - creditedUntil) / nanosPerProbe);
        creditedUntil = nowNanos;
    }
}
