package io.github.nettyping.correlation;

import java.util.Arrays;

/**
 * The deadlines of all slots: a hashed timing wheel whose lists run through the slots themselves, so that adding and
 * removing cost a few array stores whatever the timeouts are, and nothing is allocated. Confined to one thread.
 *
 * <p>A slot that was due may be {@linkplain #hold held}: linked still, but without a deadline, and so unknown to all
 * methods that do not speak of holding, but for {@link #remove}.
 *
 * <p>A slot is due in the tick after its deadline: never before, at most one tick later. Times are nanoseconds of a
 * monotonic clock and may be negative. Deadlines more than one turn of the wheel away share a list with nearer ones
 * and are passed over until their turn comes; they may make {@link #nextDueNanos()} too early, never too late.
 *
 * @see <a href="https://doi.org/10.1145/37499.37504">Varghese, Lauck: Hashed and Hierarchical Timing Wheels</a>,
 *     scheme 6
 */
final class DeadlineQueue {

    /** A tick is 2^20 ns, 1.05 ms: a shift finds it. */
    static final int TICK_SHIFT = 20;

    static final long TICK_NANOS = 1L << TICK_SHIFT;

    /** One turn of the wheel is 4.3 s: longer than most timeouts. */
    static final int BUCKETS = 4096;

    /** What {@link #next} holds for a slot in no list. */
    private static final int UNLINKED = -1;

    private final int capacity;
    private final long[] deadlines;

    /**
     * Circular lists. Behind the slots stand the heads: one for each bucket, then those of the due list and of the held
     * list. A list whose head points to itself is empty.
     */
    private final int[] next;

    private final int[] previous;

    private final int dueHead;
    private final int heldHead;

    /** A bit for each slot that is held. */
    private final long[] held;

    private int heldSlots;

    /** A bit for each bucket whose list is not empty. */
    private final long[] occupied = new long[BUCKETS >>> 6];

    private int size;

    /** Every deadline in an earlier tick is in the due list. */
    private long cursor;

    DeadlineQueue(int capacity) {
        this.capacity = capacity;
        this.dueHead = capacity + BUCKETS;
        this.deadlines = new long[capacity];
        this.heldHead = dueHead + 1;
        this.held = new long[(capacity + 63) >>> 6];
        this.next = new int[heldHead + 1];
        this.previous = new int[heldHead + 1];
        Arrays.fill(next, 0, capacity, UNLINKED);
        for (int head = capacity; head <= heldHead; head++) {
            next[head] = head;
            previous[head] = head;
        }
    }

    /**
     * Adds a slot that is not in the queue; {@code now} tells the queue how late it is, if it had nothing to do.
     *
     * @return from when on {@link #collectDue} finds it
     */
    long add(int slot, long deadlineNanos, long now) {
        assert next[slot] == UNLINKED : "slot " + slot + " has a deadline already";
        if (size++ == 0) {
            cursor = now >> TICK_SHIFT;
        }
        deadlines[slot] = deadlineNanos;
        // What is overdue already goes to the first tick still to come.
        long tick = Math.max(deadlineNanos >> TICK_SHIFT, cursor);
        int bucket = bucket(tick);
        append(capacity + bucket, slot);
        occupied[bucket >>> 6] |= 1L << bucket;
        return (tick + 1) << TICK_SHIFT;
    }

    /** Takes a slot out, if it is in or held. */
    void remove(int slot) {
        if (next[slot] != UNLINKED) {
            unlink(slot);
            if (heldSlots > 0 && isHeld(slot)) {
                held[slot >>> 6] &= ~(1L << slot);
                heldSlots--;
            } else {
                size--;
            }
        }
    }

    /** Takes a slot that is in out and holds it, behind those that are held already, until it is removed. */
    void hold(int slot) {
        unlink(slot);
        size--;
        append(heldHead, slot);
        held[slot >>> 6] |= 1L << slot;
        heldSlots++;
    }

    private boolean isHeld(int slot) {
        return (held[slot >>> 6] & 1L << slot) != 0;
    }

    /** Returns how many slots are held. */
    int heldSlots() {
        return heldSlots;
    }

    /** Returns the slot that has been held for longest; there must be one. */
    int firstHeld() {
        return next[heldHead];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the deadline of a slot that is in the queue. */
    long deadlineNanos(int slot) {
        return deadlines[slot];
    }

    /** Returns when to call {@link #collectDue} next; the queue must not be empty. */
    long nextDueNanos() {
        if (hasDue()) {
            return cursor << TICK_SHIFT;
        }
        int start = bucket(cursor);
        int distance = nextOccupied(start) - start;
        if (distance >= BUCKETS - start) {
            distance = BUCKETS - start + nextOccupied(0);
        }
        return (cursor + distance + 1) << TICK_SHIFT;
    }

    /** Moves every slot whose deadline lies in a tick before this one to the due list. */
    void collectDue(long now) {
        long limit = now >> TICK_SHIFT;
        if (size == 0 || limit <= cursor) {
            return;
        }
        int start = bucket(cursor);
        int span = (int) Math.min(limit - cursor, BUCKETS);
        cursor = limit;
        collect(start, Math.min(start + span, BUCKETS), limit);
        collect(0, start + span - BUCKETS, limit);
    }

    private void collect(int fromBucket, int toBucket, long limit) {
        for (int bucket = nextOccupied(fromBucket); bucket < toBucket; bucket = nextOccupied(bucket + 1)) {
            int head = capacity + bucket;
            int slot = next[head];
            while (slot != head) {
                int following = next[slot];
                if (deadlines[slot] >> TICK_SHIFT < limit) {
                    unlink(slot);
                    append(dueHead, slot);
                }
                slot = following;
            }
        }
    }

    boolean hasDue() {
        return next[dueHead] != dueHead;
    }

    /** Returns the slot that has been due for longest; there must be one. */
    int firstDue() {
        return next[dueHead];
    }

    private void append(int head, int slot) {
        int last = previous[head];
        next[last] = slot;
        previous[slot] = last;
        next[slot] = head;
        previous[head] = slot;
    }

    private void unlink(int slot) {
        int before = previous[slot];
        int after = next[slot];
        next[before] = after;
        previous[after] = before;
        next[slot] = UNLINKED;
        if (before == after && before >= capacity && before < dueHead) {
            int bucket = before - capacity;
            occupied[bucket >>> 6] &= ~(1L << bucket);
        }
    }

    private static int bucket(long tick) {
        return (int) tick & (BUCKETS - 1);
    }

    /** Returns the first bucket from here on that is not empty, {@link #BUCKETS} if there is none. */
    private int nextOccupied(int from) {
        if (from >= BUCKETS) {
            return BUCKETS;
        }
        int word = from >>> 6;
        long bits = occupied[word] & -1L << from;
        while (bits == 0) {
            if (++word == occupied.length) {
                return BUCKETS;
            }
            bits = occupied[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }
}
