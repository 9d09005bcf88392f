package io.github.nettyping.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.000",
        "499, 0.000",
        "500, 0.001",
        "41250, 0.041",
        "999499, 0.999",
        "999500, 1.000",
        "1234567890, 1234.568",
        "9223372036854775807, 9223372036854.776"
    })
    void millisecondsHaveThreeDecimalsRoundedHalfUp(long nanos, String expected) {
        StringBuilder out = new StringBuilder();
        Numbers.appendMillis(out, nanos);
        assertThat(out).hasToString(expected);
    }

    @Test
    void decimalsAreNeverInScientificNotation() {
        assertThat(Numbers.decimal(123_456_789.125, 2)).isEqualTo("123456789.13");
        assertThat(Numbers.decimal(0.00001, 3)).isEqualTo("0.000");
        assertThat(Numbers.decimal(2.5, 0)).isEqualTo("3");
    }

    @Test
    void timesAlwaysHaveNineDigits() {
        UtcText times = new UtcText();
        StringBuilder out = new StringBuilder();
        // 2026-01-01T00:00:00Z is 1767225600.
        times.append(out, 1_767_225_600_000_000_001L);
        times.append(out.append(' '), 1_767_225_600_120_000_000L);
        out.append(" ").append(UtcText.of(Instant.parse("2026-12-31T23:59:59Z")));
        assertThat(out)
                .hasToString("2026-01-01T00:00:00.000000001Z 2026-01-01T00:00:00.120000000Z"
                        + " 2026-12-31T23:59:59.000000000Z");
    }
}
