package io.github.nettyping.cli.picture;

/**
 * The curve that folds a line of cells into a square, so that neighbours on the line are neighbours in the square and every
 * aligned quarter of the line is a quarter of the square. Half a line, an odd number of bits, fills the upper half of one.
 * It begins at the top left and ends at the bottom left. Immutable.
 *
 * @param bits the line has 2^bits cells, 0 to 30 bits
 * @see <a href="https://doi.org/10.1007/BF01199431">D. Hilbert, Math. Ann. 38 (1891)</a>
 */
record Hilbert(int bits) {

    int width() {
        return 1 << ((bits + 1) / 2);
    }

    int height() {
        return 1 << (bits / 2);
    }

    /** Returns the column of a cell, its number being 0 to 2^bits - 1. */
    int x(int cell) {
        return (int) point(cell);
    }

    int y(int cell) {
        return (int) (point(cell) >>> 32);
    }

    /** Goes from the smallest square that has the cell to the largest, turning what it has as its quarter is turned. */
    private long point(int cell) {
        int x = 0;
        int y = 0;
        int rest = cell;
        for (int side = 1; side < width(); side <<= 1) {
            int quarter = rest & 3;
            rest >>>= 2;
            if (quarter == 0) {
                int swapped = x;
                x = y;
                y = swapped;
            } else if (quarter == 3) {
                int mirrored = side - 1 - x;
                x = side - 1 - y;
                y = mirrored;
            }
            x += quarter == 1 || quarter == 2 ? side : 0;
            y += quarter >= 2 ? side : 0;
        }
        return (long) y << 32 | x;
    }
}
