package io.github.nettyping.sweep;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of a sweep's targets, each handed out once, in chunks: thousands while there are many, fewer and fewer
 * towards the end, so that all loops run out together. Safe for use by many threads, none of which waits for another.
 */
final class TargetChunks {

    /** Large enough that taking one costs nothing, small enough that a slow loop does not hold up the others. */
    private static final int LARGEST = 4_096;

    /** Numbers from {@code begin} up to, and without, {@code end}. */
    record Chunk(long begin, long end) {}

    private final long total;
    private final int takers;
    private final AtomicLong next;

    /**
     * Creates a source of the numbers {@code first} to {@code total - 1}, or of none.
     *
     * @param takers how many take from it, 1 or more; a single one gets all at once
     */
    TargetChunks(long first, long total, int takers) {
        this.next = new AtomicLong(Math.min(first, total));
        this.total = total;
        this.takers = takers;
    }

    /** Takes the next chunk; empty if there are no numbers left. */
    Optional<Chunk> take() {
        while (true) {
            long begin = next.get();
            if (begin == total) {
                return Optional.empty();
            }
            long end = begin + size(total - begin);
            if (next.compareAndSet(begin, end)) {
                return Optional.of(new Chunk(begin, end));
            }
        }
    }

    private long size(long left) {
        // Half of one loop's share: a slower loop leaves the rest of its share to the others.
        return takers == 1 ? left : Math.min(LARGEST, (left - 1) / (2L * takers) + 1);
    }

    /** Tells whether all numbers have been taken. */
    boolean isEmpty() {
        return next.get() == total;
    }
}
