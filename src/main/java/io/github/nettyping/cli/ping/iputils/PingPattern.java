package io.github.nettyping.cli.ping.iputils;

import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.probe.PayloadFiller;
import java.util.HexFormat;
import picocli.CommandLine.ITypeConverter;

/**
 * Bytes to fill the payload with, as ping(8) takes them. Immutable.
 *
 * @param hex two digits for each byte
 */
public record PingPattern(String hex) {

    private static final int MAX_BYTES = 16;

    /** How it is written as the value of an option: digits, the last of which may be alone. */
    public static final class Digits implements ITypeConverter<PingPattern> {
        @Override
        public PingPattern convert(String text) {
            if (!text.matches("[0-9a-fA-F]{1," + 2 * MAX_BYTES + '}')) {
                throw OptionTypes.unexpected(text, "hexadecimal digits for 1 to " + MAX_BYTES + " bytes");
            }
            int whole = text.length() / 2 * 2;
            // A digit alone is a byte: as scanf(3) reads it.
            String last = whole < text.length() ? '0' + text.substring(whole) : "";
            HexFormat format = HexFormat.of();
            return new PingPattern(format.formatHex(format.parseHex(text.substring(0, whole) + last)));
        }
    }

    public PayloadFiller filler() {
        return PayloadFiller.pattern(HexFormat.of().parseHex(hex));
    }

    /** Returns the line that ping(8) begins with. */
    public String line() {
        return "PATTERN: 0x" + hex;
    }
}
