package io.github.nettyping.cli.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * What a page has to know of a panel to make room for it. Immutable.
 *
 * @param name   the prefix it shows
 * @param width  of its canvas in pixels
 * @param height of its canvas in pixels
 * @param cell   side of a cell in pixels
 * @param labels names of the squares in it, none if there is no room for them
 */
public record PanelFrame(String name, int width, int height, int cell, List<Label> labels) {

    /**
     * The name of a square.
     *
     * @param text what it says
     * @param x    left edge of the square, from that of the canvas
     * @param y    upper edge
     */
    public record Label(String text, int x, int y) {}

    /** Returns those of a map, in the order of its panels. */
    public static List<PanelFrame> of(SweepMap map) {
        List<PanelFrame> frames = new ArrayList<>();
        for (Plate plate : Plate.of(map.panels())) {
            List<Label> labels = new ArrayList<>();
            if (plate.labelled()) {
                plate.parts().forEach(part -> labels.add(new Label(part.prefix().toString(), part.x(), part.y())));
            }
            frames.add(new PanelFrame(
                    plate.panel().prefix().toString(),
                    plate.width(),
                    plate.height(),
                    plate.cell() - plate.inset(),
                    List.copyOf(labels)));
        }
        return frames;
    }
}
