package io.github.nettyping.cli.fping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FpingNumbersTest {

    /** Texts by printf(1) with the formats of fping: %.3f below 1, %.2f below 10, %.1f below 100, %.0f, %.3e. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.000",
        "64000, 0.064",
        "64499, 0.064",
        "999499, 0.999",
        "999999, 1.000",
        "1000000, 1.00",
        "1234567, 1.23",
        "9999999, 10.00",
        "12345678, 12.3",
        "99990000, 100.0",
        "123456789, 123",
        "999999400000, 999999",
        "1234567000000, 1.235e+06"
    })
    void timesHaveAboutThreeDigits(long nanos, String text) {
        assertThat(FpingNumbers.millis(nanos)).isEqualTo(text);
    }

    @Test
    void secondsHaveFiveDecimals() {
        StringBuilder text = new StringBuilder();
        FpingNumbers.appendSeconds(text, 1_700_000_000_000_046_000L);
        assertThat(text.toString()).isEqualTo("1700000000.00005");
    }

    @Test
    void wholeNumbersAreThoseOfStrtoul() {
        assertThat(FpingNumbers.unsigned("17", false)).hasValue(17);
        assertThat(FpingNumbers.unsigned(" \t+017", false)).hasValue(17);
        assertThat(FpingNumbers.unsigned("4294967297", false)).hasValue(1);
        assertThat(FpingNumbers.unsigned("0x1f", true)).hasValue(31);
        assertThat(FpingNumbers.unsigned("017", true)).hasValue(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "1x", "-1", "++1", "1 ", "0x1f", "\u0661", "18446744073709551616"})
    void whatIsNoWholeNumberIsNone(String text) {
        assertThat(FpingNumbers.unsigned(text, false)).isEmpty();
    }

    @Test
    void numbersAreThoseOfStrtod() {
        assertThat(FpingNumbers.decimal("0.5")).hasValue(0.5);
        assertThat(FpingNumbers.decimal(" .5")).hasValue(0.5);
        assertThat(FpingNumbers.decimal("1e3")).hasValue(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1x", "-1", "1,5", "1f", "1d", "inf", "NaN", "1e999", "1 "})
    void whatIsNoNumberIsNone(String text) {
        assertThat(FpingNumbers.decimal(text)).isEmpty();
    }
}
