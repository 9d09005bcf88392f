package io.github.nettyping.load;

import java.util.concurrent.TimeUnit;

/**
 * When the probes of an open loop are due: at equal intervals, whatever becomes of them. Several event loops take
 * turns, so that together they send evenly. Immutable; reads no clock.
 */
final class LoadSchedule {

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final int loops;
    private final int loop;
    private final long count;

    /**
     * Creates one loop's part.
     *
     * @param perSecond probes a second, of all loops together
     * @param nanos     how long it lasts; the first probe is due at once
     * @param loops     how many share it
     * @param loop      whose part this is, from 0
     */
    LoadSchedule(long perSecond, long nanos, int loops, int loop) {
        this.perSecond = perSecond;
        this.loops = loops;
        this.loop = loop;
        this.count = before(nanos);
    }

    /** Returns how many probes of this part are due in all. */
    long count() {
        return count;
    }

    /** Returns how many probes of this part are due before that time. */
    long before(long nanos) {
        long partial = (nanos % NANOS_PER_SECOND * perSecond + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
        long all = nanos / NANOS_PER_SECOND * perSecond + partial;
        return Math.max(0, (all - loop + loops - 1) / loops);
    }

    /** Returns a probe's place among those of all loops. */
    long place(long probe) {
        return probe * loops + loop;
    }

    /** Returns when a probe of this part is due, counted from the beginning. */
    long offsetNanos(long probe) {
        long place = place(probe);
        // In two steps, because in a long run the place times a second exceeds a long.
        return place / perSecond * NANOS_PER_SECOND + place % perSecond * NANOS_PER_SECOND / perSecond;
    }
}
