package io.github.nettyping.cli;

import io.github.nettyping.PingRecorder;
import io.github.nettyping.RoundTrips;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RttSource;

/**
 * The verdicts of a sweep and the round trips of its replies: of what was told, and nothing else, so that a summary fits its
 * results. Confined to one thread at a time.
 */
final class SweepTally {

    private static final int SIGNIFICANT_DIGITS = 3;
    private static final int KINDS = ProbeOutcome.Kind.values().length;

    private final long[] verdicts = new long[KINDS];
    private final PingRecorder recorder;

    /** Creates an empty one. */
    SweepTally() {
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
        tally.verdicts[ProbeOutcome.Kind.REPLIED.ordinal()] = outcomes.replied();
        tally.verdicts[ProbeOutcome.Kind.UNREACHABLE.ordinal()] = outcomes.unreachable();
        tally.verdicts[ProbeOutcome.Kind.TIME_EXCEEDED.ordinal()] = outcomes.timeExceeded();
        tally.verdicts[ProbeOutcome.Kind.OTHER_ICMP_ERROR.ordinal()] = outcomes.otherIcmpError();
        tally.verdicts[ProbeOutcome.Kind.TIMED_OUT.ordinal()] = outcomes.timedOut();
        tally.verdicts[ProbeOutcome.Kind.NOT_SENT.ordinal()] = outcomes.notSent();
        tally.verdicts[ProbeOutcome.Kind.DROPPED_LOCALLY.ordinal()] = outcomes.droppedLocally();
        return tally;
    }

    /** Counts an outcome. */
    void count(ProbeOutcome outcome) {
        verdicts[outcome.kind().ordinal()]++;
        if (outcome instanceof Replied reply) {
            recorder.recordReply(reply);
        }
    }

    /** Counts a reply. */
    void countReply(long rttNanos, RttSource source) {
        verdicts[ProbeOutcome.Kind.REPLIED.ordinal()]++;
        recorder.recordReply(rttNanos, source);
    }

    /** Counts an outcome that is no reply. */
    void count(ProbeOutcome.Kind kind) {
        verdicts[kind.ordinal()]++;
    }

    /** Adds what another one has. */
    void add(SweepTally other) {
        for (int i = 0; i < KINDS; i++) {
            verdicts[i] += other.verdicts[i];
        }
        recorder.add(other.recorder);
    }

    /** Returns one that goes on by itself. */
    SweepTally copy() {
        SweepTally copy = new SweepTally();
        copy.add(this);
        return copy;
    }

    /** Returns the verdicts. */
    CorrelatorStatistics.Outcomes outcomes() {
        return new CorrelatorStatistics.Outcomes(
                verdicts[ProbeOutcome.Kind.REPLIED.ordinal()],
                verdicts[ProbeOutcome.Kind.UNREACHABLE.ordinal()],
                verdicts[ProbeOutcome.Kind.TIME_EXCEEDED.ordinal()],
                verdicts[ProbeOutcome.Kind.OTHER_ICMP_ERROR.ordinal()],
                verdicts[ProbeOutcome.Kind.TIMED_OUT.ordinal()],
                verdicts[ProbeOutcome.Kind.NOT_SENT.ordinal()],
                verdicts[ProbeOutcome.Kind.DROPPED_LOCALLY.ordinal()]);
    }

    /** Returns the round trips of all replies. */
    RoundTrips roundTrips() {
        return recorder.statistics().roundTrips();
    }

    /** Returns the recorder of the replies as bytes. */
    byte[] recorderBytes() {
        return recorder.toBytes();
    }
}
