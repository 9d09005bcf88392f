package io.github.nettyping.codec;

/** Checks of the numbers that go into fields. */
final class Fields {

    static final int MAX_8_BITS = 0xff;
    static final int MAX_16_BITS = 0xffff;
    static final long MAX_32_BITS = 0xffff_ffffL;

    private Fields() {}

    /** Throws unless a number is within its range; the message names its field. */
    static void check(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + min + " to " + max + ')');
        }
    }
}
