package io.github.nettyping.cli;

import io.github.nettyping.probe.ProbeOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** How durations are written where a bare number is seconds, as in ping(8) and traceroute(8). Stateless. */
final class SecondsTypes {

    static final Duration MIN_WAIT = Duration.ofMillis(1);

    private static final String FORMS = "seconds such as 1 or 0.2, or a duration such as 250ms or 1.5s, ";

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{0,18})?|\\.[0-9]{1,18})(ms|s)?");

    private SecondsTypes() {}

    /** For an answer. */
    static final class Wait implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return duration(text, MIN_WAIT, ProbeOptions.MAX_TIMEOUT, "at least 0.001, at most 3600");
        }
    }

    /**
     * Returns what was written.
     *
     * @param range what to expect, for people
     * @throws picocli.CommandLine.TypeConversionException if it is none of these forms, or out of its range
     */
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
        throw OptionTypes.unexpected(text, FORMS + range);
    }
}
