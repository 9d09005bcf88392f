package io.github.nettyping.cli.picture;

import java.util.ArrayList;
import java.util.List;

/** A sweep as a PNG file. Stateless. */
public final class PngPicture {

    private static final int GROUND = 0xffffff;
    private static final int INK = 0x1c2430;
    private static final int SOFT = 0x5d6879;

    private static final int BORDER = 24;
    private static final int TITLE_SCALE = 2;
    private static final int LINE = 14;
    private static final int ROW_GAP = 24;
    private static final int SWATCH = 10;
    private static final int RAMP_HEIGHT = 14;
    private static final int RAMP_WIDTH = 510;
    private static final int INNER = Plate.WIDTH + 3 * 2;

    private PngPicture() {}

    /** Where a panel stands in the picture, its caption above. */
    private record Placed(Plate plate, int x, int y) {}

    /** What is written around the picture; counts of nothing are left out. */
    public record Words(String title, List<String> lines, List<Count> counts) {}

    public record Count(CellState state, long targets) {}

    public static byte[] of(SweepMap map, Cells cells, Ramp ramp, Words words) {
        int top = BORDER + TITLE_SCALE * BitmapFont.HEIGHT + 10 + words.lines().size() * LINE + 10;
        List<Placed> placed = new ArrayList<>();
        int bottom = place(Plate.of(map), top, placed);
        int legend = bottom + 8;
        List<Count> counts =
                words.counts().stream().filter(count -> count.targets() > 0).toList();
        int rows = (counts.size() + 3) / 4;
        Canvas canvas = new Canvas(INNER + 2 * BORDER, legend + RAMP_HEIGHT + 2 * LINE + rows * 18 + BORDER, GROUND);
        canvas.text(shortened(words.title(), INNER, TITLE_SCALE), BORDER, BORDER, TITLE_SCALE, INK);
        int y = BORDER + TITLE_SCALE * BitmapFont.HEIGHT + 10;
        for (String line : words.lines()) {
            canvas.text(shortened(line, INNER, 1), BORDER, y, 1, SOFT);
            y += LINE;
        }
        CellColours colours = new CellColours(map, cells, ramp);
        placed.forEach(each -> draw(canvas, each, colours));
        legend(canvas, legend, ramp);
        counts(canvas, legend + RAMP_HEIGHT + 2 * LINE, counts);
        return canvas.png();
    }

    /** Places panels in rows, and returns where the last one ends. */
    private static int place(List<Plate> plates, int top, List<Placed> placed) {
        int x = BORDER;
        int y = top;
        int rowHeight = 0;
        for (Plate plate : plates) {
            int width = Math.max(plate.width(), Math.min(INNER, BitmapFont.width(plate.name())));
            if (x > BORDER && x + width > BORDER + INNER) {
                x = BORDER;
                y += rowHeight + ROW_GAP;
                rowHeight = 0;
            }
            placed.add(new Placed(plate, x, y + LINE));
            x += width + Plate.MARGIN;
            rowHeight = Math.max(rowHeight, LINE + plate.height());
        }
        return y + rowHeight + ROW_GAP;
    }

    private static void draw(Canvas canvas, Placed placed, CellColours colours) {
        Plate plate = placed.plate;
        Panel panel = plate.panel();
        canvas.text(shortened(plate.name(), INNER, 1), placed.x, placed.y - LINE + 2, 1, INK);
        Hilbert curve = panel.curve();
        for (int cell = 0; cell < panel.cells(); cell++) {
            int x = placed.x + plate.x(curve.x(cell));
            int y = placed.y + plate.x(curve.y(cell));
            canvas.fill(x, y, plate.side(), plate.side(), colours.of(panel.firstCell() + cell));
        }
        if (plate.labelled()) {
            plate.parts()
                    .forEach(part -> canvas.label(
                            part.prefix().toString(), placed.x + part.x() + 4, placed.y + part.y() + 4, INK, GROUND));
        }
    }

    private static void legend(Canvas canvas, int y, Ramp ramp) {
        canvas.text("round trip", BORDER, y + 4, 1, SOFT);
        int left = BORDER + BitmapFont.width("round trip") + 16;
        for (int column = 0; column < RAMP_WIDTH; column++) {
            canvas.fill(left + column, y, 1, RAMP_HEIGHT, Ramp.colourAt(column * 255 / (RAMP_WIDTH - 1)));
        }
        for (Ramp.Tick tick : ramp.ticks()) {
            int x = left + ramp.step(tick.nanos()) * (RAMP_WIDTH - 1) / 255;
            canvas.fill(x, y + RAMP_HEIGHT, 1, 4, SOFT);
            canvas.text(tick.text(), x - BitmapFont.width(tick.text()) / 2, y + RAMP_HEIGHT + 7, 1, SOFT);
        }
    }

    private static void counts(Canvas canvas, int y, List<Count> counts) {
        for (int i = 0; i < counts.size(); i++) {
            Count count = counts.get(i);
            int x = BORDER + i % 4 * (INNER / 4);
            int row = y + i / 4 * 18;
            int colour = count.state() == CellState.ALIVE
                    ? Ramp.colourAt(64)
                    : count.state().light();
            canvas.fill(x, row - 1, SWATCH, SWATCH, colour);
            canvas.text(count.state().text() + " " + count.targets(), x + SWATCH + 6, row + 1, 1, INK);
        }
    }

    private static String shortened(String text, int width, int scale) {
        int letters = (width / scale + 1) / (BitmapFont.width("MM") - BitmapFont.width("M"));
        int[] all = text.codePoints().toArray();
        return all.length <= letters ? text : new String(all, 0, letters - 3) + "...";
    }
}
