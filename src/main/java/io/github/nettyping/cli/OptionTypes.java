package io.github.nettyping.cli;

import io.github.nettyping.SweepOptions;
import io.github.nettyping.SweepRate;
import io.github.nettyping.Timestamps;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.probe.ProbeOptions;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of options are written. Every complaint says what was expected. Stateless. */
final class OptionTypes {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

    /** As {@link SweepOptions} has it. */
    private static final int MIN_BUFFER_BYTES = 4_096;

    private OptionTypes() {}

    /** {@code 250ms}, {@code 1s}, {@code 1.5s}; a bare number is milliseconds. */
    static final class Timeout implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("(" + DECIMAL + ")(ms|s)?");

        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (matcher.matches()) {
                TimeUnit unit = "s".equals(matcher.group(3)) ? TimeUnit.SECONDS : TimeUnit.MILLISECONDS;
                BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.toNanos(1)));
                boolean inRange = nanos.compareTo(BigDecimal.ONE) >= 0
                        && nanos.compareTo(BigDecimal.valueOf(ProbeOptions.MAX_TIMEOUT.toNanos())) <= 0;
                if (inRange) {
                    return Duration.ofNanos(nanos.longValue());
                }
            }
            throw unexpected(text, "a duration such as 250ms, 1s or 1.5s, more than 0, at most 3600s");
        }
    }

    /** {@code tx}, {@code rx}, {@code user}. */
    static final class Clocks implements ITypeConverter<Timestamps> {
        @Override
        public Timestamps convert(String text) {
            return switch (text) {
                case "tx" -> Timestamps.TRANSMIT;
                case "rx" -> Timestamps.RECEIVE;
                case "user" -> Timestamps.USER;
                default -> throw unexpected(text, "tx, rx or user");
            };
        }
    }

    /** As {@link Timeout}, and {@code 0}. */
    static final class TimeOrNone implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (text.matches("0+(\\.0+)?(ms|s)?")) {
                return Duration.ZERO;
            }
            try {
                return new Timeout().convert(text);
            } catch (TypeConversionException e) {
                throw unexpected(text, "a duration such as 250ms, 1s or 1.5s, or 0, at most 3600s");
            }
        }
    }

    /** Further tries. */
    static final class Retries implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) integer(text, 0, ProbeOptions.MAX_ATTEMPTS - 1);
        }
    }

    /** A factor. */
    static final class Backoff implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (DECIMAL.matcher(text).matches()) {
                double factor = Double.parseDouble(text);
                if (factor >= 1 && factor <= 10) {
                    return factor;
                }
            }
            throw unexpected(text, "a number from 1 to 10");
        }
    }

    /** {@code 500}, {@code 10k}, {@code 1m}. */
    static final class Rate implements ITypeConverter<Long> {

        private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([km]?)");

        @Override
        public Long convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (matcher.matches()) {
                long unit =
                        switch (String.valueOf(matcher.group(2))) {
                            case "k" -> 1_000;
                            case "m" -> 1_000_000;
                            default -> 1;
                        };
                long rate = Long.parseLong(matcher.group(1)) * unit;
                if (rate >= 1 && rate <= SweepOptions.MAX_PROBES_PER_SECOND) {
                    return rate;
                }
            }
            throw unexpected(text, "probes per second, such as 500, 10k or 1m, at least 1, at most 100m");
        }
    }

    /** As {@link Rate}, or {@code auto}: whoever writes that has thought of the network, and gets no ceiling. */
    static final class PaceOfSweep implements ITypeConverter<SweepRate> {
        @Override
        public SweepRate convert(String text) {
            if (text.equals("auto")) {
                return new SweepRate.Auto(OptionalLong.empty());
            }
            try {
                return SweepRate.perSecond(new Rate().convert(text));
            } catch (TypeConversionException e) {
                throw unexpected(text, "probes per second, such as 500, 10k or 1m, at least 1, at most 100m, or auto");
            }
        }
    }

    /** A share, in percent. */
    static final class Tolerance implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
            if (DECIMAL.matcher(number).matches()) {
                double percent = Double.parseDouble(number);
                if (percent >= 0.1 && percent <= 50) {
                    return percent / 100;
                }
            }
            throw unexpected(text, "a share from 0.1% to 50%");
        }
    }

    /** Probes in flight. */
    static final class InFlight implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) integer(text, 1, SweepOptions.MAX_IN_FLIGHT);
        }
    }

    /** Event loops. */
    static final class Loops implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) integer(text, 1, SweepOptions.MAX_LOOPS);
        }
    }

    /** Size of a socket buffer; the kernel doubles it in an int. */
    static final class BufferBytes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) integer(text, MIN_BUFFER_BYTES, Integer.MAX_VALUE / 2);
        }
    }

    /** {@code auto}, or kinds of socket in order of preference. */
    static final class Sockets implements ITypeConverter<SocketPolicy> {
        @Override
        public SocketPolicy convert(String text) {
            return switch (text) {
                case "auto", "dgram,raw" -> SocketPolicy.DGRAM_RAW;
                case "dgram" -> SocketPolicy.DGRAM;
                case "raw" -> SocketPolicy.RAW;
                case "raw,dgram" -> SocketPolicy.RAW_DGRAM;
                default -> throw unexpected(text, "auto, dgram, raw, dgram,raw or raw,dgram");
            };
        }
    }

    /** Form of the results. */
    static final class Format implements ITypeConverter<ResultFormat.Name> {
        @Override
        public ResultFormat.Name convert(String text) {
            return switch (text) {
                case "text" -> ResultFormat.Name.TEXT;
                case "jsonl" -> ResultFormat.Name.JSONL;
                default -> throw unexpected(text, "text or jsonl");
            };
        }
    }

    /** Form of the results of a sweep, which has one more. */
    static final class SweepFormat implements ITypeConverter<ResultFormat.Name> {
        @Override
        public ResultFormat.Name convert(String text) {
            return switch (text) {
                case "text" -> ResultFormat.Name.TEXT;
                case "jsonl" -> ResultFormat.Name.JSONL;
                case "csv" -> ResultFormat.Name.CSV;
                default -> throw unexpected(text, "text, jsonl or csv");
            };
        }
    }

    /** Form of a summary or a report. */
    static final class Summary implements ITypeConverter<SummaryForm> {
        @Override
        public SummaryForm convert(String text) {
            return switch (text) {
                case "text" -> SummaryForm.TEXT;
                case "json" -> SummaryForm.JSON;
                default -> throw unexpected(text, "text or json");
            };
        }
    }

    /** Name of a file to be written. */
    static final class FileName implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            try {
                Path path = Path.of(text);
                if (path.getFileName() != null && !text.isEmpty()) {
                    return path;
                }
            } catch (InvalidPathException e) {
                // As any other name that is none.
            }
            throw unexpected(text, "the name of a file");
        }
    }

    private static long integer(String text, long min, long max) {
        if (text.matches("[0-9]{1,18}")) {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw unexpected(text, "an integer from " + min + " to " + max);
    }

    static TypeConversionException unexpected(String text, String expected) {
        return new TypeConversionException('"' + text + "\" (expected: " + expected + ')');
    }
}
