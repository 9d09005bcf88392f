package io.github.nettyping.target;

import java.util.Arrays;

/**
 * Ranges of IPv6 addresses, ordered by scope, then by address: a range of one link is a range of no other.
 * Immutable.
 */
final class Ipv6Intervals extends Intervals {

    private final Ipv6Columns ranges;

    private Ipv6Intervals(Ipv6Columns ranges, long[] before) {
        super(before);
        this.ranges = ranges;
    }

    @Override
    long firstHigh(int i) {
        return ranges.firstHigh[i];
    }

    @Override
    long firstLow(int i) {
        return ranges.firstLow[i];
    }

    @Override
    int scopeId(int i) {
        return ranges.scope[i];
    }

    /** Returns the ranges. */
    Ipv6Slice slice() {
        return new Ipv6Slice(ranges, 0, size());
    }

    /** Takes ranges in any order, also overlapping ones. Confined to one thread. */
    static final class Builder {

        private final int maxIntervals;
        private Ipv6Columns ranges = new Ipv6Columns(8);
        private int size;

        Builder() {
            this(MAX_INTERVALS);
        }

        Builder(int maxIntervals) {
            this.maxIntervals = maxIntervals;
        }

        /** Adds the addresses {@code first} to {@code last} of one scope, 0 for none. */
        void add(long firstHigh, long firstLow, long lastHigh, long lastLow, int scopeId) {
            if (size == ranges.capacity()) {
                // As for IPv4: duplicates cost no memory.
                compact();
                if (size > ranges.capacity() / 2) {
                    ranges = ranges.resized(2 * ranges.capacity());
                }
            }
            ranges.set(size++, firstHigh, firstLow, lastHigh, lastLow, scopeId);
        }

        /** Adds a whole set. */
        void add(Ipv6Slice others) {
            Ipv6Columns from = others.ranges();
            for (int i = others.begin(); i < others.end(); i++) {
                add(from.firstHigh[i], from.firstLow[i], from.lastHigh[i], from.lastLow[i], from.scope[i]);
            }
        }

        /** Returns the ranges so far, of any size, merged and in order; holds until the next call of this builder. */
        Ipv6Slice slice() {
            compact();
            return new Ipv6Slice(ranges, 0, size);
        }

        /** Returns the set, cut off behind its first {@code limit} addresses. */
        Ipv6Intervals build(long limit) {
            compact();
            long[] before = new long[size + 1];
            long sum = 0;
            int kept = 0;
            while (kept < size && sum < limit) {
                sum += ranges.count(kept, limit - sum);
                before[++kept] = sum;
            }
            Ipv6Columns own = ranges.resized(kept);
            if (kept > 0) {
                own.cut(kept - 1, before[kept] - before[kept - 1]);
            }
            return new Ipv6Intervals(own, kept < size ? Arrays.copyOf(before, kept + 1) : before);
        }

        boolean isEmpty() {
            return size == 0;
        }

        /** Returns how many ranges fit before the next merge: memory in use, for tests. */
        int capacity() {
            return ranges.capacity();
        }

        private void compact() {
            ranges = ranges.sorted(size);
            int kept = 0;
            for (int i = 0; i < size; i++) {
                if (kept == 0 || !ranges.mergeInto(kept - 1, i)) {
                    ranges.copy(i, kept++);
                }
            }
            size = kept;
            Intervals.checkSize(size, maxIntervals);
        }
    }
}
