package io.github.nettyping.probe;

import java.util.Arrays;

/**
 * The bytes of a probe's payload behind the 16 that authenticate the reply, or all bytes of a shorter payload. A reply
 * in which they differ is {@link ReplyFlag#DAMAGED}. Immutable.
 */
public abstract sealed class PayloadFiller {

    /** The longest pattern that {@link #pattern} takes. */
    public static final int MAX_PATTERN_BYTES = 1024;

    private static final PayloadFiller OFFSETS = new Offsets();
    private static final PayloadFiller RANDOM = new Random();

    private PayloadFiller() {}

    /** {@return the default: each byte is its own offset in the payload, modulo 256} */
    public static PayloadFiller offsets() {
        return OFFSETS;
    }

    /**
     * Returns a filler that repeats some bytes, for example to test a link that may lose certain patterns.
     *
     * @param pattern 1 to {@link #MAX_PATTERN_BYTES} bytes, copied
     * @return the filler
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static PayloadFiller pattern(byte... pattern) {
        if (pattern.length == 0 || pattern.length > MAX_PATTERN_BYTES) {
            throw new IllegalArgumentException(
                    "pattern: " + pattern.length + " bytes (expected: 1 to " + MAX_PATTERN_BYTES + ')');
        }
        return new Pattern(pattern);
    }

    /**
     * Returns a filler of bytes that look random and differ in every packet, so that nothing on the path can compress
     * them or answer from a cache. They are computed from the packet's token, so those of a reply are checked as usual.
     *
     * @return the filler
     */
    public static PayloadFiller random() {
        return RANDOM;
    }

    /**
     * Returns eight bytes of a payload, in network order; for code that writes and checks payloads.
     *
     * @param offset of the first of them in the payload
     * @param start  offset of the first byte that this fills; {@code offset} is a multiple of 8 beyond it
     * @param seed   the packet's own, different for each
     * @return the bytes
     */
    public abstract long eightBytes(int offset, int start, long seed);

    private static final class Offsets extends PayloadFiller {

        /** The offsets 0 to 7, and what to add for each byte further on; no byte carries over. */
        private static final long FIRST = 0x0001_0203_0405_0607L;

        private static final long STEP = 0x0101_0101_0101_0101L;

        @Override
        public long eightBytes(int offset, int start, long seed) {
            return FIRST + STEP * (offset & 0xff);
        }

        @Override
        public String toString() {
            return "offsets";
        }
    }

    private static final class Pattern extends PayloadFiller {

        private final byte[] pattern;
        /** The pattern, repeated until it ends at a multiple of eight bytes. */
        private final long[] words;

        Pattern(byte[] pattern) {
            this.pattern = pattern.clone();
            this.words = new long[pattern.length];
            for (int i = 0; i < words.length * Long.BYTES; i++) {
                words[i / Long.BYTES] = words[i / Long.BYTES] << Byte.SIZE | (pattern[i % pattern.length] & 0xff);
            }
        }

        @Override
        public long eightBytes(int offset, int start, long seed) {
            return words[(offset - start) / Long.BYTES % words.length];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pattern that && Arrays.equals(pattern, that.pattern);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(pattern);
        }

        @Override
        public String toString() {
            return "pattern of " + pattern.length + " bytes";
        }
    }

    private static final class Random extends PayloadFiller {

        /** The golden ratio, as SplitMix64 steps through its numbers. Steele, Lea and Flood, OOPSLA 2014, figure 17. */
        private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;

        @Override
        public long eightBytes(int offset, int start, long seed) {
            long mixed = mix(seed) + GOLDEN_GAMMA * (1 + (offset - start) / Long.BYTES);
            return mix(mixed);
        }

        private static long mix(long number) {
            long z = (number ^ number >>> 30) * 0xbf58_476d_1ce4_e5b9L;
            z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
            return z ^ z >>> 31;
        }

        @Override
        public String toString() {
            return "random";
        }
    }
}
