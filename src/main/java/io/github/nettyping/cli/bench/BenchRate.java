package io.github.nettyping.cli.bench;

import io.github.nettyping.cli.option.OptionTypes;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;

/**
 * At which rate the probes of a benchmark are sent. Immutable.
 *
 * @param perSecond the rate, if it is the user
 */
record BenchRate(Mode mode, OptionalLong perSecond) {

    enum Mode {
        /** The user. */
        FIXED,
        /** The replies, by coming back. */
        MAX,
        FIND
    }

    static final BenchRate MAX = new BenchRate(Mode.MAX, OptionalLong.empty());
    static final BenchRate FIND = new BenchRate(Mode.FIND, OptionalLong.empty());

    /** How it is written: as {@link OptionTypes#rate} takes it, {@code max} or {@code find}. Stateless. */
    static final class Type implements ITypeConverter<BenchRate> {
        @Override
        public BenchRate convert(String text) {
            return switch (text) {
                case "max" -> MAX;
                case "find" -> FIND;
                default ->
                    of(OptionTypes.rate(text)
                            .orElseThrow(() -> OptionTypes.unexpected(
                                    text, "probes per second, such as 500, 10k or 1m, or max, or find")));
            };
        }
    }

    static BenchRate of(long perSecond) {
        return new BenchRate(Mode.FIXED, OptionalLong.of(perSecond));
    }
}
