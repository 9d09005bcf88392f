package io.github.nettyping.load;

import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.statistics.DistributionRecorder;
import java.util.OptionalDouble;

/**
 * How much successive round trips differ, for each target by itself: jitter in the order of the replies, delay
 * variation between probes that were sent one after the other. Confined to one thread at a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3550#section-6.4.1">RFC 3550, section 6.4.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5481#section-4">RFC 5481, section 4</a>
 */
final class DelayVariation {

    /** Each reply counts a sixteenth: RFC 3550. */
    private static final double JITTER_GAIN = 1 / 16.0;

    private final DistributionRecorder variations = DistributionRecorder.ofFixedSize(3);
    /** By target: replies so far, number of the probe answered last, the highest of them all. */
    private final int[] replies;

    private final int[] last;
    private final int[] highest;
    private final long[] lastRtt;
    private final double[] jitter;
    private long reordered;
    /** Of streams that others have recorded. */
    private double addedJitter;

    private long addedStreams;

    DelayVariation(int targets) {
        replies = new int[targets];
        last = new int[targets];
        highest = new int[targets];
        lastRtt = new long[targets];
        jitter = new double[targets];
    }

    /**
     * Takes the reply to a probe.
     *
     * @param number of the probe among those to its target
     */
    void record(int target, int number, long rttNanos) {
        if (replies[target] > 0) {
            long difference = Math.abs(rttNanos - lastRtt[target]);
            jitter[target] += (difference - jitter[target]) * JITTER_GAIN;
            if (number == last[target] + 1) {
                variations.record(difference);
            }
            if (number < highest[target]) {
                reordered++;
            }
            highest[target] = Math.max(highest[target], number);
        } else {
            highest[target] = number;
        }
        replies[target]++;
        last[target] = number;
        lastRtt[target] = rttNanos;
    }

    /** Adds what another one has recorded; its streams count as further ones, even of the same targets. */
    void add(DelayVariation other) {
        variations.add(other.variations);
        reordered += other.reordered;
        addedJitter += other.jitterSum();
        addedStreams += other.streams();
    }

    /** Returns the mean of the streams' jitters; empty if none had two replies. */
    OptionalDouble jitterNanos() {
        long streams = streams();
        return streams == 0 ? OptionalDouble.empty() : OptionalDouble.of(jitterSum() / streams);
    }

    /** Returns the lengths of the differences between the round trips of probes sent one after the other. */
    Distribution variations() {
        return variations.distribution();
    }

    /** Returns how many replies came after that to a later probe (RFC 4737, section 3). */
    long reordered() {
        return reordered;
    }

    private double jitterSum() {
        double sum = addedJitter;
        for (double value : jitter) {
            sum += value;
        }
        return sum;
    }

    private long streams() {
        long count = addedStreams;
        for (int number : replies) {
            count += number > 1 ? 1 : 0;
        }
        return count;
    }
}
