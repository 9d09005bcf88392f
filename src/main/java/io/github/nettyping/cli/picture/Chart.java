package io.github.nettyping.cli.picture;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** A picture with axes as SVG, whose colours are those of the page around it. Confined to one thread. */
public final class Chart {

    static final double WIDTH = 960;
    static final double HEIGHT = 320;
    public static final double LEFT = 64;
    public static final double RIGHT = WIDTH - 16;
    public static final double TOP = 16;
    public static final double BOTTOM = HEIGHT - 44;

    private static final int TICKS = 10;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final StringBuilder svg = new StringBuilder();

    /** Begins one; {@code label} says to those who do not see it what it shows. */
    public Chart(String label) {
        svg.append("<svg viewBox=\"0 0 ").append(number(WIDTH)).append(' ').append(number(HEIGHT));
        svg.append("\" role=\"img\" aria-label=\"").append(Page.escape(label)).append("\">\n");
    }

    public static LogScale timeScale(double low, double high) {
        return LogScale.around(Math.max(1, low), Math.max(2, high), BOTTOM, TOP - BOTTOM);
    }

    public void timeAxis(LogScale scale) {
        for (double tick : scale.ticks()) {
            double y = scale.at(tick);
            line("grid", LEFT, y, RIGHT, y);
            text("end", LEFT - 8, y + 4, time(tick));
        }
    }

    public void tick(double x, String words) {
        line("grid", x, TOP, x, BOTTOM);
        text("middle", x, BOTTOM + 18, words);
    }

    public void caption(String words) {
        text("middle", (LEFT + RIGHT) / 2, HEIGHT - 6, words);
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        element("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2).append("/>\n");
    }

    void text(String anchor, double x, double y, String words) {
        element("text", "text-anchor", anchor, "x", x, "y", y).append('>');
        svg.append(Page.escape(words)).append("</text>\n");
    }

    /** Draws a line through points given as x and y in turns; a single one becomes a dot. */
    public void curve(String style, List<Double> coordinates) {
        if (coordinates.size() == 2) {
            element("circle", "class", "dot " + style, "r", 2.5, "cx", coordinates.get(0), "cy", coordinates.get(1))
                    .append("/>\n");
        } else if (!coordinates.isEmpty()) {
            StringJoiner points = new StringJoiner(" ");
            for (int i = 0; i < coordinates.size(); i += 2) {
                points.add(number(coordinates.get(i)) + ',' + number(coordinates.get(i + 1)));
            }
            element("polyline", "class", "curve " + style, "points", points).append("/>\n");
        }
    }

    /** Draws a rectangle; if something is to be told of it, that appears under the pointer. */
    public void box(String style, double x, double y, double width, double height, String told) {
        element("rect", "class", style, "x", x, "y", y, "width", width, "height", height)
                .append(told.isEmpty() ? "/>\n" : "><title>" + Page.escape(told) + "</title></rect>\n");
    }

    /** Begins an element with attributes, given as name and value in turns; its tag is still open. */
    private StringBuilder element(String name, Object... attributes) {
        svg.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1] instanceof Double coordinate ? number(coordinate) : attributes[i + 1];
            svg.append(' ').append(attributes[i]).append("=\"").append(value).append('"');
        }
        return svg;
    }

    public String end() {
        return svg + "</svg>\n";
    }

    /** Returns nanoseconds in the unit that makes the shortest number, with three digits at most. */
    public static String time(double nanos) {
        if (nanos < NANOS_PER_MICRO) {
            return rounded(nanos) + " ns";
        }
        if (nanos < NANOS_PER_MILLI) {
            return rounded(nanos / NANOS_PER_MICRO) + " µs";
        }
        return nanos < NANOS_PER_SECOND
                ? rounded(nanos / NANOS_PER_MILLI) + " ms"
                : rounded(nanos / NANOS_PER_SECOND) + " s";
    }

    public static String rounded(double number) {
        return number == 0
                ? "0"
                : BigDecimal.valueOf(number)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String number(double coordinate) {
        String text = String.format(Locale.ROOT, "%.1f", coordinate);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** As {@link #time(double)}; a dash for none. */
    public static String time(OptionalLong nanos) {
        return nanos.isEmpty() ? "-" : time((double) nanos.getAsLong());
    }

    /** Returns a round distance between about ten ticks of an axis from 0. */
    public static double roundStep(double end) {
        double rough = end / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double step : new double[] {1, 2, 5}) {
            if (step * power >= rough * 0.999999) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
