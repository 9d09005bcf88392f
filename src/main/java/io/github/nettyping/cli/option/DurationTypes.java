package io.github.nettyping.cli.option;

import io.github.nettyping.monitor.MonitorOptions;
import io.github.nettyping.probe.Pace;
import io.github.nettyping.probe.ProbeOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** How durations are written in options. Every complaint says what was expected. Stateless. */
public final class DurationTypes {

    private static final Duration SHORTEST = Duration.ofNanos(1);
    private static final Duration ONE_MILLI = Duration.ofMillis(1);

    private DurationTypes() {}

    private enum Style {
        /** A bare number is milliseconds. */
        MILLIS("([0-9]{1,18}(?:\\.[0-9]{1,18})?)(ms|s)?", "ms", "a duration such as 250ms, 1s or 1.5s, "),
        /** The same, and minutes and hours. */
        UP_TO_HOURS(
                "([0-9]{1,18}(?:\\.[0-9]{1,18})?)(ms|s|m|h)?", "ms", "a duration such as 250ms, 30s, 10m or 1.5h, "),
        /** A bare number is seconds; also minutes and hours. */
        SECONDS_UP_TO_HOURS(
                "([0-9]{1,12}(?:\\.[0-9]{1,18})?)(ms|s|m|h)?",
                "s",
                "seconds such as 1 or 0.2, or a duration such as 250ms, 30s, 5m or 1h, "),
        /** As in iputils and traceroute: a bare number is seconds, and may begin or end with the point. */
        SECONDS(
                "([0-9]{1,12}(?:\\.[0-9]{0,18})?|\\.[0-9]{1,18})(ms|s)?",
                "s",
                "seconds such as 1 or 0.2, or a duration such as 250ms or 1.5s, ");

        private final Pattern form;
        private final String bareUnit;
        private final String expected;

        Style(String form, String bareUnit, String expected) {
            this.form = Pattern.compile(form);
            this.bareUnit = bareUnit;
            this.expected = expected;
        }
    }

    /** A duration between two others. */
    private abstract static class Bounded implements ITypeConverter<Duration> {

        private final Style style;
        private final Duration min;
        private final Duration max;
        private final String range;

        Bounded(Style style, Duration min, Duration max, String range) {
            this.style = style;
            this.min = min;
            this.max = max;
            this.range = range;
        }

        @Override
        public Duration convert(String text) {
            Matcher matcher = style.form.matcher(text);
            if (matcher.matches()) {
                String unit = matcher.group(2) == null ? style.bareUnit : matcher.group(2);
                BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(nanos(unit(unit)));
                if (nanos.compareTo(nanos(min)) >= 0 && nanos.compareTo(nanos(max)) <= 0) {
                    return Duration.ofNanos(nanos.longValue());
                }
            }
            throw OptionTypes.unexpected(text, style.expected + range);
        }

        private static Duration unit(String name) {
            return switch (name) {
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                default -> ONE_MILLI;
            };
        }

        private static BigDecimal nanos(Duration duration) {
            return BigDecimal.valueOf(duration.toNanos());
        }
    }

    /** For the answer to a probe, or for another short while. */
    public static final class Timeout extends Bounded {
        public Timeout() {
            super(Style.MILLIS, SHORTEST, ProbeOptions.MAX_TIMEOUT, "more than 0, at most 3600s");
        }
    }

    /** As {@link Timeout}, and {@code 0}. */
    public static final class TimeOrNone extends Bounded {
        public TimeOrNone() {
            super(Style.MILLIS, SHORTEST, ProbeOptions.MAX_TIMEOUT, "or 0, at most 3600s");
        }

        @Override
        public Duration convert(String text) {
            return text.matches("0+(\\.0+)?(ms|s)?") ? Duration.ZERO : super.convert(text);
        }
    }

    /** Of a whole sweep, a year at most. */
    public static final class Deadline extends Bounded {
        public Deadline() {
            super(Style.UP_TO_HOURS, SHORTEST, Duration.ofDays(365), "more than 0, at most 8760h");
        }
    }

    public static final class Wait extends Bounded {
        Wait() {
            super(Style.SECONDS, ONE_MILLI, ProbeOptions.MAX_TIMEOUT, "at least 0.001, at most 3600");
        }
    }

    /** Between two probes of a monitor, or two summaries. */
    public static final class Interval extends Bounded {
        Interval() {
            super(
                    Style.SECONDS_UP_TO_HOURS,
                    MonitorOptions.MIN_INTERVAL,
                    MonitorOptions.MAX_INTERVAL,
                    "at least 2ms, at most 24h");
        }
    }

    /** Between two look-ups of a name. */
    public static final class ResolveInterval extends Bounded {
        ResolveInterval() {
            super(
                    Style.SECONDS_UP_TO_HOURS,
                    MonitorOptions.MIN_RESOLVE,
                    MonitorOptions.MAX_INTERVAL,
                    "at least 1s, at most 24h");
        }
    }

    /** From the beginning of a cycle to the next. */
    public static final class CycleInterval extends Bounded {
        CycleInterval() {
            super(Style.SECONDS, Pace.MIN_INTERVAL, Pace.MAX_INTERVAL, "at least 0.001, at most 86400");
        }
    }
}
