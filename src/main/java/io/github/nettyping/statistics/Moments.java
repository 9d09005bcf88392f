package io.github.nettyping.statistics;

import io.github.nettyping.internal.Internal;

/** Number, extremes, mean and deviation of times, exactly, however many they are. Confined to one thread at a time. */
@Internal
public final class Moments {

    /** How many there are. */
    public long count;
    /** The shortest, in nanoseconds. */
    public long min = Long.MAX_VALUE;
    /** The longest, in nanoseconds. */
    public long max;
    /** The mean, in nanoseconds. */
    public double mean;
    /** Sum of the squared differences from the mean, by Welford's method: no square of a large number is needed. */
    double squares;

    /** Begins with none. */
    public Moments() {}

    /**
     * Adds a time.
     *
     * @param value in nanoseconds
     */
    public void record(long value) {
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double fromOldMean = value - mean;
        mean += fromOldMean / count;
        squares += fromOldMean * (value - mean);
    }

    /** Adds what another one has. */
    void add(Moments other) {
        if (other.count == 0) {
            return;
        }
        long both = count + other.count;
        double difference = other.mean - mean;
        // Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979.
        squares += other.squares + difference * difference * count * other.count / both;
        mean += difference * other.count / both;
        count = both;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    Moments copy() {
        Moments copy = new Moments();
        copy.count = count;
        copy.min = min;
        copy.max = max;
        copy.mean = mean;
        copy.squares = squares;
        return copy;
    }

    /** {@return the standard deviation of all of them, in nanoseconds; there must be one} */
    public double deviation() {
        return Math.sqrt(squares / count);
    }
}
