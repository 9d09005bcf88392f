package io.github.nettyping.cli.picture;

/**
 * The letters of ASCII in 5 by 7 pixels. A picture must come out the same where there are no fonts at all, as in many a
 * container: Java2D then fails at the first letter. Stateless.
 */
final class BitmapFont {

    static final int HEIGHT = 7;

    private static final int COLUMNS = 5;
    private static final int ADVANCE = COLUMNS + 1;

    /** By code point, a row in each byte, that of the top in the highest but one; 0 for a blank. */
    private static final long[] ROWS = rows();

    private BitmapFont() {}

    /** The file has a letter a line, behind it its rows from above, the leftmost pixel in bit 4. */
    private static long[] rows() {
        long[] rows = new long[0x7f];
        Page.resource(BitmapFont.class, "font.txt")
                .lines()
                .forEach(line ->
                        rows[line.charAt(0)] = Long.parseLong(line.substring(2).replace(" ", ""), 16));
        return rows;
    }

    static int width(String text) {
        return text.isEmpty() ? 0 : text.codePointCount(0, text.length()) * ADVANCE - 1;
    }

    /** Tells whether a pixel of a text is set; what is not in ASCII shows as a question mark, but for a micro sign. */
    static boolean isSet(int[] codePoints, int x, int y) {
        int column = x % ADVANCE;
        if (x < 0 || x >= codePoints.length * ADVANCE || column >= COLUMNS || y < 0 || y >= HEIGHT) {
            return false;
        }
        // Microseconds are written with a letter that ASCII lacks.
        int letter = codePoints[x / ADVANCE] == '\u00b5' ? 'u' : codePoints[x / ADVANCE];
        long rows = ROWS[letter >= ' ' && letter < ROWS.length ? letter : '?'];
        int row = (int) (rows >>> (Byte.SIZE * (HEIGHT - 1 - y)));
        return ((row >>> (COLUMNS - 1 - column)) & 1) != 0;
    }
}
