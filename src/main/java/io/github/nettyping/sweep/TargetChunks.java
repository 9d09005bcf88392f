package io.github.nettyping.sweep;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The numbers of a sweep's targets, handed out once each to those who ask, a chunk at a time: thousands while there are
 * many, fewer and fewer in the end, so that all who take them run out of them together. Safe for use by many threads, of
 * which none waits for another.
 */
final class TargetChunks {

    /** So many that taking them costs nothing, so few that a loop that falls behind does not hold up the others. */
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
        // Half of what would be one's share: whoever is slower leaves the rest of his to the others.
        return takers == 1 ? left : Math.min(LARGEST, (left - 1) / (2L * takers) + 1);
    }

    /** Tells whether all numbers have been taken. */
    boolean isEmpty() {
        return next.get() == total;
    }
}
