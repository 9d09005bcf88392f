package io.github.nettyping.cli.picture;

import java.util.Arrays;

/**
 * What became of the targets in each cell, and how long their round trips took. 44 bytes a cell. Confined to one thread at a
 * time.
 */
public final class Cells {

    /** Round trips are counted by time as well, in classes of equal ratio: so many for a factor of ten. */
    public static final int CLASSES_PER_DECADE = 20;

    /** From 100 ns on. What is beyond the ends counts there. */
    private static final double SHORTEST_NANOS = 100;

    private static final int CLASSES = 10 * CLASSES_PER_DECADE;

    private final int[] counts;
    private final float[] minNanos;
    private final float[] maxNanos;

    /** Of the natural logarithms, for the geometric mean. */
    private final double[] logSum;

    private final long[] classes = new long[CLASSES];

    Cells(int cells) {
        counts = new int[cells * CellState.VERDICTS];
        minNanos = new float[cells];
        maxNanos = new float[cells];
        logSum = new double[cells];
        Arrays.fill(minNanos, Float.POSITIVE_INFINITY);
    }

    void recordReply(int cell, long rttNanos) {
        double nanos = (double) Math.max(1, rttNanos);
        double log = Math.log(nanos);
        record(cell, CellState.ALIVE);
        minNanos[cell] = Math.min(minNanos[cell], (float) nanos);
        maxNanos[cell] = Math.max(maxNanos[cell], (float) nanos);
        logSum[cell] += log;
        double place = (log - Math.log(SHORTEST_NANOS)) / Math.log(10) * CLASSES_PER_DECADE;
        classes[Math.max(0, Math.min(CLASSES - 1, (int) Math.floor(place)))]++;
    }

    void record(int cell, CellState verdict) {
        int at = cell * CellState.VERDICTS + verdict.index();
        // A cell of an IPv6 prefix may have more targets than this can count; then it stands still.
        counts[at] = (int) Math.min(Integer.MAX_VALUE, counts[at] + 1L);
    }

    void add(Cells other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (int) Math.min(Integer.MAX_VALUE, (long) counts[i] + other.counts[i]);
        }
        for (int i = 0; i < logSum.length; i++) {
            minNanos[i] = Math.min(minNanos[i], other.minNanos[i]);
            maxNanos[i] = Math.max(maxNanos[i], other.maxNanos[i]);
            logSum[i] += other.logSum[i];
        }
        for (int i = 0; i < CLASSES; i++) {
            classes[i] += other.classes[i];
        }
    }

    int count(int cell, CellState verdict) {
        return counts[cell * CellState.VERDICTS + verdict.index()];
    }

    long verdicts(int cell) {
        long sum = 0;
        for (int i = 0; i < CellState.VERDICTS; i++) {
            sum += counts[cell * CellState.VERDICTS + i];
        }
        return sum;
    }

    double minNanos(int cell) {
        return minNanos[cell];
    }

    double maxNanos(int cell) {
        return maxNanos[cell];
    }

    /** Returns the geometric mean of a cell's round trips, which is the middle on a logarithmic scale. */
    double meanNanos(int cell) {
        return Math.exp(logSum[cell] / count(cell, CellState.ALIVE));
    }

    /** Returns how many round trips each class has, of all cells. */
    public long[] classes() {
        return classes.clone();
    }

    /** Returns where a class begins, in nanoseconds. */
    public static double classStartNanos(int index) {
        return SHORTEST_NANOS * Math.pow(10, (double) index / CLASSES_PER_DECADE);
    }
}
