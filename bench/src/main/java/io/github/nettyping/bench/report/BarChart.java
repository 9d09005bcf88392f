package io.github.nettyping.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of horizontal bars, one for each subject: as long as the median, with a line from smallest to largest. It
 * brings its own ground, light or dark as the reader's system is, so the page around it does not matter. Confined to one
 * thread.
 */
final class BarChart {

    private static final int WIDTH = 840;
    private static final int LEFT = 200;
    private static final int RIGHT = 260;
    private static final int TOP = 66;
    private static final int ROW = 34;
    private static final int BAR = 18;
    private static final int BOTTOM = 18;
    private static final int GAP = 8;

    /** About as wide as a letter is. */
    private static final int LETTER = 8;

    private static final String STYLE = """
              <style>
                text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #1f2328; }
                .title { font-size: 15px; font-weight: 600; }
                .quiet { fill: #59636e; }
                .ground { fill: #ffffff; stroke: #d1d9e0; }
                .bar { fill: #8c959f; }
                .ours { fill: #0969da; }
                .spread, .mark { stroke: #1f2328; stroke-width: 1.5; }
                .mark { stroke-dasharray: 4 3; }
                @media (prefers-color-scheme: dark) {
                  text { fill: #f0f6fc; }
                  .quiet { fill: #9198a1; }
                  .ground { fill: #0d1117; stroke: #3d444d; }
                  .bar { fill: #656c76; }
                  .ours { fill: #4493f8; }
                  .spread, .mark { stroke: #f0f6fc; }
                }
              </style>
            """;

    private record Bar(String name, Figures figures, String label, boolean ours) {}

    private final String title;
    private final String axis;
    private final List<Bar> bars = new ArrayList<>();
    private double mark;
    private String markName = "";

    /**
     * Makes a chart without bars.
     *
     * @param axis what the length of a bar means, and which way is better
     */
    BarChart(String title, String axis) {
        this.title = title;
        this.axis = axis;
    }

    /** Adds a bar below the others. */
    BarChart add(String name, Figures figures, String label, boolean ours) {
        bars.add(new Bar(name, figures, label, ours));
        return this;
    }

    /** Draws a broken line across all bars, with a name above it. */
    BarChart mark(double value, String name) {
        mark = value;
        markName = name;
        return this;
    }

    boolean isEmpty() {
        return bars.isEmpty();
    }

    String svg() {
        double most = Math.max(
                mark, bars.stream().mapToDouble(bar -> bar.figures.max()).max().orElse(0));
        double scale = most > 0 ? (WIDTH - LEFT - RIGHT) / most : 0;
        int height = TOP + bars.size() * ROW + BOTTOM;
        StringBuilder out = new StringBuilder();
        line(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">",
                WIDTH,
                height,
                WIDTH,
                height);
        line(out, "  <title>%s</title>", escape(title));
        out.append(STYLE);
        line(
                out,
                "  <rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>",
                WIDTH - 1,
                height - 1);
        line(out, "  <text class=\"title\" x=\"16\" y=\"26\">%s</text>", escape(title));
        line(out, "  <text class=\"quiet\" x=\"16\" y=\"45\">%s</text>", escape(axis));
        for (int i = 0; i < bars.size(); i++) {
            draw(out, bars.get(i), TOP + i * ROW + (ROW - BAR) / 2, scale);
        }
        if (mark > 0) {
            double x = LEFT + mark * scale;
            line(
                    out,
                    "  <line class=\"mark\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
                    x,
                    TOP,
                    x,
                    TOP + bars.size() * ROW);
            line(
                    out,
                    "  <text class=\"quiet\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x,
                    TOP - 5,
                    escape(markName));
        }
        out.append("</svg>\n");
        return out.toString();
    }

    private void draw(StringBuilder out, Bar bar, int y, double scale) {
        int middle = y + BAR / 2;
        double from = LEFT + bar.figures.min() * scale;
        double to = LEFT + bar.figures.max() * scale;
        line(out, "  <text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 10, middle + 5, escape(bar.name));
        line(
                out,
                "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                bar.ours ? "ours" : "bar",
                LEFT,
                y,
                bar.figures.median() * scale,
                BAR);
        if (to - from >= 1) {
            line(
                    out,
                    "  <path class=\"spread\" d=\"M%.1f %dH%.1fM%.1f %dv8M%.1f %dv8\"/>",
                    from,
                    middle,
                    to,
                    from,
                    middle - 4,
                    to,
                    middle - 4);
        }
        double label = beside(mark > 0 ? LEFT + mark * scale : 0, to + GAP, bar.label);
        line(out, "  <text x=\"%.1f\" y=\"%d\">%s</text>", label, middle + 5, escape(bar.label));
    }

    /** Returns where to begin a label, which moves behind a line that would run through it. */
    private static double beside(double lineX, double x, String label) {
        boolean crossed = lineX > x - GAP / 2.0 && lineX < x + label.length() * LETTER;
        return crossed ? lineX + GAP : x;
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
