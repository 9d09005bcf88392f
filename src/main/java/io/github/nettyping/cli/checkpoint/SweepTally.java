package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.statistics.PingRecorder;

/**
 * The verdicts of a sweep and the round trips of its replies: of what was told, and nothing else, so that a summary fits its
 * results. Confined to one thread at a time.
 */
@SuppressWarnings("EnumOrdinal") // Only as the index of an array: a map would box every count.
public final class SweepTally {

    private static final int SIGNIFICANT_DIGITS = 3;

    private final PingRecorder recorder;
    private final long[] counts = new long[ProbeOutcome.Kind.values().length];

    public SweepTally() {
        this(new PingRecorder(SIGNIFICANT_DIGITS));
    }

    private SweepTally(PingRecorder recorder) {
        this.recorder = recorder;
    }

    /** Returns what another one had counted; takes ownership of the recorder. */
    static SweepTally of(CorrelatorStatistics.Outcomes outcomes, PingRecorder recorder) {
        SweepTally tally = new SweepTally(recorder);
        tally.add(outcomes);
        return tally;
    }

    private void add(CorrelatorStatistics.Outcomes outcomes) {
        for (ProbeOutcome.Kind kind : ProbeOutcome.Kind.values()) {
            counts[kind.ordinal()] += outcomes.count(kind);
        }
    }

    public void count(ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            countReply(reply.rttNanos(), reply.rttSource());
        } else {
            count(outcome.kind());
        }
    }

    void countReply(long rttNanos, RttSource source) {
        counts[ProbeOutcome.Kind.REPLIED.ordinal()]++;
        recorder.recordReply(rttNanos, source);
    }

    /** Counts an outcome that is no reply. */
    public void count(ProbeOutcome.Kind kind) {
        if (kind == ProbeOutcome.Kind.REPLIED) {
            throw new IllegalArgumentException("a reply has a round trip");
        }
        counts[kind.ordinal()]++;
    }

    public void add(SweepTally other) {
        add(other.outcomes());
        recorder.add(other.recorder);
    }

    /** Returns one that goes on by itself. */
    public SweepTally copy() {
        SweepTally copy = new SweepTally();
        copy.add(this);
        return copy;
    }

    public CorrelatorStatistics.Outcomes outcomes() {
        return CorrelatorStatistics.Outcomes.of(kind -> counts[kind.ordinal()]);
    }

    public Distribution roundTrips() {
        return recorder.statistics().roundTrips();
    }

    byte[] recorderBytes() {
        return recorder.toBytes();
    }
}
