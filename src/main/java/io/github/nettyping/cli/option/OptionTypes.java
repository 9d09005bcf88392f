package io.github.nettyping.cli.option;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Timestamps;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepRate;
import io.github.nettyping.trace.TraceOptions;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of options are written. Every complaint says what was expected. Stateless. */
public final class OptionTypes {

    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

    /** As {@link SweepOptions} has it. */
    private static final int MIN_BUFFER_BYTES = 4_096;

    private OptionTypes() {}

    public static TypeConversionException unexpected(String text, String expected) {
        return new TypeConversionException('"' + text + "\" (expected: " + expected + ')');
    }

    /** An integer between two others. */
    abstract static class IntegerType implements ITypeConverter<Integer> {

        private final int min;
        private final int max;

        IntegerType(int min, int max) {
            this.min = min;
            this.max = max;
        }

        @Override
        public Integer convert(String text) {
            if (text.matches("[0-9]{1,18}")) {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                    return (int) value;
                }
            }
            throw unexpected(text, "an integer from " + min + " to " + max);
        }
    }

    /** Further tries. */
    public static final class Retries extends IntegerType {
        public Retries() {
            super(0, ProbeOptions.MAX_ATTEMPTS - 1);
        }
    }

    /** Probes in flight. */
    public static final class InFlight extends IntegerType {
        InFlight() {
            super(1, SweepOptions.MAX_IN_FLIGHT);
        }
    }

    /** Event loops. */
    static final class Loops extends IntegerType {
        Loops() {
            super(1, SweepOptions.MAX_LOOPS);
        }
    }

    /** Size of a socket buffer; the kernel doubles it in an int. */
    public static final class BufferBytes extends IntegerType {
        BufferBytes() {
            super(MIN_BUFFER_BYTES, Integer.MAX_VALUE / 2);
        }
    }

    /** ICMP payload. */
    public static final class PayloadBytes extends IntegerType {
        PayloadBytes() {
            super(0, ProbeOptions.MAX_PAYLOAD_BYTES);
        }
    }

    /** Time to live. */
    public static final class HopLimit extends IntegerType {
        HopLimit() {
            super(1, 255);
        }
    }

    /** A number of hops. */
    public static final class Hops extends IntegerType {
        Hops() {
            super(1, TraceOptions.MAX_HOPS);
        }
    }

    /** Probes to a hop. */
    public static final class ProbesPerHop extends IntegerType {
        ProbesPerHop() {
            super(1, TraceOptions.MAX_PROBES_PER_HOP);
        }
    }

    /** How often hops are asked. */
    public static final class Cycles extends IntegerType {
        Cycles() {
            super(1, TraceOptions.MAX_CYCLES);
        }
    }

    /** How many of something. */
    public static final class Count implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (text.matches("[0-9]{1,19}")) {
                BigInteger value = new BigInteger(text);
                if (value.signum() > 0 && value.bitLength() < Long.SIZE) {
                    return value.longValue();
                }
            }
            throw unexpected(text, "an integer, 1 or more");
        }
    }

    /** A factor. */
    public static final class Backoff implements ITypeConverter<Double> {
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

    /** A share, in percent. */
    public static final class Tolerance implements ITypeConverter<Double> {
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

    /** {@code 500}, {@code 10k}, {@code 1m}. */
    public static final class Rate implements ITypeConverter<Long> {

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
    public static final class PaceOfSweep implements ITypeConverter<SweepRate> {
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

    /** A mode of path MTU discovery. */
    public static final class MtuDiscovery implements ITypeConverter<Integer> {
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

    /** Form of the results. */
    public static final class Format implements ITypeConverter<ResultFormat.Name> {
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
    public static final class SweepFormat implements ITypeConverter<ResultFormat.Name> {
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
    public static final class Summary implements ITypeConverter<SummaryForm> {
        @Override
        public SummaryForm convert(String text) {
            return switch (text) {
                case "text" -> SummaryForm.TEXT;
                case "json" -> SummaryForm.JSON;
                default -> throw unexpected(text, "text or json");
            };
        }
    }

    /** Name of a file for a picture, which says which form is wanted. */
    public static final class PictureFile implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            String name = text.toLowerCase(Locale.ROOT);
            if (name.endsWith(".html") || name.endsWith(".png")) {
                return Path.of(text);
            }
            throw unexpected(text, "a file name that ends in .html or .png");
        }
    }

    /** Name of a file to be written. */
    public static final class FileName implements ITypeConverter<Path> {
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
}
