package io.github.nettyping.internal;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Text that others chose, made safe for a terminal and for who reads it there: controls, escape sequences, marks that turn the
 * direction of writing and characters that do not show become {@code \x1b} or {@code \}{@code u202e}. Stateless.
 */
public final class VisibleText {

    private static final int LAST_OF_TWO_DIGITS = 0xff;

    private VisibleText() {}

    /** Returns a text on one line. */
    public static String of(String text) {
        return escaped(text, false);
    }

    /** Returns a text without blanks, so that it cannot look like two columns. */
    public static String word(String text) {
        return escaped(text, true);
    }

    /** Returns a text of several lines. */
    public static String lines(String text) {
        return text.lines().map(VisibleText::of).collect(Collectors.joining("\n", "", text.endsWith("\n") ? "\n" : ""));
    }

    private static String escaped(String text, boolean blanks) {
        if (text.codePoints().allMatch(point -> isShown(point, blanks))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (isShown(point, blanks)) {
                out.appendCodePoint(point);
            } else {
                String digits = Integer.toHexString(point);
                boolean two = point <= LAST_OF_TWO_DIGITS;
                out.append(two ? "\\x" : "\\u")
                        .append("0".repeat(Math.max((two ? 2 : 4) - digits.length(), 0)))
                        .append(digits);
            }
        });
        return out.toString();
    }

    private static boolean isShown(int point, boolean blanks) {
        return isVisible(point) && !(blanks && (Character.isWhitespace(point) || Character.isSpaceChar(point)));
    }

    /** Returns bytes that are no text in UTF-8. */
    public static String of(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            boolean ascii = b >= ' ' && b < 0x7f;
            out.append(ascii ? Character.toString(b) : String.format(Locale.ROOT, "\\x%02x", Byte.toUnsignedInt(b)));
        }
        return out.toString();
    }

    /** Tells whether a character shows what it is and does nothing else. */
    public static boolean isVisible(int point) {
        if (isBlankLetterOrMark(point)) {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /**
     * Tells whether a letter, mark or symbol shows nothing: what has the property Default_Ignorable_Code_Point and none of the
     * types that do not show anyway, and the blank of Braille.
     *
     * @see <a href="https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt">DerivedCoreProperties</a>
     */
    private static boolean isBlankLetterOrMark(int point) {
        return switch (point) {
            case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 -> true;
            default ->
                (point >= 0x180b && point <= 0x180f)
                        || (point >= 0xfe00 && point <= 0xfe0f)
                        || (point >= 0xe0000 && point <= 0xe0fff);
        };
    }
}
