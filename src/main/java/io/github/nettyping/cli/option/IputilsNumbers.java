package io.github.nettyping.cli.option;

import io.github.nettyping.PingOptions;
import io.github.nettyping.probe.Pace;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * How numbers are written in the options of ping: as strtol(3) and strtod(3) read them, which ping(8) of iputils uses. Every
 * complaint says what was expected. Stateless.
 */
public final class IputilsNumbers {

    /** Digits, perhaps with a sign and with blanks in front; a leading 0 means nothing. */
    private static final Pattern INTEGER = Pattern.compile("\\s*\\+?([0-9]{1,40})");

    /** A number with a fraction, an exponent, or in hexadecimal, and perhaps a unit of ours. */
    private static final Pattern SECONDS = Pattern.compile("(?i)\\s*\\+?"
            + "((?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:e[+-]?[0-9]{1,9})?"
            + "|0x(?:[0-9a-f]{1,40}(?:\\.[0-9a-f]{0,40})?|\\.[0-9a-f]{1,40})(?:p[+-]?[0-9]{1,9})?)(ms|s)?");

    /** {@code INT_MAX} milliseconds, which is where iputils stops. */
    private static final int MAX_SECONDS = Integer.MAX_VALUE / 1_000;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private IputilsNumbers() {}

    /** Returns what a word says in seconds; empty if it says nothing. */
    private static OptionalDouble seconds(String text) {
        Matcher matcher = SECONDS.matcher(text);
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        String number = matcher.group(1).toLowerCase(Locale.ROOT);
        // Java wants the exponent that C may leave out.
        boolean bareHexadecimal = number.startsWith("0x") && number.indexOf('p') < 0;
        double value = Double.parseDouble(bareHexadecimal ? number + "p0" : number);
        return OptionalDouble.of("ms".equalsIgnoreCase(matcher.group(2)) ? value / MILLIS_PER_SECOND : value);
    }

    private static Duration duration(String text, int maxSeconds, String range) {
        OptionalDouble seconds = seconds(text);
        if (seconds.isPresent() && seconds.getAsDouble() <= maxSeconds) {
            return Duration.ofNanos(Math.round(seconds.getAsDouble() * NANOS_PER_SECOND));
        }
        throw OptionTypes.unexpected(text, "seconds such as 1, 0.2 or 1e-1, or a duration such as 250ms, " + range);
    }

    /** From probe to probe; what is less than a millisecond is none. */
    public static final class Interval implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            int max = (int) Pace.MAX_INTERVAL.toSeconds();
            return duration(text, max, "at most " + max);
        }
    }

    /** For an answer; what is less than a millisecond is for ever, and is zero here. */
    public static final class Timeout implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration time = duration(text, MAX_SECONDS, "or 0 for ever, at most 2147483");
            return time.compareTo(PingOptions.MIN_INTERVAL) < 0 ? Duration.ZERO : time;
        }
    }

    /** Of a whole run; zero if there is none. */
    public static final class Deadline implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration time = duration(text, Integer.MAX_VALUE, "or 0 for none, at most 2147483647");
            return time.compareTo(PingOptions.MIN_INTERVAL) < 0 ? Duration.ZERO : time;
        }
    }

    private abstract static class Whole<T extends Number> implements ITypeConverter<T> {

        private final long min;
        private final long max;

        Whole(long min, long max) {
            this.min = min;
            this.max = max;
        }

        final long number(String text) {
            Matcher matcher = INTEGER.matcher(text);
            if (matcher.matches()) {
                BigInteger value = new BigInteger(matcher.group(1));
                if (value.bitLength() < Long.SIZE && value.longValue() >= min && value.longValue() <= max) {
                    return value.longValue();
                }
            }
            throw OptionTypes.unexpected(
                    text,
                    max == Long.MAX_VALUE
                            ? "an integer, " + min + " or more"
                            : "an integer from " + min + " to " + max);
        }
    }

    private abstract static class WholeInt extends Whole<Integer> {
        WholeInt(int min, int max) {
            super(min, max);
        }

        @Override
        public Integer convert(String text) {
            return (int) number(text);
        }
    }

    public static final class Count extends Whole<Long> {
        Count() {
            super(1, Long.MAX_VALUE);
        }

        @Override
        public Long convert(String text) {
            return number(text);
        }
    }

    public static final class PayloadBytes extends WholeInt {
        PayloadBytes() {
            super(0, 65_507);
        }
    }

    public static final class HopLimit extends WholeInt {
        HopLimit() {
            super(1, 255);
        }
    }

    public static final class Preload extends WholeInt {
        Preload() {
            super(1, PingOptions.MAX_PRELOAD);
        }
    }

    public static final class Identifier extends WholeInt {
        Identifier() {
            super(0, 65_535);
        }
    }

    /** Of a socket; what is too small for the kernel becomes its least. */
    public static final class SendBuffer extends WholeInt {

        private static final int LEAST_BYTES = 4_096;

        SendBuffer() {
            super(1, Integer.MAX_VALUE / 2);
        }

        @Override
        public Integer convert(String text) {
            return Math.max(LEAST_BYTES, super.convert(text));
        }
    }

    /** Of IPv6 headers; 0 for a random one. */
    public static final class FlowLabel implements ITypeConverter<Integer> {

        private static final Pattern FORM = Pattern.compile("([0-9]{1,7})|0[xX]([0-9a-fA-F]{1,5})");
        private static final int MAX = 0xfffff;

        @Override
        public Integer convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (matcher.matches()) {
                int value = matcher.group(2) == null ? Integer.parseInt(text) : Integer.parseInt(matcher.group(2), 16);
                if (value <= MAX) {
                    return value;
                }
            }
            throw OptionTypes.unexpected(text, "0 to 1048575, or 0x0 to 0xfffff");
        }
    }
}
