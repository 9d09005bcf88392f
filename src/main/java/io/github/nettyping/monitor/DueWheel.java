package io.github.nettyping.monitor;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which target is due when: a wheel of lists, one for each tick, through which the targets themselves are linked. No timer and
 * no object for a target; what is due later than one turn of the wheel stays where it is until its turn. Confined to the event
 * loop; reads no clock.
 */
final class DueWheel {

    /** Targets that are due within one tick go out together, at its end, so none is early. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int SLOTS = 1 << 12;

    private final MonitoredTarget[] heads = new MonitoredTarget[SLOTS];
    /** A bit for each list with something in it. */
    private final long[] occupied = new long[SLOTS / Long.SIZE];

    private final long startNanos;
    /** The tick that is being taken, or will be next. */
    private long cursor;
    /** Those of the cursor's list that have turned out to be due in a later turn. */
    private @Nullable MonitoredTarget later;

    DueWheel(long startNanos) {
        this.startNanos = startNanos;
    }

    private long tick(long nanos) {
        return Math.floorDiv(nanos - startNanos + TICK_NANOS - 1, TICK_NANOS);
    }

    /** Adds a target by its due time. What should have been before the cursor is due now. */
    void add(MonitoredTarget target) {
        int slot = slot(Math.max(tick(target.dueNanos), cursor));
        link(slot, target);
    }

    private void link(int slot, MonitoredTarget target) {
        target.next = heads[slot];
        heads[slot] = target;
        occupied[slot / Long.SIZE] |= 1L << slot;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }

    /** Takes one target that is due, out of the wheel; null if there is none. Removed ones disappear on the way. */
    @Nullable
    MonitoredTarget takeDue(long now) {
        long until = Math.floorDiv(now - startNanos, TICK_NANOS);
        while (cursor <= until) {
            int slot = slot(cursor);
            for (MonitoredTarget target = heads[slot]; target != null; target = heads[slot]) {
                heads[slot] = target.next;
                target.next = null;
                if (target.removed) {
                    continue;
                }
                if (tick(target.dueNanos) <= until) {
                    return target;
                }
                target.next = later;
                later = target;
            }
            heads[slot] = later;
            if (later == null) {
                occupied[slot / Long.SIZE] &= ~(1L << slot);
            }
            later = null;
            // After a pause of many turns, each list has been looked at once it has come round.
            cursor = until - cursor >= SLOTS ? until - SLOTS + 1 : cursor + 1;
        }
        return null;
    }

    /** Returns the time of the next tick that has something to look at; a turn of the wheel ahead if there is none. */
    long nextNanos() {
        for (long tick = cursor; tick < cursor + SLOTS; ) {
            int slot = slot(tick);
            long bits = occupied[slot / Long.SIZE] >>> slot;
            if (bits != 0) {
                tick += Long.numberOfTrailingZeros(bits);
                return startNanos + Math.min(tick, cursor + SLOTS) * TICK_NANOS;
            }
            tick += Long.SIZE - slot % Long.SIZE;
        }
        return startNanos + (cursor + SLOTS) * TICK_NANOS;
    }
}
