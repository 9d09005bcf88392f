package io.github.nettyping.cli.checkpoint;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.sweep.SweepSummary;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the parts of a sweep before this one sent and received. Times between parts do not count: neither in the whole time nor
 * in rates, for which all parts are thought to have followed each other at once. Immutable.
 *
 * @param statistics   counts, the first probe at 0; its outcomes are not used, for those of which the lines were lost have
 *                     become targets again
 * @param startedAt    when the first part began
 * @param elapsedNanos of all parts
 */
public record SweepPast(
        CorrelatorStatistics statistics,
        long localDrops,
        List<String> interfacesLost,
        Set<SocketKind> sockets,
        Instant startedAt,
        long elapsedNanos) {

    static SweepPast none(Instant startedAt) {
        return new SweepPast(CorrelatorStatistics.EMPTY, 0, List.of(), Set.of(), startedAt, 0);
    }

    /** Returns that of a sweep that has gone on. */
    SweepPast plus(SweepSummary part) {
        Set<SocketKind> kinds = EnumSet.noneOf(SocketKind.class);
        kinds.addAll(sockets);
        kinds.addAll(part.sockets());
        return new SweepPast(
                sum(part.statistics(), CorrelatorStatistics.EMPTY.outcomes()),
                localDrops + part.localDrops(),
                Stream.concat(interfacesLost.stream(), part.interfacesLost().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                Set.copyOf(kinds),
                startedAt,
                elapsedNanos + part.elapsedNanos());
    }

    /** Returns the summary of all parts, from the last one and the outcomes of all. */
    public SweepSummary summary(SweepSummary part, CorrelatorStatistics.Outcomes outcomes) {
        SweepPast all = plus(part);
        return new SweepSummary(
                part.targets(),
                sum(part.statistics(), outcomes),
                all.localDrops(),
                all.interfacesLost(),
                all.sockets(),
                part.maxInFlight(),
                part.loops(),
                startedAt,
                all.elapsedNanos(),
                part.stopped());
    }

    private CorrelatorStatistics sum(CorrelatorStatistics part, CorrelatorStatistics.Outcomes outcomes) {
        CorrelatorStatistics counts = statistics.plus(part);
        boolean sent = counts.firstSentNanos().isPresent();
        return new CorrelatorStatistics(
                counts.probesSent(),
                counts.furtherTries(),
                counts.resent(),
                counts.replies(),
                counts.duplicates(),
                counts.damaged(),
                counts.late(),
                counts.rejected(),
                counts.icmpErrors(),
                counts.lateErrors(),
                counts.notices(),
                outcomes,
                0,
                sent ? OptionalLong.of(0) : OptionalLong.empty(),
                sent ? OptionalLong.of(sending(statistics) + sending(part)) : OptionalLong.empty(),
                counts.lastReplyNanos().isPresent()
                        ? OptionalLong.of(answering(statistics) + answering(part))
                        : OptionalLong.empty());
    }

    private static long sending(CorrelatorStatistics part) {
        return between(part.firstSentNanos(), part.lastSentNanos());
    }

    private static long answering(CorrelatorStatistics part) {
        return between(part.firstSentNanos(), part.lastReplyNanos());
    }

    private static long between(OptionalLong from, OptionalLong to) {
        return from.isPresent() && to.isPresent() ? to.getAsLong() - from.getAsLong() : 0;
    }
}
