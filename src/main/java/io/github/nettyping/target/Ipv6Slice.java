package io.github.nettyping.target;

import io.github.nettyping.internal.Unsigned128;
import java.util.function.BiConsumer;

/**
 * Disjoint ranges of IPv6 addresses of any size, in order of scope and address: some rows of a table that another
 * object holds. As immutable as that table.
 *
 * <p>Set algebra is here, below {@link Ipv6Intervals}, because what is taken away may have more addresses than a
 * {@code long} can count: a /32 has 2^96. A range without a scope stands for the same addresses on every link; one with
 * a scope for those on that link alone.
 *
 * @param begin the first row of the table
 * @param end   the row behind the last
 */
record Ipv6Slice(Ipv6Columns ranges, int begin, int end) {

    /** Adds to {@code out} what is not in {@code others}, in time linear in both, for each link once. */
    void without(Ipv6Slice others, Ipv6Intervals.Builder out) {
        eachLink(others, (link, left) -> out.add(left));
    }

    /** Adds to {@code out} what is in {@code others}, too: what {@link #without} takes away, in the same time. */
    void intersection(Ipv6Slice others, Ipv6Intervals.Builder out) {
        eachLink(others, (link, left) -> link.subtract(left, out));
    }

    /** Hands over the rows of each link, and what is left of them without others. */
    private void eachLink(Ipv6Slice others, BiConsumer<Ipv6Slice, Ipv6Slice> receiver) {
        Ipv6Slice everywhere = others.ofScopeFrom(0, others.begin);
        int passed = everywhere.end;
        for (int i = begin; i < end; ) {
            Ipv6Slice link = ofScopeFrom(ranges.scope[i], i);
            Ipv6Slice there = others.ofScopeFrom(ranges.scope[i], passed);
            passed = there.end;
            Ipv6Intervals.Builder rest = new Ipv6Intervals.Builder();
            link.subtract(there, rest);
            Ipv6Intervals.Builder left = new Ipv6Intervals.Builder();
            rest.slice().subtract(everywhere, left);
            receiver.accept(link, left.slice());
            i = link.end;
        }
    }

    /** Returns the rows of one scope, none of which is before {@code start}; an empty slice in their place if none. */
    private Ipv6Slice ofScopeFrom(int scope, int start) {
        int first = start;
        while (first < end && ranges.scope[first] < scope) {
            first++;
        }
        int behind = first;
        while (behind < end && ranges.scope[behind] == scope) {
            behind++;
        }
        return new Ipv6Slice(ranges, first, behind);
    }

    // Below, both sides are of one scope each, and that of the other side does not matter.

    private void subtract(Ipv6Slice others, Ipv6Intervals.Builder out) {
        int passed = others.begin;
        for (int i = begin; i < end; i++) {
            passed = others.firstReaching(ranges.firstHigh[i], ranges.firstLow[i], passed);
            subtract(i, others, passed, out);
        }
    }

    private void subtract(int i, Ipv6Slice others, int start, Ipv6Intervals.Builder out) {
        Ipv6Columns theirs = others.ranges;
        long high = ranges.firstHigh[i];
        long low = ranges.firstLow[i];
        for (int j = start; j < others.end && startsWithin(theirs, j, i); j++) {
            long firstHigh = theirs.firstHigh[j];
            long firstLow = theirs.firstLow[j];
            if (Unsigned128.compare(high, low, firstHigh, firstLow) < 0) {
                long lastHigh = Unsigned128.minusHigh(firstHigh, firstLow, 0, 1);
                out.add(high, low, lastHigh, firstLow - 1, ranges.scope[i]);
            }
            if (Unsigned128.compare(theirs.lastHigh[j], theirs.lastLow[j], ranges.lastHigh[i], ranges.lastLow[i])
                    >= 0) {
                // Returns before the address behind their last is computed: it may not exist.
                return;
            }
            high = Unsigned128.plusHigh(theirs.lastHigh[j], theirs.lastLow[j], 1);
            low = theirs.lastLow[j] + 1;
        }
        out.add(high, low, ranges.lastHigh[i], ranges.lastLow[i], ranges.scope[i]);
    }

    private boolean startsWithin(Ipv6Columns theirs, int j, int i) {
        return Unsigned128.compare(theirs.firstHigh[j], theirs.firstLow[j], ranges.lastHigh[i], ranges.lastLow[i]) <= 0;
    }

    /** Returns the first row from {@code start} on whose range does not end before the address. */
    private int firstReaching(long high, long low, int start) {
        int i = start;
        while (i < end && Unsigned128.compare(ranges.lastHigh[i], ranges.lastLow[i], high, low) < 0) {
            i++;
        }
        return i;
    }
}
