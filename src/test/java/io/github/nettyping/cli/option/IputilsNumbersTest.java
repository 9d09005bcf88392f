package io.github.nettyping.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as iputils takes them: examples were tried with its ping, release 20221126. */
class IputilsNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1000000000",
        "0.2, 200000000",
        ".2, 200000000",
        "2., 2000000000",
        "+1, 1000000000",
        "' 1', 1000000000",
        "1e-1, 100000000",
        "2E0, 2000000000",
        "0x1, 1000000000",
        "0X1.8p1, 3000000000",
        "0x.8, 500000000",
        "0.002, 2000000",
        "0, 0",
        "0.0005, 500000",
        "250ms, 250000000",
        "1.5s, 1500000000",
        "86400, 86400000000000"
    })
    void bareNumberIsSeconds(String text, long nanos) {
        assertThat(new IputilsNumbers.Interval().convert(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "-1", "86401", "1m", "1e", "0x", "1e9", "s", "1 s", "1,5", "\u0663", "nan", "inf", "1x"
            })
    void intervalThatIsNoneIsRefusedWithTheLongestOne(String text) {
        assertRefused(new IputilsNumbers.Interval(), text, "at most 86400");
    }

    @Test
    void lessThanAMillisecondIsToWaitForEver() {
        IputilsNumbers.Timeout type = new IputilsNumbers.Timeout();
        assertThat(type.convert("0")).isZero();
        assertThat(type.convert("0.0001")).isZero();
        assertThat(type.convert("0.001")).isEqualTo(Duration.ofMillis(1));
        assertThat(type.convert("2147483")).isEqualTo(Duration.ofSeconds(2_147_483));
        assertRefused(type, "2147484", "at most 2147483");
        assertRefused(type, "-1", "0 for ever");
    }

    @Test
    void deadlineOfZeroIsNone() {
        IputilsNumbers.Deadline type = new IputilsNumbers.Deadline();
        assertThat(type.convert("0")).isZero();
        assertThat(type.convert("1.5")).isEqualTo(Duration.ofMillis(1_500));
        assertThat(type.convert("2147483647")).isEqualTo(Duration.ofSeconds(2_147_483_647));
        assertRefused(type, "2147483648", "0 for none");
    }

    @Test
    void integersMayHaveASignBlanksAndZerosInFront() {
        IputilsNumbers.Count type = new IputilsNumbers.Count();
        assertThat(type.convert("010")).isEqualTo(10);
        assertThat(type.convert("+2")).isEqualTo(2);
        assertThat(type.convert(" 2")).isEqualTo(2);
        assertThat(type.convert("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        for (String text : new String[] {"", "0", "-1", "0x2", "2x", "2 ", "1e1", "9223372036854775808"}) {
            assertRefused(type, text, "1 or more");
        }
    }

    @Test
    void integersHaveTheirRanges() {
        assertThat(new IputilsNumbers.PayloadBytes().convert("65507")).isEqualTo(65_507);
        assertRefused(new IputilsNumbers.PayloadBytes(), "65508", "0 to 65507");
        assertRefused(new IputilsNumbers.HopLimit(), "256", "1 to 255");
        assertRefused(new IputilsNumbers.Preload(), "65537", "1 to 65536");
        assertThat(new IputilsNumbers.Identifier().convert("0")).isZero();
        assertRefused(new IputilsNumbers.Identifier(), "65536", "0 to 65535");
        assertThat(new IputilsNumbers.SendBuffer().convert("1")).isEqualTo(4_096);
        assertRefused(new IputilsNumbers.SendBuffer(), "0", "from 1");
    }

    @Test
    void flowLabelsHaveTwentyBits() {
        IputilsNumbers.FlowLabel type = new IputilsNumbers.FlowLabel();
        assertThat(type.convert("0x12345")).isEqualTo(0x12345);
        assertThat(type.convert("74565")).isEqualTo(0x12345);
        assertThat(type.convert("1048575")).isEqualTo(0xfffff);
        for (String text : new String[] {"", "x", "-1", "1048576", "0x100000", "0x"}) {
            assertRefused(type, text, "0 to 1048575");
        }
    }

    private static void assertRefused(ITypeConverter<?> type, String text, String expected) {
        assertThatThrownBy(() -> type.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageStartingWith('"' + text + '"')
                .hasMessageContaining("expected: ")
                .hasMessageContaining(expected);
    }
}
