package io.github.nettyping.target;

import io.github.nettyping.internal.Unsigned128;
import java.util.Arrays;

/** A table of IPv6 ranges, one array a column: a million ranges are five objects. Confined to one thread. */
final class Ipv6Columns {

    final long[] firstHigh;
    final long[] firstLow;
    final long[] lastHigh;
    final long[] lastLow;
    final int[] scope;

    Ipv6Columns(int capacity) {
        this(new long[capacity], new long[capacity], new long[capacity], new long[capacity], new int[capacity]);
    }

    private Ipv6Columns(long[] firstHigh, long[] firstLow, long[] lastHigh, long[] lastLow, int[] scope) {
        this.firstHigh = firstHigh;
        this.firstLow = firstLow;
        this.lastHigh = lastHigh;
        this.lastLow = lastLow;
        this.scope = scope;
    }

    int capacity() {
        return scope.length;
    }

    void set(int i, long newFirstHigh, long newFirstLow, long newLastHigh, long newLastLow, int newScope) {
        firstHigh[i] = newFirstHigh;
        firstLow[i] = newFirstLow;
        lastHigh[i] = newLastHigh;
        lastLow[i] = newLastLow;
        scope[i] = newScope;
    }

    void copy(int from, int to) {
        set(to, firstHigh[from], firstLow[from], lastHigh[from], lastLow[from], scope[from]);
    }

    /** Returns how many addresses range {@code i} has, at most {@code cap}. */
    long count(int i, long cap) {
        return Unsigned128.countUpTo(cap, firstHigh[i], firstLow[i], lastHigh[i], lastLow[i]);
    }

    /** Keeps the first {@code count} addresses of range {@code i}, which has at least so many. */
    void cut(int i, long count) {
        lastHigh[i] = Unsigned128.plusHigh(firstHigh[i], firstLow[i], count - 1);
        lastLow[i] = firstLow[i] + count - 1;
    }

    Ipv6Columns resized(int capacity) {
        return new Ipv6Columns(
                Arrays.copyOf(firstHigh, capacity),
                Arrays.copyOf(firstLow, capacity),
                Arrays.copyOf(lastHigh, capacity),
                Arrays.copyOf(lastLow, capacity),
                Arrays.copyOf(scope, capacity));
    }

    /**
     * Extends range {@code i} by range {@code next}, which does not begin before it, if they overlap or touch.
     *
     * @return whether they did
     */
    boolean mergeInto(int i, int next) {
        if (scope[i] != scope[next]) {
            return false;
        }
        boolean overlaps = Unsigned128.compare(firstHigh[next], firstLow[next], lastHigh[i], lastLow[i]) <= 0;
        // No range begins behind the highest address, so the sum cannot wrap into a false "touches".
        boolean touches =
                lastLow[i] + 1 == firstLow[next] && Unsigned128.plusHigh(lastHigh[i], lastLow[i], 1) == firstHigh[next];
        if (!overlaps && !touches) {
            return false;
        }
        if (Unsigned128.compare(lastHigh[next], lastLow[next], lastHigh[i], lastLow[i]) > 0) {
            lastHigh[i] = lastHigh[next];
            lastLow[i] = lastLow[next];
        }
        return true;
    }

    /** Returns the first {@code size} ranges in order of scope and first address; this table, if they are so. */
    Ipv6Columns sorted(int size) {
        int unsorted = 1;
        while (unsorted < size && compare(unsorted - 1, unsorted) <= 0) {
            unsorted++;
        }
        if (unsorted >= size) {
            return this;
        }
        int[] order = order(size);
        Ipv6Columns sorted = new Ipv6Columns(capacity());
        for (int i = 0; i < size; i++) {
            int from = order[i];
            sorted.set(i, firstHigh[from], firstLow[from], lastHigh[from], lastLow[from], scope[from]);
        }
        return sorted;
    }

    private int compare(int a, int b) {
        return scope[a] != scope[b]
                ? Integer.compare(scope[a], scope[b])
                : Unsigned128.compare(firstHigh[a], firstLow[a], firstHigh[b], firstLow[b]);
    }

    /** A merge sort of row numbers: the JDK sorts primitives by their own order only, and boxing costs 16 bytes each. */
    private int[] order(int size) {
        int[] from = new int[size];
        Arrays.setAll(from, i -> i);
        int[] to = new int[size];
        for (long width = 1; width < size; width *= 2) {
            for (long start = 0; start < size; start += 2 * width) {
                int middle = (int) Math.min(start + width, size);
                int end = (int) Math.min(start + 2 * width, size);
                merge(from, (int) start, middle, end, to);
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private void merge(int[] from, int start, int middle, int end, int[] to) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = right >= end || (left < middle && compare(from[left], from[right]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
