package io.github.nettyping.load;

import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.statistics.DistributionRecorder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results of the probes of one event loop without the warm-up; at the end, those of all loops together. Confined to
 * one thread at a time.
 */
final class LoadRecorder {

    private final DistributionRecorder roundTrips = DistributionRecorder.ofFixedSize(3);
    private final DistributionRecorder latencies = DistributionRecorder.ofFixedSize(3);
    private final DistributionRecorder lags = DistributionRecorder.ofFixedSize(3);
    private final DelayVariation variation;
    private final BitSet answered = new BitSet();
    private final Map<RttSource, long[]> clocks = new EnumMap<>(RttSource.class);
    private final IntervalRecorder[] intervals;
    private final long intervalNanos;
    private final boolean openLoop;
    private long beginNanos;

    private long sent;
    private long received;
    private long lost;
    private long icmpErrors;
    private long droppedLocally;
    private long unfinished;
    private long sendFailed;
    private long unsent;
    private long duplicates;
    private long late;
    private long lastSentNanos;
    private @Nullable SystemCallException refusal;

    /** One interval. */
    private static final class IntervalRecorder {
        private final DistributionRecorder latencies = DistributionRecorder.ofFixedSize(2);
        private long sent;
        private long lost;
    }

    /**
     * Creates an empty one.
     *
     * @param targets       how many there are
     * @param intervals     parts of the time
     * @param intervalNanos their length
     * @param openLoop      whether send times are intended
     */
    LoadRecorder(int targets, int intervals, long intervalNanos, boolean openLoop) {
        this.variation = new DelayVariation(targets);
        this.intervals = new IntervalRecorder[intervals];
        this.intervalNanos = intervalNanos;
        this.openLoop = openLoop;
        for (RttSource source : RttSource.values()) {
            clocks.put(source, new long[1]);
        }
    }

    /** Sets when the measurement begins, by {@link System#nanoTime()}; once, before anything is recorded. */
    void begin(long nanos) {
        beginNanos = nanos;
        lastSentNanos = nanos;
    }

    void replied(LoadProbe probe, Replied reply) {
        long lag = sent(probe, probe.sentNanos(reply.sentAtNanos()));
        long rtt = Math.max(0, reply.rttNanos());
        // From one clock to the other by the send time, which both have. The round trip may begin later than that.
        long latency = openLoop ? lag + Math.max(rtt, reply.arrivedAtNanos() - reply.sentAtNanos()) : rtt;
        received++;
        answered.set(probe.target());
        count(reply.rttSource());
        roundTrips.record(rtt, reply.rttSource());
        latencies.record(latency);
        intervalOf(probe).latencies.record(latency);
        variation.record(probe.target(), probe.number(), rtt);
    }

    void lost(LoadProbe probe, long sentAtWallNanos, boolean icmpError) {
        sent(probe, probe.sentNanos(sentAtWallNanos));
        lost++;
        intervalOf(probe).lost++;
        if (icmpError) {
            icmpErrors++;
        }
    }

    /** Its reply may have been dropped here, or it answered a packet that was sent again for that reason. */
    void droppedLocally(LoadProbe probe) {
        sent++;
        intervalOf(probe).sent++;
        droppedLocally++;
    }

    void sendFailed(NotSent outcome) {
        sendFailed++;
        if (refusal == null) {
            refusal = outcome.cause().orElse(null);
        }
    }

    /** Probes in flight when it was stopped; some may still have waited for the kernel. */
    void unfinished(long probes) {
        sent += probes;
        unfinished += probes;
    }

    void unsent(long probes) {
        unsent += probes;
    }

    void strays(long newDuplicates, long newLate) {
        duplicates += newDuplicates;
        late += newLate;
    }

    private long sent(LoadProbe probe, long sentNanos) {
        long lag = Math.max(0, sentNanos - probe.intendedNanos());
        sent++;
        intervalOf(probe).sent++;
        if (sentNanos - lastSentNanos > 0) {
            lastSentNanos = sentNanos;
        }
        if (openLoop) {
            lags.record(lag);
        }
        return lag;
    }

    @SuppressWarnings("NullAway") // There is one for each constant.
    private void count(RttSource source) {
        clocks.get(source)[0]++;
    }

    private IntervalRecorder intervalOf(LoadProbe probe) {
        int index =
                (int) Math.max(0, Math.min(intervals.length - 1, (probe.intendedNanos() - beginNanos) / intervalNanos));
        return interval(index);
    }

    private IntervalRecorder interval(int index) {
        IntervalRecorder interval = intervals[index];
        if (interval == null) {
            interval = new IntervalRecorder();
            intervals[index] = interval;
        }
        return interval;
    }

    /** Adds what another loop has recorded in the same time. */
    void add(LoadRecorder other) {
        roundTrips.add(other.roundTrips);
        latencies.add(other.latencies);
        lags.add(other.lags);
        variation.add(other.variation);
        answered.or(other.answered);
        other.clocks.forEach((source, count) -> clocks.merge(source, count, (a, b) -> new long[] {a[0] + b[0]}));
        for (int i = 0; i < intervals.length; i++) {
            IntervalRecorder theirs = other.intervals[i];
            if (theirs != null) {
                IntervalRecorder ours = interval(i);
                ours.latencies.add(theirs.latencies);
                ours.sent += theirs.sent;
                ours.lost += theirs.lost;
            }
        }
        sent += other.sent;
        received += other.received;
        lost += other.lost;
        icmpErrors += other.icmpErrors;
        droppedLocally += other.droppedLocally;
        unfinished += other.unfinished;
        sendFailed += other.sendFailed;
        unsent += other.unsent;
        duplicates += other.duplicates;
        late += other.late;
        lastSentNanos = Math.max(lastSentNanos - beginNanos, other.lastSentNanos - beginNanos) + beginNanos;
        refusal = refusal == null ? other.refusal : refusal;
    }

    LoadSummary.Counts counts() {
        return new LoadSummary.Counts(
                sent,
                received,
                lost,
                icmpErrors,
                droppedLocally,
                unfinished,
                sendFailed,
                unsent,
                duplicates,
                late,
                variation.reordered());
    }

    Distribution roundTrips() {
        return roundTrips.distribution();
    }

    Distribution latencies() {
        return latencies.distribution();
    }

    Distribution lags() {
        return lags.distribution();
    }

    DelayVariation variation() {
        return variation;
    }

    Map<RttSource, Long> clocks() {
        Map<RttSource, Long> counts = new EnumMap<>(RttSource.class);
        clocks.forEach((source, count) -> {
            if (count[0] > 0) {
                counts.put(source, count[0]);
            }
        });
        return counts;
    }

    int answeredTargets() {
        return answered.cardinality();
    }

    /** Returns how long after the beginning the last probe was sent, as far as outcomes told. */
    long lastSentOffsetNanos() {
        return lastSentNanos - beginNanos;
    }

    Optional<SystemCallException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Returns the intervals that ended or began before that time. */
    List<LoadInterval> intervals(long elapsedNanos) {
        List<LoadInterval> list = new ArrayList<>(intervals.length);
        for (int i = 0; i < intervals.length && i * intervalNanos < elapsedNanos; i++) {
            IntervalRecorder interval = interval(i);
            list.add(new LoadInterval(
                    i * intervalNanos, intervalNanos, interval.sent, interval.lost, interval.latencies.distribution()));
        }
        return List.copyOf(list);
    }
}
