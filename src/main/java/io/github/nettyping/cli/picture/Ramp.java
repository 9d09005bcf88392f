package io.github.nettyping.cli.picture;

import java.util.List;

/**
 * The colours of round trips, from short to long on a logarithmic scale: bright yellow to dark blue, each darker than the one
 * before, also for people who see no red or no green. Immutable.
 *
 * @param lowNanos  what is not longer has the first colour; more than 0
 * @param highNanos what is not shorter has the last; more than {@code lowNanos}
 * @param ticks     round values between them
 */
public record Ramp(double lowNanos, double highNanos, List<Tick> ticks) {

    public record Tick(double nanos, String text) {}

    /** Viridis, of Matplotlib, in public domain (CC0), without its darkest quarter, which silence would look like. */
    private static final int[] ANCHORS = {0xfde725, 0xaddc30, 0x5ec962, 0x28ae80, 0x21918c, 0x2c728e, 0x3b528b};

    private static final int STEPS = 255;

    /** Returns the colour of a round trip, as 0xrrggbb. */
    int colour(double nanos) {
        return colourAt(step(nanos));
    }

    /** Returns where a round trip stands, 0 to 255. */
    public int step(double nanos) {
        double share =
                Math.log(Math.max(lowNanos, Math.min(highNanos, nanos)) / lowNanos) / Math.log(highNanos / lowNanos);
        return (int) Math.round(share * STEPS);
    }

    /** Returns the colour of a place, 0 to 255. */
    public static int colourAt(int step) {
        double place = (double) step / STEPS * (ANCHORS.length - 1);
        int anchor = Math.min(ANCHORS.length - 2, (int) place);
        return mix(ANCHORS[anchor], ANCHORS[anchor + 1], place - anchor);
    }

    static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int start = from >>> shift & 0xff;
            int end = to >>> shift & 0xff;
            mixed = mixed << 8 | (int) Math.round(start + (end - start) * share);
        }
        return mixed;
    }
}
