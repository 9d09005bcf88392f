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
public final class SweepTally {

    private static final int SIGNIFICANT_DIGITS = 3;

    private final PingRecorder recorder;
    private long replied;
    private long unreachable;
    private long timeExceeded;
    private long otherIcmpError;
    private long timedOut;
    private long notSent;
    private long droppedLocally;

    /** Creates an empty one. */
    public SweepTally() {
        this(new PingRecorder(SIGNIFICANT_DIGITS));
    }

    private SweepTally(PingRecorder recorder) {
        this.recorder = recorder;
    }

    /**
     * Returns what another one had counted.
     *
     * @param recorder takes ownership
     */
    static SweepTally of(CorrelatorStatistics.Outcomes outcomes, PingRecorder recorder) {
        SweepTally tally = new SweepTally(recorder);
        tally.add(outcomes);
        return tally;
    }

    private void add(CorrelatorStatistics.Outcomes outcomes) {
        replied += outcomes.replied();
        unreachable += outcomes.unreachable();
        timeExceeded += outcomes.timeExceeded();
        otherIcmpError += outcomes.otherIcmpError();
        timedOut += outcomes.timedOut();
        notSent += outcomes.notSent();
        droppedLocally += outcomes.droppedLocally();
    }

    /** Counts an outcome. */
    public void count(ProbeOutcome outcome) {
        if (outcome instanceof Replied reply) {
            countReply(reply.rttNanos(), reply.rttSource());
        } else {
            count(outcome.kind());
        }
    }

    /** Counts a reply. */
    void countReply(long rttNanos, RttSource source) {
        replied++;
        recorder.recordReply(rttNanos, source);
    }

    /** Counts an outcome that is no reply. */
    public void count(ProbeOutcome.Kind kind) {
        switch (kind) {
            case REPLIED -> throw new IllegalArgumentException("a reply has a round trip");
            case UNREACHABLE -> unreachable++;
            case TIME_EXCEEDED -> timeExceeded++;
            case OTHER_ICMP_ERROR -> otherIcmpError++;
            case TIMED_OUT -> timedOut++;
            case NOT_SENT -> notSent++;
            case DROPPED_LOCALLY -> droppedLocally++;
        }
    }

    /** Adds what another one has. */
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

    /** Returns the verdicts. */
    public CorrelatorStatistics.Outcomes outcomes() {
        return new CorrelatorStatistics.Outcomes(
                replied, unreachable, timeExceeded, otherIcmpError, timedOut, notSent, droppedLocally);
    }

    /** Returns the round trips of all replies. */
    public Distribution roundTrips() {
        return recorder.statistics().roundTrips();
    }

    /** Returns the recorder of the replies as bytes. */
    byte[] recorderBytes() {
        return recorder.toBytes();
    }
}
