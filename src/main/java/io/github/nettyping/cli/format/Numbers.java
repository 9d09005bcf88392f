package io.github.nettyping.cli.format;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as text, the same in every locale. Stateless. */
public final class Numbers {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;

    private Numbers() {}

    /** Returns nanoseconds as {@link #appendMillis} appends them. */
    public static String millis(long nanos) {
        StringBuilder text = new StringBuilder();
        appendMillis(text, nanos);
        return text.toString();
    }

    /** Appends nanoseconds as milliseconds with three decimals, rounded half up, without garbage. */
    static void appendMillis(StringBuilder out, long nanos) {
        long micros = nanos / NANOS_PER_MICRO + (nanos % NANOS_PER_MICRO >= NANOS_PER_MICRO / 2 ? 1 : 0);
        out.append(micros / MICROS_PER_MILLI).append('.');
        appendPadded(out, micros % MICROS_PER_MILLI, 3);
    }

    /** Appends a number that is not negative with leading zeros, without garbage. */
    public static void appendPadded(StringBuilder out, long number, int digits) {
        long power = 1;
        for (int i = 1; i < digits; i++) {
            power *= 10;
        }
        for (; power > number && power > 1; power /= 10) {
            out.append('0');
        }
        out.append(number);
    }

    /** Returns nanoseconds as seconds with three decimals. */
    public static String seconds(long nanos) {
        return decimal(nanos / 1e9, 3) + " s";
    }

    /** Returns a number with that many decimals, never in scientific notation. */
    public static String decimal(double number, int decimals) {
        return BigDecimal.valueOf(number)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** Returns a ratio as a percentage. One that is small but not zero never is 0%, nor is one that is not whole 100%. */
    public static String percent(double ratio) {
        if (ratio == 0) {
            return "0%";
        }
        if (ratio == 1) {
            return "100%";
        }
        double percent = Math.max(0.0001, Math.min(99.9999, ratio * 100));
        return decimal(percent, percent < 0.1 || percent > 99.9 ? 4 : 2) + "%";
    }
}
