package io.github.nettyping.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.ping.iputils.PingPattern;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

class PingOptionTypesTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1000000000",
        "0.2, 200000000",
        ".2, 200000000",
        "2., 2000000000",
        "0.002, 2000000",
        "250ms, 250000000",
        "1.5s, 1500000000",
        "86400, 86400000000000"
    })
    void bareNumberIsSeconds(String text, long nanos) {
        assertThat(new DurationTypes.CycleInterval().convert(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-1", "86401", "1m", "1e3", "s", "1 s", "1,5", "٣", "nan"})
    void intervalThatIsNoneIsRefusedWithTheLongestOne(String text) {
        assertRefused(new DurationTypes.CycleInterval(), text, "at most 86400");
    }

    @Test
    void pathMtuDiscoveryHasItsWords() {
        OptionTypes.MtuDiscovery modes = new OptionTypes.MtuDiscovery();
        // IP_PMTUDISC_* of linux/in.h.
        assertThat(modes.convert("dont")).isZero();
        assertThat(modes.convert("want")).isEqualTo(1);
        assertThat(modes.convert("do")).isEqualTo(2);
        assertThat(modes.convert("probe")).isEqualTo(3);
        assertRefused(modes, "maybe", "do, want, dont or probe");
    }

    @Test
    void patternIsHexadecimalAndItsLastDigitMayBeAlone() {
        PingPattern.Digits filling = new PingPattern.Digits();
        assertThat(filling.convert("FF").line()).isEqualTo("PATTERN: 0xff");
        assertThat(filling.convert("abc").line()).isEqualTo("PATTERN: 0xab0c");
        assertThat(filling.convert("0123456789abcdef0123456789abcdef").hex()).hasSize(32);
        for (String text : new String[] {"", "xy", "0x12", "0123456789abcdef0123456789abcdef0"}) {
            assertRefused(filling, text, "hexadecimal digits for 1 to 16 bytes");
        }
    }

    @Test
    void waitsHaveTheirRanges() {
        assertThat(new DurationTypes.Wait().convert("0.001")).isEqualTo(Duration.ofMillis(1));
        assertThat(new DurationTypes.Wait().convert("3600")).isEqualTo(Duration.ofHours(1));
        assertRefused(new DurationTypes.Wait(), "3600.1", "at most 3600");
        assertRefused(new DurationTypes.Wait(), "0", "at least 0.001");
    }

    @Test
    void integersHaveTheirRanges() {
        assertThat(new OptionTypes.Count().convert("1")).isEqualTo(1);
        assertThat(new OptionTypes.Count().convert("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertRefused(new OptionTypes.Count(), "9223372036854775808", "1 or more");
        assertRefused(new OptionTypes.Count(), "0", "1 or more");
        assertThat(new OptionTypes.PayloadBytes().convert("0")).isZero();
        assertThat(new OptionTypes.PayloadBytes().convert("65507")).isEqualTo(65_507);
        assertRefused(new OptionTypes.PayloadBytes(), "65508", "0 to 65507");
    }

    private static void assertRefused(ITypeConverter<?> type, String text, String expected) {
        assertThatThrownBy(() -> type.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith('"' + text + '"')
                .hasMessageContaining("expected: ")
                .hasMessageContaining(expected);
    }
}
