package io.github.nettyping.target;

/**
 * An order of the numbers 0 to {@code size - 1} that looks random and depends on a seed alone. It is the same on every
 * machine and in every version of this program, because several of them may share a run. Takes no memory, whatever the
 * size. Immutable.
 *
 * <p>A Feistel network over the smallest power of two that holds all numbers. A result beyond the last number is mapped
 * again ("cycle walking"), at most twice on average, so that exactly the numbers of the range remain.
 *
 * <p>This is no encryption: it spreads the load over networks, and an observer may find out what comes next.
 *
 * @see <a href="https://doi.org/10.1007/3-540-45760-7_9">Black, Rogaway: Ciphers with Arbitrary Finite Domains</a>
 */
final class Permutation {

    /** Each changes one half. Luby and Rackoff need four; with small halves more mix better. */
    private static final int ROUNDS = 8;

    /** The fractional part of the golden ratio, by which SplitMix64 steps. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long size;
    private final int lowBits;
    private final long lowMask;
    private final long highMask;
    private final long[] keys = new long[ROUNDS];

    /**
     * Makes an order.
     *
     * @param size how many numbers, 0 or more
     * @param seed any number; each has an order of its own
     */
    Permutation(long size, long seed) {
        this.size = size;
        int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, size - 1)));
        this.lowBits = bits / 2;
        this.lowMask = (1L << lowBits) - 1;
        this.highMask = (1L << (bits - lowBits)) - 1;
        for (int round = 0; round < ROUNDS; round++) {
            keys[round] = mix(seed + (round + 1) * GOLDEN);
        }
    }

    /** Returns the number at a place, 0 to {@code size - 1}. */
    long at(long place) {
        long number = place;
        do {
            number = encrypt(number);
        } while (number >= size);
        return number;
    }

    /** Returns the place of a number, 0 to {@code size - 1}. */
    long placeOf(long number) {
        long place = number;
        do {
            place = decrypt(place);
        } while (place >= size);
        return place;
    }

    private long encrypt(long number) {
        long low = number & lowMask;
        long high = number >>> lowBits;
        for (int round = 0; round < ROUNDS; round += 2) {
            high ^= mix(low + keys[round]) & highMask;
            low ^= mix(high + keys[round + 1]) & lowMask;
        }
        return high << lowBits | low;
    }

    private long decrypt(long number) {
        long low = number & lowMask;
        long high = number >>> lowBits;
        for (int round = ROUNDS - 2; round >= 0; round -= 2) {
            low ^= mix(high + keys[round + 1]) & lowMask;
            high ^= mix(low + keys[round]) & highMask;
        }
        return high << lowBits | low;
    }

    /** The finalizer of SplitMix64: every bit of the result depends on every bit given. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
