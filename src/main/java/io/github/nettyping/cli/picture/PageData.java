package io.github.nettyping.cli.picture;

import io.github.nettyping.packet.IpAddress;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What {@code sweep-page.js} draws a map from, as JSON that may stand in a page. Stateless.
 *
 * <p>The cells are one row of bytes in base64. Each begins with the set of its verdicts, bit 0 for {@link CellState#ALIVE} and
 * so on, and bit 7 if it has targets without one. If the cell is more than one address, their counts follow, each as an
 * unsigned LEB128, that of the targets last. Cells with a reply end with the place of their mean on the ramp, a byte, and the
 * shortest, mean and longest round trip, or the one of a single reply; each is a natural logarithm in 2,500ths, in two bytes,
 * the lower first.
 */
public final class PageData {

    /** The logarithm of a minute in nanoseconds, 24.8, still fits into two bytes; a step is 0.04 percent. */
    private static final double LOG_STEPS = 2_500;

    private static final int WITHOUT_VERDICT = 0x80;

    private PageData() {}

    /**
     * Returns the JSON.
     *
     * @param interfaces names by scope
     * @param names      host names by address
     */
    public static String of(
            SweepMap map, Cells cells, Ramp ramp, Map<Integer, String> interfaces, Map<IpAddress, String> names) {
        StringJoiner panels = new StringJoiner(",\n", "[", "]");
        for (Plate plate : Plate.of(map)) {
            panels.add(panel(plate, interfaces));
        }
        StringJoiner colours = new StringJoiner(",", "[", "]");
        for (int step = 0; step < 256; step++) {
            colours.add(Integer.toString(Ramp.colourAt(step)));
        }
        StringJoiner named = new StringJoiner(",\n", "{", "}");
        names.forEach((address, name) -> {
            if (map.isAlone(address)) {
                named.add('"' + hex(address) + scope(address.scopeId(), interfaces) + "\":" + string(name));
            }
        });
        return "{\"panels\":" + panels + ",\n\"ramp\":" + colours + ",\n\"least\":" + CellColours.LEAST_ALIVE
                + ",\n\"names\":" + named + ",\n\"cells\":\"" + base64(map, cells, ramp) + "\"}";
    }

    /** Returns how much of its round trips' colour a cell has of which this share is alive, 0 to 1. */
    public static double shareShown(double alive) {
        return CellColours.shareShown(alive);
    }

    private static String panel(Plate plate, Map<Integer, String> interfaces) {
        Panel panel = plate.panel();
        return String.format(
                Locale.ROOT,
                "{\"base\":\"%s\",\"ipv4\":%b,\"scope\":%s,\"bits\":%d,\"cellBits\":%d,\"cell\":%d,\"shift\":%d,\"gap\":%d,"
                        + "\"inset\":%d}",
                hex(panel.prefix().first()),
                panel.prefix().isIpv4(),
                string(scope(panel.prefix().scopeId(), interfaces)),
                panel.bits(),
                panel.cellBits(),
                plate.cell(),
                plate.partShift(),
                plate.gap(),
                plate.inset());
    }

    private static String hex(IpAddress address) {
        return String.format(Locale.ROOT, "%016x%016x", address.high(), address.low());
    }

    private static String scope(int scopeId, Map<Integer, String> interfaces) {
        return scopeId == 0 ? "" : "%" + interfaces.getOrDefault(scopeId, Integer.toString(scopeId));
    }

    private static String base64(SweepMap map, Cells cells, Ramp ramp) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Panel> panels = map.panels();
        for (Panel panel : panels) {
            for (int cell = panel.firstCell(); cell < panel.firstCell() + panel.cells(); cell++) {
                append(bytes, map, cells, cell, panel.cellBits() > 0);
                int alive = cells.count(cell, CellState.ALIVE);
                if (alive > 0) {
                    bytes.write(ramp.step(cells.meanNanos(cell)));
                    appendTime(bytes, cells.minNanos(cell));
                }
                if (alive > 1) {
                    appendTime(bytes, cells.meanNanos(cell));
                    appendTime(bytes, cells.maxNanos(cell));
                }
            }
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static void append(ByteArrayOutputStream bytes, SweepMap map, Cells cells, int cell, boolean counted) {
        long without = map.withoutVerdict(cell, cells);
        int set = without > 0 ? WITHOUT_VERDICT : 0;
        for (int i = 0; i < CellState.VERDICTS; i++) {
            set |= cells.count(cell, CellState.verdict(i)) > 0 ? 1 << i : 0;
        }
        bytes.write(set);
        for (int i = 0; counted && i < CellState.VERDICTS; i++) {
            int count = cells.count(cell, CellState.verdict(i));
            if (count > 0) {
                appendNumber(bytes, count);
            }
        }
        if (counted && without > 0) {
            appendNumber(bytes, without);
        }
    }

    private static void appendNumber(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        for (; rest >= 0x80; rest >>>= 7) {
            bytes.write(((int) rest & 0x7f) | 0x80);
        }
        bytes.write((int) rest);
    }

    private static void appendTime(ByteArrayOutputStream bytes, double nanos) {
        int time = (int) Math.min(0xffff, Math.round(Math.log(nanos) * LOG_STEPS));
        bytes.write(time);
        bytes.write(time >>> Byte.SIZE);
    }

    /** Returns a JSON string in which nothing ends a script. */
    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\' || c == '<' || c == '&') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
