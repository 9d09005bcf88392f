package io.github.nettyping.cli.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * The measures of a panel in pixels: cells in squares with gaps between them, which are prefixes of their own. Immutable.
 *
 * @param cell       width and height of a cell, its inset included
 * @param partShift  a square between gaps has 2^partShift cells a side
 * @param gap        between two squares; 0 if there is only one
 * @param inset      what is left free at the right and at the bottom of a cell, so that large ones stay apart
 * @param labelled   whether there is room for the names of the squares
 */
public record Plate(Panel panel, int cell, int partShift, int gap, int inset, boolean labelled) {

    /** Width of all panels together, in pixels. */
    static final int WIDTH = 1024;

    static final int MARGIN = 16;

    private static final int LARGEST_ALONE = 32;
    private static final int LARGEST_BESIDE = 16;
    private static final int SMALLEST = 2;
    private static final int NARROWEST_PART = 16;

    /** A square between gaps, with the place and size of it in pixels. */
    public record Part(Prefix prefix, int x, int y, int side) {}

    /** Returns the measures of each panel of a map, in their order. */
    public static List<Plate> of(SweepMap map) {
        List<Panel> panels = map.panels();
        int columns = (int) Math.ceil(Math.sqrt(panels.size()));
        return panels.stream().map(panel -> of(panel, columns)).toList();
    }

    private static Plate of(Panel panel, int columns) {
        int side = panel.curve().width();
        int slot = (WIDTH - (columns - 1) * MARGIN) / columns;
        int largest = columns == 1 ? LARGEST_ALONE : LARGEST_BESIDE;
        int cell = Math.max(SMALLEST, Math.min(largest, slot / side));
        int shift = partShift(panel.bits(), cell);
        int gap = shift == 0 ? 0 : 2;
        Plate plate = new Plate(panel, cell, shift == 0 ? 15 : shift, gap, cell >= 8 ? 1 : 0, false);
        boolean fits = shift != 0
                && plate.parts().stream()
                        .allMatch(part -> BitmapFont.width(part.prefix().toString()) + 8 <= part.side());
        return new Plate(panel, cell, plate.partShift, gap, plate.inset, fits);
    }

    /** Returns for squares of a 4th or 16th (of half a square, an 8th or a half) of the panel; 0 for none. */
    private static int partShift(int bits, int cell) {
        int fine = (bits - 4 + (bits & 1)) / 2;
        if (fine >= 2 && (cell << fine) >= NARROWEST_PART) {
            return fine;
        }
        return fine >= 1 && bits >= 6 ? fine + 1 : 0;
    }

    int x(int column) {
        return column * cell + (column >> partShift) * gap;
    }

    public String name() {
        return panel.prefix().toString();
    }

    /** Returns the side of what is drawn of a cell. */
    public int side() {
        return cell - inset;
    }

    public int width() {
        return x(panel.curve().width() - 1) + side();
    }

    public int height() {
        return x(panel.curve().height() - 1) + side();
    }

    public List<Part> parts() {
        Hilbert curve = panel.curve();
        int cellsOfPart = 1 << (2 * Math.min(partShift, 15));
        List<Part> parts = new ArrayList<>();
        for (int first = 0; first < panel.cells(); first += cellsOfPart) {
            // The corner of an aligned square has the bits of all its cells, without the lowest.
            int column = curve.x(first) >> partShift << partShift;
            int row = curve.y(first) >> partShift << partShift;
            Prefix prefix = new Prefix(
                    panel.cell(first).high(),
                    panel.cell(first).low(),
                    panel.prefix().scopeId(),
                    Math.min(panel.prefix().hostBits(), panel.cellBits() + 2 * partShift));
            parts.add(new Part(prefix, x(column), x(row), cell << partShift));
        }
        return parts;
    }
}
