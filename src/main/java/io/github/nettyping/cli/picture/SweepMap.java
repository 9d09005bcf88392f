package io.github.nettyping.cli.picture;

import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.AddressRange;
import io.github.nettyping.target.Targets;
import java.util.Collection;
import java.util.List;

/**
 * Where each address of a sweep is shown, and what became of it. Its memory is that of {@value Panel#MAX_CELLS} cells at most
 * for each part, whatever the number of targets. Each event loop counts in a part of its own, without a lock, and the parts
 * are added up in the end. Immutable but for its parts.
 */
public final class SweepMap {

    private final List<Panel> panels;
    private final long[] targets;

    private SweepMap(List<Panel> panels) {
        this.panels = panels;
        this.targets = new long[panels.stream().mapToInt(Panel::cells).sum()];
    }

    /** Returns the map of all targets, whose ranges are gone through twice: to choose what is shown, and to count. */
    public static SweepMap of(Targets targets) {
        Atlas atlas = new Atlas();
        targets.ranges().forEach(range -> atlas.add(range.first(), range.last()));
        SweepMap map = new SweepMap(Panel.of(atlas.blocks()));
        targets.ranges().forEach(map::countTargets);
        return map;
    }

    private void countTargets(AddressRange range) {
        IpAddress at = range.first();
        while (true) {
            int cell = cellOf(at);
            IpAddress end = prefixOf(cell).last();
            boolean ends = Long.compareUnsigned(end.high(), range.last().high()) > 0
                    || (end.high() == range.last().high()
                            && Long.compareUnsigned(end.low(), range.last().low()) >= 0);
            IpAddress stop = ends ? range.last() : end;
            targets[cell] += stop.low() - at.low() + 1;
            if (ends) {
                return;
            }
            at = new IpAddress(stop.low() == -1 ? stop.high() + 1 : stop.high(), stop.low() + 1, at.scopeId());
        }
    }

    /** What one event loop has learned. Confined to it, and to whoever comes after the end. */
    public final class Part {

        private final Cells cells = new Cells(targets.length);

        private Part() {}

        public void record(ProbeOutcome outcome) {
            int cell = cellOf(outcome.probe().target());
            if (outcome instanceof Replied reply) {
                cells.recordReply(cell, reply.rttNanos());
            } else {
                cells.record(cell, CellState.of(outcome.kind()));
            }
        }
    }

    public Part newPart() {
        return new Part();
    }

    public Cells sum(Collection<Part> parts) {
        Cells sum = new Cells(targets.length);
        parts.forEach(part -> sum.add(part.cells));
        return sum;
    }

    List<Panel> panels() {
        return panels;
    }

    long targets(int cell) {
        return targets[cell];
    }

    /** Returns how many targets a cell has that nothing was heard of, not even silence. */
    long withoutVerdict(int cell, Cells cells) {
        return Math.max(0, targets[cell] - cells.verdicts(cell));
    }

    /** Returns the number of an address's cell, which a panel must have. */
    int cellOf(IpAddress address) {
        int low = 0;
        int high = panels.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (beginsAfter(panels.get(middle).prefix(), address)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        if (panels.isEmpty() || !panels.get(low).prefix().contains(address.high(), address.low(), address.scopeId())) {
            throw new IllegalArgumentException(address + " is no target of " + panels);
        }
        return panels.get(low).cellOf(address.high(), address.low());
    }

    boolean isAlone(IpAddress address) {
        int cell = cellOf(address);
        return prefixOf(cell).hostBits() == 0;
    }

    private static boolean beginsAfter(Prefix prefix, IpAddress address) {
        boolean isIpv4 = IpAddress.isIpv4(address.high(), address.low());
        if (prefix.isIpv4() != isIpv4) {
            return isIpv4;
        }
        if (prefix.scopeId() != address.scopeId()) {
            return prefix.scopeId() > address.scopeId();
        }
        int highs = Long.compareUnsigned(prefix.high(), address.high());
        return highs > 0 || (highs == 0 && Long.compareUnsigned(prefix.low(), address.low()) > 0);
    }

    private Prefix prefixOf(int cell) {
        for (Panel panel : panels) {
            if (cell < panel.firstCell() + panel.cells()) {
                return panel.cell(cell - panel.firstCell());
            }
        }
        throw new IndexOutOfBoundsException(cell);
    }

    public boolean hasMixedCells() {
        return panels.stream().anyMatch(panel -> panel.cellBits() > 0);
    }
}
