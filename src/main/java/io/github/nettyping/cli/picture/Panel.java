package io.github.nettyping.cli.picture;

import java.util.List;

/**
 * A block as it is shown: its cells in a square or half of one, along a Hilbert curve. Immutable.
 *
 * @param cellBits  free bits of the addresses in a cell: 0 if each has its own
 * @param firstCell number of its first cell among those of all panels
 */
record Panel(Prefix prefix, int cellBits, int firstCell) {

    /** How many cells all panels have together at most: enough for a /16 and a number of smaller ones beside it. */
    static final int MAX_CELLS = 100_000;

    /** Returns a panel for each block; the largest get coarser cells until there are few enough. */
    static List<Panel> of(List<Prefix> blocks) {
        int[] bits = new int[blocks.size()];
        for (int i = 0; i < bits.length; i++) {
            // Two bits at a time: a cell of a square is square.
            int hostBits = blocks.get(i).hostBits();
            bits[i] = hostBits <= 16 ? hostBits : 16 + (hostBits & 1);
        }
        while (total(bits) > MAX_CELLS) {
            int most = 0;
            for (int each : bits) {
                most = Math.max(most, each);
            }
            for (int i = 0; i < bits.length; i++) {
                bits[i] -= bits[i] == most ? 2 : 0;
            }
        }
        Panel[] panels = new Panel[bits.length];
        int cells = 0;
        for (int i = 0; i < bits.length; i++) {
            panels[i] = new Panel(blocks.get(i), blocks.get(i).hostBits() - bits[i], cells);
            cells += 1 << bits[i];
        }
        return List.of(panels);
    }

    private static long total(int[] bits) {
        long sum = 0;
        for (int each : bits) {
            sum += 1L << each;
        }
        return sum;
    }

    int bits() {
        return prefix.hostBits() - cellBits;
    }

    int cells() {
        return 1 << bits();
    }

    Hilbert curve() {
        return new Hilbert(bits());
    }

    /** Returns the number of an address's cell among those of all panels; the prefix has it. */
    int cellOf(long high, long low) {
        return firstCell + prefix.indexOf(high, low, cellBits);
    }

    /** Returns what a cell shows, by its number among those of this panel. */
    Prefix cell(int index) {
        return prefix.part(index, cellBits);
    }
}
