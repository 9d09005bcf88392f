package io.github.nettyping.codec;

/** The largest numbers that fields of a size hold. */
final class Fields {

    static final int MAX_8_BITS = 0xff;
    static final int MAX_16_BITS = 0xffff;
    static final long MAX_32_BITS = 0xffff_ffffL;

    private Fields() {}
}
