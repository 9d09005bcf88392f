package io.github.nettyping.target;

import java.util.Arrays;

/**
 * Which positions of a {@link TargetSequence} are done: all up to a point, and some beyond it. Takes one bit for each
 * position between the first that is missing and the last that is there: about as many as can be under way at once.
 * Confined to one thread.
 */
public final class PositionSet {

    private static final int SMALLEST_WORDS = 8;

    /** A multiple of 64; every position below is in the set. */
    private long floor;

    /** Words before this one are full; their room is reused later. */
    private int head;

    /** Bits from {@link #floor} on begin at word {@link #head}. */
    private long[] words = new long[SMALLEST_WORDS];

    private long count;

    /** Creates an empty set. */
    public PositionSet() {}

    /**
     * {@return a new set, of what {@link #floor()} and {@link #bitmap()} have described}
     *
     * @param floor  a multiple of 64: every position below it is in the set
     * @param bitmap the positions from there on, eight in each byte, the first in its lowest bit
     * @throws IllegalArgumentException if {@code floor} is negative or no multiple of 64
     */
    public static PositionSet of(long floor, byte[] bitmap) {
        if (floor < 0 || floor % Long.SIZE != 0) {
            throw new IllegalArgumentException("floor: " + floor + " (expected: a multiple of 64, 0 or more)");
        }
        PositionSet set = new PositionSet();
        set.floor = floor;
        set.count = floor;
        for (int i = 0; i < bitmap.length; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if ((bitmap[i] & 1 << bit) != 0) {
                    set.add(floor + (long) i * Byte.SIZE + bit);
                }
            }
        }
        return set;
    }

    /**
     * Adds a position.
     *
     * @param position 0 or more
     * @return whether it was not in the set
     */
    public boolean add(long position) {
        if (contains(position)) {
            return false;
        }
        long word = ((position - floor) >>> 6) + head;
        if (word >= words.length) {
            word -= head;
            makeRoom(word);
        }
        words[(int) word] |= 1L << position;
        count++;
        while (head < words.length && words[head] == -1) {
            words[head++] = 0;
            floor += Long.SIZE;
        }
        return true;
    }

    /** Moves the words in use to the beginning, and grows if that makes no room for another word. */
    private void makeRoom(long word) {
        int used = words.length - head;
        long wanted = word < words.length / 2 ? words.length : Math.max(2L * words.length, word + 1);
        if (wanted > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    "more than " + (long) Integer.MAX_VALUE * Long.SIZE + " positions under way");
        }
        long[] moved = new long[(int) wanted];
        System.arraycopy(words, head, moved, 0, used);
        words = moved;
        head = 0;
    }

    /**
     * {@return whether a position is in the set}
     *
     * @param position 0 or more
     */
    public boolean contains(long position) {
        if (position < floor) {
            return true;
        }
        long word = ((position - floor) >>> 6) + head;
        return word < words.length && (words[(int) word] & 1L << position) != 0;
    }

    /** {@return how many positions there are} */
    public long count() {
        return count;
    }

    /**
     * {@return the first position from a given one on that is not in the set}
     *
     * @param from 0 or more
     */
    public long firstMissing(long from) {
        long position = Math.max(from, floor);
        long word = ((position - floor) >>> 6) + head;
        long missing = -1L << position;
        while (word < words.length) {
            long free = ~words[(int) word] & missing;
            if (free != 0) {
                return floor + ((word - head) << 6) + Long.numberOfTrailingZeros(free);
            }
            missing = -1L;
            word++;
        }
        return Math.max(position, floor + (((long) words.length - head) << 6));
    }

    /** {@return one more than the last position; 0 if there is none} */
    public long end() {
        for (int i = words.length - 1; i >= head; i--) {
            if (words[i] != 0) {
                return floor + ((long) (i - head + 1) << 6) - Long.numberOfLeadingZeros(words[i]);
            }
        }
        return floor;
    }

    /** {@return a bound below which nothing is missing: the largest multiple of 64} */
    public long floor() {
        return floor;
    }

    /**
     * {@return which positions there are beyond {@link #floor()}: eight in each byte, the first in the lowest bit}
     * There are no empty bytes at the end.
     */
    public byte[] bitmap() {
        byte[] bytes = new byte[(words.length - head) * Long.BYTES];
        int used = 0;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[head + (i >>> 3)] >>> ((i & 7) * Byte.SIZE));
            used = bytes[i] == 0 ? used : i + 1;
        }
        return Arrays.copyOf(bytes, used);
    }

    /** {@return a set of the same positions that changes on its own} */
    public PositionSet copy() {
        PositionSet copy = new PositionSet();
        copy.floor = floor;
        copy.head = head;
        copy.words = words.clone();
        copy.count = count;
        return copy;
    }

    /** Returns how many there are, and the bound. */
    @Override
    public String toString() {
        return "PositionSet[" + count + " positions, all below " + floor + ']';
    }
}
