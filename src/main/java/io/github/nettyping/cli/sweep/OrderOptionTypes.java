package io.github.nettyping.cli.sweep;

import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.target.ShardChoice;
import java.math.BigInteger;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** How the values of {@link OrderOptions} are written. Every complaint says what was expected. Stateless. */
final class OrderOptionTypes {

    /** The sign of mathematics, U+2212. */
    private static final char MINUS = '\u2212';

    private OrderOptionTypes() {}

    static final class Order extends OptionTypes.WordType<OrderOptions.Order> {
        Order() {
            super(
                    "sequential or random",
                    Map.of("sequential", OrderOptions.Order.SEQUENTIAL, "random", OrderOptions.Order.RANDOM));
        }
    }

    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String word) {
            String text = word.replace(MINUS, '-');
            if (text.matches("[+-]?[0-9]{1,19}")) {
                BigInteger value = new BigInteger(text);
                if (value.bitLength() < Long.SIZE) {
                    return value.longValue();
                }
            }
            throw OptionTypes.unexpected(text, "an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE);
        }
    }

    /** Has a negative number begin with what is no dash: else picocli takes -42 for the option -4, and misses the number. */
    static final class Negative implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> words, CommandSpec command, ArgSpec argument, Map<String, Object> circumstances) {
            if (!words.isEmpty() && words.peek().matches("-[0-9]+")) {
                words.push(MINUS + words.pop().substring(1));
            }
            return false;
        }
    }

    /** {@code 2/8}, {@code auto/8}. */
    static final class Part implements ITypeConverter<ShardChoice> {

        private static final Pattern FORM = Pattern.compile("(?:auto|([0-9]{1,10}))/([0-9]{1,10})");

        @Override
        public ShardChoice convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (matcher.matches()) {
                String part = matcher.group(1);
                long count = Long.parseLong(matcher.group(2));
                long index = part == null ? 1 : Long.parseLong(part);
                if (index >= 1 && index <= count && count <= Integer.MAX_VALUE) {
                    return new ShardChoice(
                            part == null ? OptionalInt.empty() : OptionalInt.of((int) index), (int) count);
                }
            }
            throw OptionTypes.unexpected(
                    text, "I/N, I from 1 to N, such as 2/8, or auto/N, N at most " + Integer.MAX_VALUE);
        }
    }
}
