package io.github.nettyping.cli;

import io.github.nettyping.PingOptions;
import io.github.nettyping.channel.IcmpChannelOption;
import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of ping's own options are written: a bare number is seconds. Stateless. */
final class PingOptionTypes {

    private static final Duration MAX_DEADLINE = Duration.ofDays(36_500);

    private PingOptionTypes() {}

    /** From probe to probe. */
    static final class Interval implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return SecondsTypes.duration(text, Duration.ZERO, PingOptions.MAX_INTERVAL, "at most 86400");
        }
    }

    /** Of the whole run. */
    static final class Deadline implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return SecondsTypes.duration(text, SecondsTypes.MIN_WAIT, MAX_DEADLINE, "at least 0.001");
        }
    }

    /** Number of probes. */
    static final class Count implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return integer(text, 1, Long.MAX_VALUE);
        }
    }

    /** A mode of path MTU discovery. */
    static final class MtuDiscovery implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return switch (text) {
                case "do" -> IcmpChannelOption.MTU_DISCOVER_DO;
                case "want" -> IcmpChannelOption.MTU_DISCOVER_WANT;
                case "dont" -> IcmpChannelOption.MTU_DISCOVER_DONT;
                case "probe" -> IcmpChannelOption.MTU_DISCOVER_PROBE;
                default -> throw OptionTypes.unexpected(text, "do, want, dont or probe");
            };
        }
    }

    /** Bytes in hexadecimal. */
    static final class Filling implements ITypeConverter<PingPattern> {
        @Override
        public PingPattern convert(String text) {
            try {
                return PingPattern.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    private static long integer(String text, long min, long max) {
        if (text.matches("[0-9]{1,19}")) {
            BigDecimal value = new BigDecimal(text);
            if (value.compareTo(BigDecimal.valueOf(min)) >= 0 && value.compareTo(BigDecimal.valueOf(max)) <= 0) {
                return value.longValueExact();
            }
        }
        throw OptionTypes.unexpected(
                text, max == Long.MAX_VALUE ? "an integer, 1 or more" : "an integer from " + min + " to " + max);
    }
}
