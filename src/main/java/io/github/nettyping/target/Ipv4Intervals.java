package io.github.nettyping.target;

import io.github.nettyping.packet.IpAddress;
import java.util.Arrays;

/** Ranges of IPv4 addresses, one {@code long} each: first address above, last below. Immutable. */
final class Ipv4Intervals extends Intervals {

    private final long[] spans;

    private Ipv4Intervals(long[] spans, long[] before) {
        super(before);
        this.spans = spans;
    }

    @Override
    long firstHigh(int i) {
        return 0;
    }

    @Override
    long firstLow(int i) {
        return IpAddress.ipv4Low((int) first(spans[i]));
    }

    @Override
    int scopeId(int i) {
        return 0;
    }

    /** Returns what is not in {@code others}, cut off behind its first {@code limit} addresses; in linear time. */
    Ipv4Intervals without(Ipv4Intervals others, long limit) {
        Builder rest = new Builder();
        int passed = 0;
        for (long span : spans) {
            passed = others.firstReaching(first(span), passed);
            long from = first(span);
            for (int i = passed; i < others.size() && first(others.spans[i]) <= last(span); i++) {
                if (from < first(others.spans[i])) {
                    rest.add(from, first(others.spans[i]) - 1);
                }
                from = last(others.spans[i]) + 1;
            }
            if (from <= last(span)) {
                rest.add(from, last(span));
            }
        }
        return rest.build(limit);
    }

    /** Returns what is in {@code others}, too; in linear time. */
    Ipv4Intervals intersection(Ipv4Intervals others) {
        return without(without(others, Long.MAX_VALUE), Long.MAX_VALUE);
    }

    /** Returns the first range from {@code start} on that does not end before the address. */
    private int firstReaching(long address, int start) {
        int i = start;
        while (i < spans.length && last(spans[i]) < address) {
            i++;
        }
        return i;
    }

    private static long first(long span) {
        return span >>> 32;
    }

    private static long last(long span) {
        return span & 0xffff_ffffL;
    }

    /** Takes ranges in any order, also overlapping ones. Confined to one thread. */
    static final class Builder {

        /** Makes the order of signed numbers, that of {@link Arrays#sort(long[])}, the order of first addresses. */
        private static final long FLIP = Long.MIN_VALUE;

        private final int maxIntervals;
        private long[] flipped = new long[8];
        private int size;

        Builder() {
            this(MAX_INTERVALS);
        }

        Builder(int maxIntervals) {
            this.maxIntervals = maxIntervals;
        }

        /** Adds the addresses {@code first} to {@code last}, each 0 to {@code 2^32 - 1}. */
        void add(long first, long last) {
            if (size == flipped.length) {
                // Merging first keeps duplicates from costing memory; growing only when half full keeps it cheap.
                compact();
                if (size > flipped.length / 2) {
                    flipped = Arrays.copyOf(flipped, 2 * flipped.length);
                }
            }
            flipped[size++] = (first << 32 | last) ^ FLIP;
        }

        /** Adds a whole set. */
        void add(Ipv4Intervals others) {
            for (long span : others.spans) {
                add(first(span), last(span));
            }
        }

        /** Returns the set, cut off behind its first {@code limit} addresses. */
        Ipv4Intervals build(long limit) {
            compact();
            long[] spans = new long[size];
            long[] before = new long[size + 1];
            long sum = 0;
            int kept = 0;
            while (kept < size && sum < limit) {
                long span = flipped[kept] ^ FLIP;
                long count = Math.min(last(span) - first(span) + 1, limit - sum);
                spans[kept] = first(span) << 32 | (first(span) + count - 1);
                sum += count;
                before[++kept] = sum;
            }
            if (kept < size) {
                return new Ipv4Intervals(Arrays.copyOf(spans, kept), Arrays.copyOf(before, kept + 1));
            }
            return new Ipv4Intervals(spans, before);
        }

        boolean isEmpty() {
            return size == 0;
        }

        /** Returns how many ranges fit before the next merge: memory in use, for tests. */
        int capacity() {
            return flipped.length;
        }

        private void compact() {
            Arrays.sort(flipped, 0, size);
            int kept = 0;
            for (int i = 0; i < size; i++) {
                long next = flipped[i] ^ FLIP;
                long previous = kept == 0 ? 0 : flipped[kept - 1] ^ FLIP;
                if (kept > 0 && first(next) <= last(previous) + 1) {
                    long last = Math.max(last(previous), last(next));
                    flipped[kept - 1] = (first(previous) << 32 | last) ^ FLIP;
                } else {
                    flipped[kept++] = next ^ FLIP;
                }
            }
            size = kept;
            Intervals.checkSize(size, maxIntervals);
        }
    }
}
