package io.github.nettyping.cli.picture;

import io.github.nettyping.cli.format.AddressText;
import io.github.nettyping.cli.format.JsonObject;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

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

    /** Returns the JSON, in which nothing ends a script. */
    public static String of(SweepMap map, Cells cells, Ramp ramp, Map<IpAddress, String> names) {
        JsonObject named = new JsonObject();
        names.forEach((address, name) -> {
            if (map.isAlone(address)) {
                named.put(hex(address) + AddressText.scope(address.scopeId()), VisibleText.of(name));
            }
        });
        return new JsonObject()
                .put("panels", Plate.of(map).stream().map(PageData::panel).toList())
                .put("ramp", IntStream.range(0, 256).mapToObj(Ramp::colourAt).toList())
                .put("least", CellColours.LEAST_ALIVE)
                .put("names", named)
                .put("cells", base64(map, cells, ramp))
                .toString()
                .replace("<", "\\u003c");
    }

    /** Returns how much of its round trips' colour a cell has of which this share is alive, 0 to 1. */
    public static double shareShown(double alive) {
        return CellColours.shareShown(alive);
    }

    private static JsonObject panel(Plate plate) {
        Panel panel = plate.panel();
        return new JsonObject()
                .put("base", hex(panel.prefix().first()))
                .put("ipv4", panel.prefix().isIpv4())
                .put("scope", AddressText.scope(panel.prefix().scopeId()))
                .put("bits", panel.bits())
                .put("cellBits", panel.cellBits())
                .put("cell", plate.cell())
                .put("shift", plate.partShift())
                .put("gap", plate.gap())
                .put("inset", plate.inset());
    }

    private static String hex(IpAddress address) {
        return String.format(Locale.ROOT, "%016x%016x", address.high(), address.low());
    }

    private static String base64(SweepMap map, Cells cells, Ramp ramp) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Panel panel : map.panels()) {
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
        List<Long> counts = new ArrayList<>();
        for (CellState state : CellState.values()) {
            if (state.isVerdict() && cells.count(cell, state) > 0) {
                set |= 1 << state.index();
                counts.add((long) cells.count(cell, state));
            }
        }
        bytes.write(set);
        if (counted) {
            counts.forEach(count -> appendNumber(bytes, count));
            if (without > 0) {
                appendNumber(bytes, without);
            }
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
}
