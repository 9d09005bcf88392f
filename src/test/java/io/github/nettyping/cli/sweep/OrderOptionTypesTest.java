package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.target.ShardChoice;
import io.github.nettyping.target.Shard;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

class OrderOptionTypesTest {

    private static void assertRefused(ITypeConverter<?> converter, String text, String expected) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith("\"" + text + "\" (expected: ")
                .hasMessageContaining(expected);
    }

    @Test
    void ordersHaveTheirNames() {
        assertThat(new OrderOptionTypes.Order().convert("sequential")).isEqualTo(OrderOptions.Order.SEQUENTIAL);
        assertThat(new OrderOptionTypes.Order().convert("random")).isEqualTo(OrderOptions.Order.RANDOM);
        assertRefused(new OrderOptionTypes.Order(), "Random", "sequential or random");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void seedIsAnyNumberOf64Bits(long seed) {
        assertThat(new OrderOptionTypes.Seed().convert(Long.toString(seed))).isEqualTo(seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "0x10", "1.0", "9223372036854775808", "-9223372036854775809", "1 ", "٣"})
    void seedThatIsNoneIsRefused(String text) {
        assertRefused(new OrderOptionTypes.Seed(), text, "an integer from -9223372036854775808 to 9223372036854775807");
    }

    @ParameterizedTest
    @CsvSource({"1/1, 1, 1", "2/8, 2, 8", "8/8, 8, 8", "2147483647/2147483647, 2147483647, 2147483647"})
    void partIsCountedFromOne(String text, int index, int count) {
        ShardChoice part = new OrderOptionTypes.Part().convert(text);
        assertThat(part.in(Map.of("JOB_COMPLETION_INDEX", "0"))).isEqualTo(new Shard(index, count));
        assertThat(part).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "0/8", "9/8", "1/0", "0/0", "-1/8", "auto", "auto/0", "a/8", "1/2147483648", "1/8/2"})
    void partThatIsNoneIsRefused(String text) {
        assertRefused(new OrderOptionTypes.Part(), text, "I/N, I from 1 to N, such as 2/8, or auto/N");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "7, 8", "007, 8"})
    void partOfAnIndexedJobFollowsTheEnvironment(String variable, int index) {
        ShardChoice part = new OrderOptionTypes.Part().convert("auto/8");
        assertThat(part.in(Map.of("JOB_COMPLETION_INDEX", variable))).isEqualTo(new Shard(index, 8));
    }

    @Test
    void partOfAnIndexedJobNeedsTheEnvironment() {
        ShardChoice part = new OrderOptionTypes.Part().convert("auto/8");
        assertThatThrownBy(() -> part.in(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "--shard auto/8: the environment variable JOB_COMPLETION_INDEX is not set (expected: 0 to 7, as"
                                + " in a pod of an indexed job); or name the part, such as --shard 1/8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "-1", "one", "1.0", "99999999999999999999"})
    void partOfAnIndexedJobMustBeOneOfThem(String variable) {
        ShardChoice part = new OrderOptionTypes.Part().convert("auto/8");
        assertThatThrownBy(() -> part.in(Map.of("JOB_COMPLETION_INDEX", variable)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JOB_COMPLETION_INDEX is \"" + variable + "\" (expected: 0 to 7,");
    }

    @Test
    void countIsOneOrMore() {
        OptionTypes.Count converter = new OptionTypes.Count();
        assertThat(converter.convert("1")).isEqualTo(1);
        assertThat(converter.convert("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        for (String text : new String[] {"", "0", "-1", "9223372036854775808", "1k", "1.5"}) {
            assertRefused(converter, text, "an integer, 1 or more");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "250, 250",
        "250ms, 250",
        "30s, 30000",
        "1.5s, 1500",
        "10m, 600000",
        "0.5m, 30000",
        "1.5h, 5400000",
        "72h, 259200000",
        "8760h, 31536000000"
    })
    void deadlineMayBeDaysAway(String text, long millis) {
        assertThat(new DurationTypes.Deadline().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "0h", "-1s", "1d", "h", "1 h", "1h30m", "8760.1h", "0.0000001ms", "1e3", "tomorrow"})
    void deadlineThatIsNoneIsRefused(String text) {
        assertRefused(new DurationTypes.Deadline(), text, "a duration such as 250ms, 30s, 10m or 1.5h");
    }
}
