package io.github.nettyping.cli.fping;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as fping reads and writes them: by strtoul(3), strtod(3) and printf(3). Stateless. */
final class FpingNumbers {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final long[] POWERS = {1, 10, 100, 1000};

    private FpingNumbers() {}

    /**
     * Returns a whole number of 32 bits; larger ones lose their upper bits, as in fping.
     *
     * @param hex whether {@code 0x} and {@code 0} begin numbers of other bases
     * @return empty if the text is anything else, or too large for 64 bits
     */
    static OptionalLong unsigned(String text, boolean hex) {
        OptionalLong all = unsignedLong(text, hex);
        return all.isPresent() ? OptionalLong.of(all.getAsLong() & 0xffff_ffffL) : all;
    }

    /** Returns the same with all of its 64 bits, as an unsigned number. */
    static OptionalLong unsignedLong(String text, boolean hex) {
        String digits = skipBlanks(text);
        if (digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int radix = 10;
        if (hex && (digits.startsWith("0x") || digits.startsWith("0X"))) {
            radix = 16;
            digits = digits.substring(2);
        } else if (hex && digits.startsWith("0")) {
            radix = 8;
        }
        // Long would take a second sign, and digits of other scripts.
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c >= 0x80 || Character.digit(c, radix) < 0) {
                return OptionalLong.empty();
            }
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(digits, radix));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns a number, 0 or more; empty if the text is anything else, infinity included. */
    static OptionalDouble decimal(String text) {
        String number = skipBlanks(text);
        // Java takes a trailing f or d, and blanks at the end; C does not, and takes hexadecimal without an exponent.
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            boolean exponent = (c == 'e' || c == 'E') && i > 0;
            if (!(c >= '0' && c <= '9') && c != '.' && c != '+' && c != '-' && !exponent) {
                return OptionalDouble.empty();
            }
        }
        try {
            double value = Double.parseDouble(number);
            return value >= 0 && value < Double.POSITIVE_INFINITY ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static String skipBlanks(String text) {
        int begin = 0;
        while (begin < text.length() && isBlank(text.charAt(begin))) {
            begin++;
        }
        return text.substring(begin);
    }

    /** As isspace(3) in the C locale. */
    static boolean isBlank(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Appends a time in milliseconds with about three digits: {@code 0.064}, {@code 1.23}, {@code 12.3}, {@code 123}. */
    static void appendMillis(StringBuilder out, long nanos) {
        if (nanos < NANOS_PER_MILLI) {
            appendFixed(out, (nanos + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO, 3);
        } else if (nanos < 10 * NANOS_PER_MILLI) {
            appendFixed(out, (nanos + 5 * NANOS_PER_MICRO) / (10 * NANOS_PER_MICRO), 2);
        } else if (nanos < 100 * NANOS_PER_MILLI) {
            appendFixed(out, (nanos + 50 * NANOS_PER_MICRO) / (100 * NANOS_PER_MICRO), 1);
        } else if (nanos < 1_000_000 * NANOS_PER_MILLI) {
            out.append((nanos + NANOS_PER_MILLI / 2) / NANOS_PER_MILLI);
        } else {
            out.append(String.format(Locale.ROOT, "%.3e", nanos / 1e6));
        }
    }

    static String millis(long nanos) {
        StringBuilder text = new StringBuilder();
        appendMillis(text, nanos);
        return text.toString();
    }

    /** Appends a number that is given in its last place: 1234 with 3 decimals is {@code 1.234}. */
    static void appendFixed(StringBuilder out, long scaled, int decimals) {
        long unit = POWERS[decimals];
        out.append(scaled / unit).append('.');
        long rest = scaled % unit;
        for (long digit = unit / 10; digit > 0; digit /= 10) {
            out.append((char) ('0' + rest / digit % 10));
        }
    }

    /** Appends seconds since 1970 with five decimals. */
    static void appendSeconds(StringBuilder out, long wallNanos) {
        long scaled = (wallNanos + 5_000) / 10_000;
        out.append(scaled / 100_000).append('.');
        for (long digit = 10_000; digit > 0; digit /= 10) {
            out.append((char) ('0' + scaled / digit % 10));
        }
    }

    /** Appends a number, filled up to the left. */
    static void appendRight(StringBuilder out, String text, int width) {
        for (int i = text.length(); i < width; i++) {
            out.append(' ');
        }
        out.append(text);
    }

    /** Returns a number with exactly three decimals. */
    static String threeDecimals(long scaled) {
        StringBuilder text = new StringBuilder();
        appendFixed(text, scaled, 3);
        return text.toString();
    }
}
