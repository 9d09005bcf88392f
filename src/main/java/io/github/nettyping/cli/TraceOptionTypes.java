package io.github.nettyping.cli;

import io.github.nettyping.Pace;
import io.github.nettyping.TraceOptions;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of trace's own options are written. Every complaint says what was expected. Stateless. */
final class TraceOptionTypes {

    private TraceOptionTypes() {}

    /** A number of hops. */
    static final class Hops implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return integer(text, TraceOptions.MAX_HOPS);
        }
    }

    /** Probes to a hop. */
    static final class Probes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return integer(text, TraceOptions.MAX_PROBES_PER_HOP);
        }
    }

    /** How often hops are asked. */
    static final class Cycles implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return integer(text, TraceOptions.MAX_CYCLES);
        }
    }

    /** From the beginning of a cycle to the next. */
    static final class Interval implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return SecondsTypes.duration(text, Pace.MIN_INTERVAL, Pace.MAX_INTERVAL, "at least 0.001, at most 86400");
        }
    }

    private static int integer(String text, int max) {
        if (text.matches("[0-9]{1,18}")) {
            long value = Long.parseLong(text);
            if (value >= 1 && value <= max) {
                return (int) value;
            }
        }
        throw new TypeConversionException('"' + text + "\" (expected: an integer from 1 to " + max + ')');
    }
}
