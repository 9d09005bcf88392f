package io.github.nettyping.correlation;

import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOutcome;
import java.util.OptionalLong;

/** What {@link CorrelatorStatistics} shows, while it is being counted. Confined to one thread. */
@SuppressWarnings("EnumOrdinal") // Only as the index of an array: a map would box every count.
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

    private final long[] rejected = new long[Rejection.values().length];
    private final long[] outcomes = new long[ProbeOutcome.Kind.values().length];
    private long probesSent;
    private long furtherTries;
    private long firstSentNanos;
    private long lastSentNanos;
    private long replies;
    private long lastReplyNanos;

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
        rejected[reason.ordinal()]++;
    }

    void count(ProbeOutcome outcome) {
        outcomes[outcome.kind().ordinal()]++;
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
                CorrelatorStatistics.Rejected.of(reason -> rejected[reason.ordinal()]),
                icmpErrors,
                lateErrors,
                notices,
                CorrelatorStatistics.Outcomes.of(kind -> outcomes[kind.ordinal()]),
                inFlight,
                probesSent == 0 ? OptionalLong.empty() : OptionalLong.of(firstSentNanos),
                probesSent == 0 ? OptionalLong.empty() : OptionalLong.of(lastSentNanos),
                replies == 0 ? OptionalLong.empty() : OptionalLong.of(lastReplyNanos));
    }
}
