package io.github.nettyping.cli;

import io.github.nettyping.PingOptions;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.probe.ProbeOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of ping's own options are written: a bare number is seconds. Stateless. */
final class PingOptionTypes {

    private static final Duration MIN_WAIT = Duration.ofMillis(1);
    private static final Duration MAX_DEADLINE = Duration.ofDays(36_500);
    private static final String FORMS = "seconds such as 1 or 0.2, or a duration such as 250ms or 1.5s, ";

    private PingOptionTypes() {}

    /** From probe to probe. */
    static final class Interval implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return duration(text, Duration.ZERO, PingOptions.MAX_INTERVAL, "at most 86400");
        }
    }

    /** For an answer. */
    static final class Wait implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return duration(text, MIN_WAIT, ProbeOptions.MAX_TIMEOUT, "at least 0.001, at most 3600");
        }
    }

    /** Of the whole run. */
    static final class Deadline implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return duration(text, MIN_WAIT, MAX_DEADLINE, "at least 0.001");
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
                default -> throw unexpected(text, "do, want, dont or probe");
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

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{0,18})?|\\.[0-9]{1,18})(ms|s)?");

    static Duration duration(String text, Duration min, Duration max, String range) {
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long unit = "ms".equals(matcher.group(2)) ? 1_000_000 : 1_000_000_000;
            BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
            boolean inRange = nanos.compareTo(BigDecimal.valueOf(min.toNanos())) >= 0
                    && nanos.compareTo(BigDecimal.valueOf(max.toNanos())) <= 0;
            if (inRange) {
                return Duration.ofNanos(nanos.longValue());
            }
        }
        throw unexpected(text, FORMS + range);
    }

    private static long integer(String text, long min, long max) {
        if (text.matches("[0-9]{1,19}")) {
            BigDecimal value = new BigDecimal(text);
            if (value.compareTo(BigDecimal.valueOf(min)) >= 0 && value.compareTo(BigDecimal.valueOf(max)) <= 0) {
                return value.longValueExact();
            }
        }
        throw unexpected(
                text, max == Long.MAX_VALUE ? "an integer, 1 or more" : "an integer from " + min + " to " + max);
    }

    private static TypeConversionException unexpected(String text, String expected) {
        return new TypeConversionException('"' + text + "\" (expected: " + expected + ')');
    }
}
