package io.github.nettyping;

import io.github.nettyping.internal.Internal;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Sums up times in memory that does not grow. Confined to one thread at a time. */
@Internal
final class DistributionRecorder {

    /** Longer ones are counted as this: nothing that is measured here lasts as long. */
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Histogram histogram;
    private long min = Long.MAX_VALUE;
    private long max;
    private double sum;
    private long outOfRange;

    /**
     * Begins with nothing.
     *
     * @param significantDigits 3 takes 300 kB, 2 takes 40 kB
     */
    DistributionRecorder(int significantDigits) {
        histogram = new Histogram(LONGEST_NANOS, significantDigits);
    }

    /**
     * Adds a time.
     *
     * @param nanos the time; a negative one, which clocks that were set can make, counts as 0
     */
    void record(long nanos) {
        long value = Math.max(0, nanos);
        if (value > LONGEST_NANOS) {
            outOfRange++;
        }
        histogram.recordValue(Math.min(value, LONGEST_NANOS));
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
    }

    /**
     * Adds what another one has.
     *
     * @param other one with as many digits
     */
    void add(DistributionRecorder other) {
        histogram.add(other.histogram);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        sum += other.sum;
        outOfRange += other.outOfRange;
    }

    /**
     * Returns what was recorded; nothing must be recorded afterwards.
     *
     * @return the times, summed up
     */
    Distribution distribution() {
        long count = histogram.getTotalCount();
        return count == 0 ? Distribution.NONE : new Distribution(histogram, min, max, sum / count, outOfRange);
    }
}
