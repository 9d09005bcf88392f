package io.github.nettyping.target;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;
import java.util.OptionalLong;

/**
 * Disjoint ranges of addresses of one family, ascending, none adjacent to the next. Each knows how many addresses are
 * before it. Immutable.
 */
abstract class Intervals {

    /** Most ranges a set may hold, some hundred MiB. More are a mistake in an octet list. */
    static final int MAX_INTERVALS = 1 << 24;

    private final long[] before;

    /** Takes, without a copy, how many addresses are before each range, and how many there are. */
    Intervals(long[] before) {
        this.before = before;
    }

    abstract long firstHigh(int i);

    abstract long firstLow(int i);

    abstract int scopeId(int i);

    /** Returns the number of ranges. */
    final int size() {
        return before.length - 1;
    }

    /** Returns the number of addresses. */
    final long count() {
        return before[size()];
    }

    /** Returns the number of addresses before range {@code i}; for {@code i == size()} that of all. */
    final long before(int i) {
        return before[i];
    }

    /** Returns the number of an address within the family; empty if it is not in the set. */
    final OptionalLong indexOf(IpAddress address) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (beginsBehind(middle, address)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        int i = low - 1;
        if (i < 0 || scopeId(i) != address.scopeId()) {
            return OptionalLong.empty();
        }
        // No range has more addresses than a long can count.
        long offset = address.low() - firstLow(i);
        boolean within = Unsigned128.minusHigh(address.high(), address.low(), firstHigh(i), firstLow(i)) == 0
                && Long.compareUnsigned(offset, before(i + 1) - before(i)) < 0;
        return within ? OptionalLong.of(before(i) + offset) : OptionalLong.empty();
    }

    private boolean beginsBehind(int i, IpAddress address) {
        return scopeId(i) != address.scopeId()
                ? scopeId(i) > address.scopeId()
                : Unsigned128.compare(firstHigh(i), firstLow(i), address.high(), address.low()) > 0;
    }

    /** Returns the range that holds the address with this number, 0 to {@code count() - 1}. */
    final int locate(long index) {
        int low = 0;
        int high = size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (before(middle) <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Returns range {@code i} as a value. */
    final AddressRange range(int i) {
        long count = before(i + 1) - before(i);
        IpAddress first = new IpAddress(firstHigh(i), firstLow(i), scopeId(i));
        long lastHigh = Unsigned128.plusHigh(first.high(), first.low(), count - 1);
        return new AddressRange(first, new IpAddress(lastHigh, first.low() + count - 1, first.scopeId()), count);
    }

    /** The refusal of a set of too many ranges, for both families. */
    static void checkSize(int size, int maxIntervals) {
        if (size > maxIntervals) {
            throw new IllegalArgumentException("the targets fall into more than " + maxIntervals
                    + " separate ranges of addresses; write whole ranges, or split the targets over several runs");
        }
    }
}
