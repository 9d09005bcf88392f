package io.github.nettyping.cli.bench;

import java.util.OptionalLong;

/**
 * At which rate the probes of a benchmark are sent. Immutable.
 *
 * @param perSecond the rate, if it is the user
 */
record BenchRate(Mode mode, OptionalLong perSecond) {

    /** Who decides. */
    enum Mode {
        /** The user. */
        FIXED,
        /** The replies, by coming back. */
        MAX,
        /** A search. */
        FIND
    }

    static final BenchRate MAX = new BenchRate(Mode.MAX, OptionalLong.empty());
    static final BenchRate FIND = new BenchRate(Mode.FIND, OptionalLong.empty());

    static BenchRate of(long perSecond) {
        return new BenchRate(Mode.FIXED, OptionalLong.of(perSecond));
    }
}
