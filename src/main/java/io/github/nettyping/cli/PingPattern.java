package io.github.nettyping.cli;

import io.github.nettyping.probe.PayloadFiller;
import java.util.HexFormat;

/**
 * Bytes to fill the payload with, as ping(8) takes them. Immutable.
 *
 * @param hex two digits for each byte
 */
record PingPattern(String hex) {

    private static final int MAX_BYTES = 16;

    /**
     * Returns the pattern for digits as typed, the last of which may be alone.
     *
     * @throws IllegalArgumentException if it is none
     */
    static PingPattern of(String digits) {
        if (!digits.matches("[0-9a-fA-F]{1," + 2 * MAX_BYTES + '}')) {
            throw new IllegalArgumentException(
                    '"' + digits + "\" (expected: hexadecimal digits for 1 to " + MAX_BYTES + " bytes)");
        }
        int whole = digits.length() / 2 * 2;
        // A digit alone is a byte: as scanf(3) reads it.
        String last = whole < digits.length() ? '0' + digits.substring(whole) : "";
        HexFormat format = HexFormat.of();
        return new PingPattern(format.formatHex(format.parseHex(digits.substring(0, whole) + last)));
    }

    PayloadFiller filler() {
        return PayloadFiller.pattern(HexFormat.of().parseHex(hex));
    }

    /** Returns the line that ping(8) begins with. */
    String line() {
        return "PATTERN: 0x" + hex;
    }
}
