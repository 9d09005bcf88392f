package io.github.nettyping.correlation;

import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOutcome;
import java.util.OptionalLong;

/** What {@link CorrelatorStatistics} shows, while it is being counted. Confined to one thread. */
final class Counters {

    /** ICMP messages that came up the pipeline, of any kind. */
    long received;

    long resent;
    long duplicates;
    long damaged;
    long late;
    long icmpErrors;
    long lateErrors;
    long notices;

    private long rejectedToken;
    private long rejectedIdentifier;
    private long rejectedType;
    private long rejectedChecksum;
    private long rejectedMalformed;
    private long rejectedWrongSource;
    private long rejectedQuote;
    private long probesSent;
    private long furtherTries;
    private long firstSentNanos;
    private long lastSentNanos;
    private long replies;
    private long lastReplyNanos;
    private long replied;
    private long unreachable;
    private long timeExceeded;
    private long otherIcmpError;
    private long timedOut;
    private long notSent;
    private long droppedLocally;

    /** Counts a packet the kernel took. */
    void countSent(boolean first, long monotonicNanos) {
        if (probesSent == 0) {
            firstSentNanos = monotonicNanos;
        }
        probesSent++;
        furtherTries += first ? 0 : 1;
        lastSentNanos = monotonicNanos;
    }

    /** Counts a reply that was accepted. */
    void countReply(long readNanos) {
        replies++;
        lastReplyNanos = readNanos;
    }

    void count(Rejection reason) {
        switch (reason) {
            case TOKEN -> rejectedToken++;
            case IDENTIFIER -> rejectedIdentifier++;
            case TYPE -> rejectedType++;
            case CHECKSUM -> rejectedChecksum++;
            case MALFORMED -> rejectedMalformed++;
            case WRONG_SOURCE -> rejectedWrongSource++;
            case QUOTE -> rejectedQuote++;
        }
    }

    void count(ProbeOutcome outcome) {
        switch (outcome.kind()) {
            case REPLIED -> replied++;
            case UNREACHABLE -> unreachable++;
            case TIME_EXCEEDED -> timeExceeded++;
            case OTHER_ICMP_ERROR -> otherIcmpError++;
            case TIMED_OUT -> timedOut++;
            case NOT_SENT -> notSent++;
            case DROPPED_LOCALLY -> droppedLocally++;
        }
    }

    CorrelatorStatistics snapshot(int inFlight) {
        return new CorrelatorStatistics(
                probesSent,
                furtherTries,
                resent,
                replies,
                duplicates,
                damaged,
                late,
                new CorrelatorStatistics.Rejected(
                        rejectedToken,
                        rejectedIdentifier,
                        rejectedType,
                        rejectedChecksum,
                        rejectedMalformed,
                        rejectedWrongSource,
                        rejectedQuote),
                icmpErrors,
                lateErrors,
                notices,
                new CorrelatorStatistics.Outcomes(
                        replied, unreachable, timeExceeded, otherIcmpError, timedOut, notSent, droppedLocally),
                inFlight,
                probesSent == 0 ? OptionalLong.empty() : OptionalLong.of(firstSentNanos),
                probesSent == 0 ? OptionalLong.empty() : OptionalLong.of(lastSentNanos),
                replies == 0 ? OptionalLong.empty() : OptionalLong.of(lastReplyNanos));
    }
}
