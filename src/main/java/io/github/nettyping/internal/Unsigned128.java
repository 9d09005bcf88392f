package io.github.nettyping.internal;

/** Arithmetic on 128-bit unsigned numbers in two halves. Stateless. */
public final class Unsigned128 {

    private Unsigned128() {}

    public static int compare(long aHigh, long aLow, long bHigh, long bLow) {
        int high = Long.compareUnsigned(aHigh, bHigh);
        return high != 0 ? high : Long.compareUnsigned(aLow, bLow);
    }

    /** Returns the upper half of {@code (high, low) + addend}; the lower half is {@code low + addend}. */
    public static long plusHigh(long high, long low, long addend) {
        return Long.compareUnsigned(low + addend, low) < 0 ? high + 1 : high;
    }

    /** Returns the upper half of {@code a - b}; the lower half is {@code aLow - bLow}. */
    public static long minusHigh(long aHigh, long aLow, long bHigh, long bLow) {
        return aHigh - bHigh - (Long.compareUnsigned(aLow, bLow) < 0 ? 1 : 0);
    }

    /** Returns how many numbers lie in {@code first} to {@code last}, both included, at most {@code cap}. */
    public static long countUpTo(long cap, long firstHigh, long firstLow, long lastHigh, long lastLow) {
        long difference = lastLow - firstLow;
        if (minusHigh(lastHigh, lastLow, firstHigh, firstLow) != 0 || difference < 0 || difference >= cap) {
            return cap;
        }
        return difference + 1;
    }

    /** Returns the upper half of the mask of a prefix of {@code length} bits, 0 to 128. */
    public static long maskHigh(int length) {
        return mask64(Math.min(length, 64));
    }

    /** Returns the lower half of the mask of a prefix of {@code length} bits, 0 to 128. */
    public static long maskLow(int length) {
        return mask64(Math.max(length - 64, 0));
    }

    private static long mask64(int length) {
        // A shift by 64 is a shift by 0 in Java.
        return length == 0 ? 0 : -1L << (64 - length);
    }
}
