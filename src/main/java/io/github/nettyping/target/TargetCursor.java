package io.github.nettyping.target;

import io.github.nettyping.internal.Unsigned128;
import io.github.nettyping.packet.IpAddress;
import java.util.Objects;

/**
 * A place in a {@link Targets} that can be moved and allocates nothing. A step to the next address costs an addition, a
 * jump costs the logarithm of the number of ranges. Confined to one thread; several cursors of one set are independent.
 *
 * <p>Until it was moved a first time, every other method throws an {@link IllegalStateException}.
 */
public final class TargetCursor {

    private final Intervals ipv4;
    private final Intervals ipv6;
    private final long ipv4Count;
    private final long count;

    /** The range the cursor stands in: of which family, which one, and which numbers it covers. */
    private Intervals family;

    private int range = -1;
    private long begin;
    private long end;
    private long baseHigh;
    private long baseLow;

    private long index = -1;
    private long high;
    private long low;
    private int scopeId;

    TargetCursor(Intervals ipv4, Intervals ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
        this.ipv4Count = ipv4.count();
        this.count = ipv4Count + ipv6.count();
        this.family = ipv4;
    }

    /**
     * Moves to an address.
     *
     * @param newIndex its number, 0 to {@code count() - 1} of the set
     * @throws IndexOutOfBoundsException if there is no such address; the cursor stays where it was
     */
    public void moveTo(long newIndex) {
        if (newIndex < begin || newIndex >= end) {
            Objects.checkIndex(newIndex, count);
            enterRangeOf(newIndex);
        }
        index = newIndex;
        high = Unsigned128.plusHigh(baseHigh, baseLow, newIndex - begin);
        low = baseLow + (newIndex - begin);
    }

    private void enterRangeOf(long newIndex) {
        boolean isIpv4 = newIndex < ipv4Count;
        long skipped = isIpv4 ? 0 : ipv4Count;
        Intervals newFamily = isIpv4 ? ipv4 : ipv6;
        boolean isNext = newFamily == family && newIndex == end && range >= 0;
        range = isNext ? range + 1 : newFamily.locate(newIndex - skipped);
        family = newFamily;
        begin = skipped + family.before(range);
        end = skipped + family.before(range + 1);
        baseHigh = family.firstHigh(range);
        baseLow = family.firstLow(range);
        scopeId = family.scopeId(range);
    }

    /** {@return where the cursor stands: the number of the address} */
    public long index() {
        checkMoved();
        return index;
    }

    /** {@return bytes 0 to 7 of the address, as {@link IpAddress#high()}; 0 for IPv4} */
    public long high() {
        checkMoved();
        return high;
    }

    /** {@return bytes 8 to 15 of the address, as {@link IpAddress#low()}; the mapped form for IPv4} */
    public long low() {
        checkMoved();
        return low;
    }

    /** {@return the scope of the address, as {@link IpAddress#scopeId()}: an interface index, 0 for none} */
    public int scopeId() {
        checkMoved();
        return scopeId;
    }

    /** {@return the address as a value of its own; this allocates it} */
    public IpAddress address() {
        checkMoved();
        return new IpAddress(high, low, scopeId);
    }

    private void checkMoved() {
        if (index < 0) {
            throw new IllegalStateException("moveTo was never called");
        }
    }
}
