package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.cli.format.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as ping(8) of iputils prints them, which counts microseconds. The same in every locale. Stateless. */
public final class PingNumbers {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;
    /** Of {@code %g}, printf(3). */
    private static final int SIGNIFICANT_DIGITS = 6;
    /** A smaller exponent makes {@code %g} write one. */
    private static final int SMALLEST_PLAIN_EXPONENT = -4;

    private PingNumbers() {}

    /** Appends the round trip of a line: milliseconds, with more decimals the shorter it is. */
    public static void appendRoundTrip(StringBuilder out, long nanos) {
        // Clocks that were set can make it negative.
        long micros = Math.max(0, nanos) / NANOS_PER_MICRO;
        // Each bound is where rounding makes it one digit longer.
        if (micros >= 99_950) {
            out.append((micros + 500) / MICROS_PER_MILLI);
        } else if (micros >= 9_995) {
            appendDecimals(out, (micros + 50) / 100, 1);
        } else if (micros >= 1_000) {
            appendDecimals(out, (micros + 5) / 10, 2);
        } else {
            appendDecimals(out, micros, 3);
        }
    }

    /** Appends a figure of the statistics: milliseconds with three decimals. */
    public static void appendFigure(StringBuilder out, long nanos) {
        appendDecimals(out, nanos / NANOS_PER_MICRO, 3);
    }

    private static void appendDecimals(StringBuilder out, long number, int decimals) {
        long unit = decimals == 1 ? 10 : decimals == 2 ? 100 : 1_000;
        out.append(number / unit).append('.');
        Numbers.appendPadded(out, number % unit, decimals);
    }

    /** Returns which part of some probes was lost, in percent, by {@code %g} of a {@code float}. */
    static String lossPercent(long sent, long received) {
        float percent = (float) ((sent - received) * 100.0 / sent);
        BigDecimal rounded = new BigDecimal(percent).round(new MathContext(SIGNIFICANT_DIGITS, RoundingMode.HALF_EVEN));
        if (rounded.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = rounded.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        return exponent >= SMALLEST_PLAIN_EXPONENT
                ? stripped.toPlainString()
                : stripped.scaleByPowerOfTen(-exponent).toPlainString() + "e-" + (exponent > -10 ? "0" : "")
                        + -exponent;
    }
}
