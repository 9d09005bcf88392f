package io.github.nettyping.target;

/**
 * One of several equal parts of a run, so that several machines can do it together: the parts are disjoint, and together
 * they are the whole. Immutable.
 *
 * @param index which part, 1 to {@code count}
 * @param count how many parts there are, 1 or more; there may be more of them than targets, and some are empty then
 */
public record Shard(int index, int count) {

    /** All of it. */
    public static final Shard WHOLE = new Shard(1, 1);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Shard {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " (expected: >= 1)");
        }
        if (index < 1 || index > count) {
            throw new IllegalArgumentException("index: " + index + " (expected: 1 to " + count + ')');
        }
    }

    /** Returns how many of {@code total} places are this part's. */
    long size(long total) {
        long rest = total - (index - 1);
        return rest <= 0 ? 0 : (rest - 1) / count + 1;
    }

    /**
     * Returns a place in the whole. Parts take places in turns, not one stretch each, so all parts need about as long,
     * even if one network is silent and the next one is not.
     */
    long place(long position) {
        return index - 1 + position * count;
    }

    /** Tells whether a place in the whole is this part's. */
    boolean has(long place) {
        return place % count == index - 1;
    }

    /** Returns the position of a place that is this part's. */
    long position(long place) {
        return place / count;
    }

    /** Returns the form of the command line: {@code 2/8}. */
    @Override
    public String toString() {
        return index + "/" + count;
    }
}
