package io.github.nettyping;

import java.util.concurrent.TimeUnit;

/**
 * Says how many probes are due at a given rate. A pause is not made up for: at most ten milliseconds' worth are ever due
 * at once. Confined to one thread; reads no clock.
 */
final class RatePacer {

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final double nanosPerProbe;
    private final double maxCredit;
    private double credit = 1;
    private long creditedUntil;

    /**
     * Starts with one probe due.
     *
     * @param probesPerSecond the rate, 1 or more
     * @param nowNanos        a monotonic clock
     */
    RatePacer(long probesPerSecond, long nowNanos) {
        nanosPerProbe = (double) NANOS_PER_SECOND / probesPerSecond;
        maxCredit = Math.max(1, LONGEST_CREDIT_NANOS / nanosPerProbe);
        creditedUntil = nowNanos;
    }

    /** Takes up to {@code wanted} of the probes that are due and returns how many. */
    int take(int wanted, long nowNanos) {
        earn(nowNanos);
        int taken = (int) Math.max(0, Math.min(wanted, Math.floor(credit)));
        credit -= taken;
        return taken;
    }

    /** Accounts for probes that were sent without asking: further tries. Later ones wait for them. */
    void charge(long probes) {
        credit -= probes;
    }

    /** Returns how long it takes until a probe is due. */
    long nanosUntilDue(long nowNanos) {
        earn(nowNanos);
        return credit >= 1 ? 0 : (long) Math.ceil((1 - credit) * nanosPerProbe);
    }

    private void earn(long nowNanos) {
        credit = Math.min(maxCredit, credit + (nowNanos - creditedUntil) / nanosPerProbe);
        creditedUntil = nowNanos;
    }
}
