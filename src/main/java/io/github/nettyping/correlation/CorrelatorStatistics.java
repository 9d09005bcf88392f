package io.github.nettyping.correlation;

import io.github.nettyping.probe.ProbeObserver.Rejection;
import io.github.nettyping.probe.ProbeOutcome.Kind;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a {@link ProbeCorrelator} has counted since it was added to its channel. Immutable.
 *
 * @param probesSent packets the kernel took: every try of every probe, and those sent again
 * @param furtherTries those of them that were not the first packet of their probe
 * @param resent     packets sent again because this host dropped received ones while they waited; no tries. Counted
 *                   when they are written
 * @param replies    replies that were accepted: the outcomes of probes, and of probes that take
 *                   {@linkplain io.github.nettyping.probe.ProbeOptions#severalReplies() several replies} the first of
 *                   every host
 * @param duplicates authentic replies to a probe that had been answered: copies, and answers to its other tries; and
 *                   further ones of a host while a probe waits that takes several replies
 * @param damaged    accepted replies with a code other than 0 or with changed data
 * @param late       authentic replies to a probe that had been given up or cancelled, or after its last deadline
 * @param rejected   what was not accepted, by reason
 * @param icmpErrors ICMP errors that quote a probe in flight
 * @param lateErrors ICMP errors that quote a probe that had its outcome
 * @param notices    redirects, source quenches and errors this host reported itself: they decide nothing
 * @param outcomes   outcomes passed on, by kind
 * @param inFlight   probes without outcome
 * @param firstSentNanos when the kernel took the first packet, by {@link System#nanoTime()}; empty before
 * @param lastSentNanos  when it took the last one
 * @param lastReplyNanos when the last accepted reply was read
 */
public record CorrelatorStatistics(
        long probesSent,
        long furtherTries,
        long resent,
        long replies,
        long duplicates,
        long damaged,
        long late,
        Rejected rejected,
        long icmpErrors,
        long lateErrors,
        long notices,
        Outcomes outcomes,
        int inFlight,
        OptionalLong firstSentNanos,
        OptionalLong lastSentNanos,
        OptionalLong lastReplyNanos) {

    /** Nothing counted. */
    public static final CorrelatorStatistics EMPTY = new Counters().snapshot(0);

    /**
     * {@return the sums of what two correlators have counted, with the earlier of the first times, the later of the
     * last ones}
     *
     * @param other of another channel
     */
    public CorrelatorStatistics plus(CorrelatorStatistics other) {
        return new CorrelatorStatistics(
                probesSent + other.probesSent,
                furtherTries + other.furtherTries,
                resent + other.resent,
                replies + other.replies,
                duplicates + other.duplicates,
                damaged + other.damaged,
                late + other.late,
                Rejected.of(reason -> rejected.count(reason) + other.rejected.count(reason)),
                icmpErrors + other.icmpErrors,
                lateErrors + other.lateErrors,
                notices + other.notices,
                Outcomes.of(kind -> outcomes.count(kind) + other.outcomes.count(kind)),
                inFlight + other.inFlight,
                either(firstSentNanos, other.firstSentNanos, true),
                either(lastSentNanos, other.lastSentNanos, false),
                either(lastReplyNanos, other.lastReplyNanos, false));
    }

    private static OptionalLong either(OptionalLong one, OptionalLong other, boolean earlier) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        // Readings of nanoTime are compared by their difference.
        return (one.getAsLong() - other.getAsLong() < 0) == earlier ? one : other;
    }

    /**
     * Messages that were not accepted, by reason; the probes they pretend to answer waited on. Immutable.
     *
     * @param token       replies without the right token
     * @param identifier  replies with another identifier, or with a sequence number that is not their probe's
     * @param type        messages that are neither reply nor error
     * @param checksum    packets with a wrong ICMP checksum
     * @param malformed   packets that are no ICMP message, for their lengths
     * @param wrongSource authentic replies from another address than the target; and those of a group of hosts when
     *                    more have answered than the channel remembers, 65,536
     * @param quote       ICMP errors whose quote is no probe of ours
     */
    public record Rejected(
            long token, long identifier, long type, long checksum, long malformed, long wrongSource, long quote) {

        /**
         * {@return the counts that a function tells}
         *
         * @param counts 0 or more, for each reason
         */
        public static Rejected of(ToLongFunction<Rejection> counts) {
            return new Rejected(
                    counts.applyAsLong(Rejection.TOKEN),
                    counts.applyAsLong(Rejection.IDENTIFIER),
                    counts.applyAsLong(Rejection.TYPE),
                    counts.applyAsLong(Rejection.CHECKSUM),
                    counts.applyAsLong(Rejection.MALFORMED),
                    counts.applyAsLong(Rejection.WRONG_SOURCE),
                    counts.applyAsLong(Rejection.QUOTE));
        }

        /**
         * {@return how many were not accepted for a reason}
         *
         * @param reason which
         */
        public long count(Rejection reason) {
            return switch (reason) {
                case TOKEN -> token;
                case IDENTIFIER -> identifier;
                case TYPE -> type;
                case CHECKSUM -> checksum;
                case MALFORMED -> malformed;
                case WRONG_SOURCE -> wrongSource;
                case QUOTE -> quote;
            };
        }
    }

    /**
     * Outcomes by kind. Immutable.
     *
     * @param replied        replies; one for each probe, also where a group of hosts was asked
     * @param unreachable    destination unreachable
     * @param timeExceeded   time exceeded
     * @param otherIcmpError other ICMP errors
     * @param timedOut       silence
     * @param notSent        trouble on this side
     * @param droppedLocally silence, while this host dropped packets
     */
    public record Outcomes(
            long replied,
            long unreachable,
            long timeExceeded,
            long otherIcmpError,
            long timedOut,
            long notSent,
            long droppedLocally) {

        /**
         * {@return the counts that a function tells}
         *
         * @param counts 0 or more, for each kind
         */
        public static Outcomes of(ToLongFunction<Kind> counts) {
            return new Outcomes(
                    counts.applyAsLong(Kind.REPLIED),
                    counts.applyAsLong(Kind.UNREACHABLE),
                    counts.applyAsLong(Kind.TIME_EXCEEDED),
                    counts.applyAsLong(Kind.OTHER_ICMP_ERROR),
                    counts.applyAsLong(Kind.TIMED_OUT),
                    counts.applyAsLong(Kind.NOT_SENT),
                    counts.applyAsLong(Kind.DROPPED_LOCALLY));
        }

        /**
         * {@return how many there were of a kind}
         *
         * @param kind which
         */
        public long count(Kind kind) {
            return switch (kind) {
                case REPLIED -> replied;
                case UNREACHABLE -> unreachable;
                case TIME_EXCEEDED -> timeExceeded;
                case OTHER_ICMP_ERROR -> otherIcmpError;
                case TIMED_OUT -> timedOut;
                case NOT_SENT -> notSent;
                case DROPPED_LOCALLY -> droppedLocally;
            };
        }

        /** {@return how many there were, of all kinds} */
        public long total() {
            return Stream.of(Kind.values()).mapToLong(this::count).sum();
        }
    }
}
