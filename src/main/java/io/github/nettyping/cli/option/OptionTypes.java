package io.github.nettyping.cli.option;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.format.SummaryForm;
import io.github.nettyping.monitor.MonitorOptions;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Timestamps;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepRate;
import io.github.nettyping.trace.TraceOptions;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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

    public static final class Retries extends IntegerType {
        public Retries() {
            super(0, ProbeOptions.MAX_ATTEMPTS - 1);
        }
    }

    public static final class InFlight extends IntegerType {
        InFlight() {
            super(1, SweepOptions.MAX_IN_FLIGHT);
        }
    }

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

    public static final class PayloadBytes extends IntegerType {
        PayloadBytes() {
            super(0, ProbeOptions.MAX_PAYLOAD_BYTES);
        }
    }

    public static final class HopLimit extends IntegerType {
        HopLimit() {
            super(1, 255);
        }
    }

    public static final class Hops extends IntegerType {
        Hops() {
            super(1, TraceOptions.MAX_HOPS);
        }
    }

    public static final class ProbesPerHop extends IntegerType {
        ProbesPerHop() {
            super(1, TraceOptions.MAX_PROBES_PER_HOP);
        }
    }

    public static final class Cycles extends IntegerType {
        Cycles() {
            super(1, TraceOptions.MAX_CYCLES);
        }
    }

    /** A number of probes in a row, or in a window. */
    public static final class Probes extends IntegerType {
        Probes() {
            super(1, MonitorOptions.MAX_WINDOW);
        }
    }

    /** A part of a whole, as a ratio; the sign may be left out. */
    public static final class Percent implements ITypeConverter<Double> {

        private static final int WHOLE = 100;

        @Override
        public Double convert(String text) {
            String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
            if (DECIMAL.matcher(number).matches() && Double.parseDouble(number) <= WHOLE) {
                return Double.parseDouble(number) / WHOLE;
            }
            throw unexpected(text, "a percentage from 0 to 100, such as 20 or 2.5%");
        }
    }

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

    private static final Pattern RATE = Pattern.compile("([0-9]{1,12})([km]?)");

    /** Returns probes per second, such as {@code 500}, {@code 10k} or {@code 1m}; empty if it is no rate that can be had. */
    public static OptionalLong rate(String text) {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long unit =
                switch (String.valueOf(matcher.group(2))) {
                    case "k" -> 1_000;
                    case "m" -> 1_000_000;
                    default -> 1;
                };
        long rate = Long.parseLong(matcher.group(1)) * unit;
        return rate >= 1 && rate <= SweepOptions.MAX_PROBES_PER_SECOND ? OptionalLong.of(rate) : OptionalLong.empty();
    }

    public static final class Rate implements ITypeConverter<Long> {

        private static final String EXPECTED = "probes per second, such as 500, 10k or 1m, at least 1, at most 100m";

        @Override
        public Long convert(String text) {
            return rate(text).orElseThrow(() -> unexpected(text, EXPECTED));
        }
    }

    /** As {@link Rate}, or {@code auto}: whoever writes that has thought of the network, and gets no ceiling. */
    public static final class PaceOfSweep implements ITypeConverter<SweepRate> {
        @Override
        public SweepRate convert(String text) {
            return text.equals("auto")
                    ? new SweepRate.Auto(OptionalLong.empty())
                    : SweepRate.perSecond(rate(text).orElseThrow(() -> unexpected(text, Rate.EXPECTED + ", or auto")));
        }
    }

    /** One of some words. */
    public abstract static class WordType<T> implements ITypeConverter<T> {

        private final String expected;
        private final Map<String, T> values;

        protected WordType(String expected, Map<String, T> values) {
            this.expected = expected;
            this.values = values;
        }

        @Override
        public T convert(String text) {
            T value = values.get(text);
            if (value == null) {
                throw unexpected(text, expected);
            }
            return value;
        }
    }

    static final class Clocks extends WordType<Timestamps> {
        Clocks() {
            super(
                    "tx, rx or user",
                    Map.of("tx", Timestamps.TRANSMIT, "rx", Timestamps.RECEIVE, "user", Timestamps.USER));
        }
    }

    /** {@code auto}, or kinds of socket in order of preference. */
    static final class Sockets extends WordType<SocketPolicy> {
        Sockets() {
            super(
                    "auto, dgram, raw, dgram,raw or raw,dgram",
                    Map.of(
                            "auto", SocketPolicy.DGRAM_RAW,
                            "dgram", SocketPolicy.DGRAM,
                            "raw", SocketPolicy.RAW,
                            "dgram,raw", SocketPolicy.DGRAM_RAW,
                            "raw,dgram", SocketPolicy.RAW_DGRAM));
        }
    }

    public static final class MtuDiscovery extends WordType<Integer> {
        MtuDiscovery() {
            super(
                    "do, want, dont or probe",
                    Map.of(
                            "do", IcmpChannelOption.MTU_DISCOVER_DO,
                            "want", IcmpChannelOption.MTU_DISCOVER_WANT,
                            "dont", IcmpChannelOption.MTU_DISCOVER_DONT,
                            "probe", IcmpChannelOption.MTU_DISCOVER_PROBE));
        }
    }

    public static final class Format extends WordType<ResultFormat.Name> {
        Format() {
            super("text or jsonl", Map.of("text", ResultFormat.Name.TEXT, "jsonl", ResultFormat.Name.JSONL));
        }
    }

    /** Form of the results of a sweep, which has one more. */
    public static final class SweepFormat extends WordType<ResultFormat.Name> {
        public SweepFormat() {
            super(
                    "text, jsonl or csv",
                    Map.of(
                            "text", ResultFormat.Name.TEXT,
                            "jsonl", ResultFormat.Name.JSONL,
                            "csv", ResultFormat.Name.CSV));
        }
    }

    public static final class Summary extends WordType<SummaryForm> {
        public Summary() {
            super("text or json", Map.of("text", SummaryForm.TEXT, "json", SummaryForm.JSON));
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
