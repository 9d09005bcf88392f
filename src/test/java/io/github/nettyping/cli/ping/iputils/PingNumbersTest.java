package io.github.nettyping.cli.ping.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("sets the JVM's locale")
class PingNumbersTest {

    /** The longer, the fewer decimals; microseconds are cut off before. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.000",
        "-5000, 0.000",
        "45999, 0.045",
        "999999, 0.999",
        "1000000, 1.00",
        "1004999, 1.00",
        "1005000, 1.01",
        "9994999, 9.99",
        "9995000, 10.0",
        "12345678, 12.3",
        "12350000, 12.4",
        "99949999, 99.9",
        "99950000, 100",
        "100499999, 100",
        "100500000, 101",
        "12345678901, 12346"
    })
    void roundTripHasDecimalsByItsLength(long nanos, String expected) {
        StringBuilder out = new StringBuilder();
        PingNumbers.appendRoundTrip(out, nanos);
        assertThat(out).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.000", "45999, 0.045", "12345678901, 12345.678"})
    void figuresHaveThreeDecimals(long nanos, String expected) {
        StringBuilder out = new StringBuilder();
        PingNumbers.appendFigure(out, nanos);
        assertThat(out).hasToString(expected);
    }

    /** Golden values of printf(3) with %g. */
    @ParameterizedTest
    @CsvSource({
        "3, 3, 0",
        "3, 0, 100",
        "3, 2, 33.3333",
        "3, 1, 66.6667",
        "8, 7, 12.5",
        "10, 9, 10",
        "1001, 1000, 0.0999001",
        "7, 6, 14.2857",
        "1000000, 999999, 0.0001",
        "10000000, 9999999, 1e-05",
        "3000000, 2999999, 3.33333e-05",
        "1000000, 1, 99.9999",
        "100000000, 1, 100"
    })
    void lossHasSixSignificantDigits(long sent, long received, String expected) {
        assertThat(PingNumbers.lossPercent(sent, received)).isEqualTo(expected);
    }

    @Test
    void noLocaleChangesANumber() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            roundTripHasDecimalsByItsLength(12_345_678, "12.3");
            lossHasSixSignificantDigits(3, 2, "33.3333");
        } finally {
            Locale.setDefault(before);
        }
    }
}
