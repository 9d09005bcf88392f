package io.github.nettyping.cli.progress;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.sweep.SweepSummary;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** States of sweeps. */
public final class ProgressSamples {

    private ProgressSamples() {}

    /** Of a sweep whose targets are asked once each. */
    public static SweepSummary state(long targets, long sent, CorrelatorStatistics.Outcomes outcomes) {
        return state(targets, sent, 0, outcomes);
    }

    public static SweepSummary state(
            long targets, long sent, long furtherTries, CorrelatorStatistics.Outcomes outcomes) {
        return state(targets, statistics(sent, furtherTries, 0, outcomes, noneRejected()), 0);
    }

    public static SweepSummary state(long targets, CorrelatorStatistics statistics, long localDrops) {
        return new SweepSummary(
                targets,
                statistics,
                localDrops,
                List.of(),
                Set.of(SocketKind.IPV4_RAW),
                1_000,
                1,
                Instant.EPOCH,
                1_000_000_000L,
                false);
    }

    public static CorrelatorStatistics statistics(
            long sent,
            long furtherTries,
            long late,
            CorrelatorStatistics.Outcomes outcomes,
            CorrelatorStatistics.Rejected rejected) {
        return new CorrelatorStatistics(
                sent,
                furtherTries,
                0,
                outcomes.replied(),
                0,
                0,
                late,
                rejected,
                0,
                0,
                0,
                outcomes,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    public static CorrelatorStatistics.Rejected noneRejected() {
        return new CorrelatorStatistics.Rejected(0, 0, 0, 0, 0, 0, 0);
    }

    public static CorrelatorStatistics.Outcomes outcomes(long alive, long timeouts) {
        return new CorrelatorStatistics.Outcomes(alive, 0, 0, 0, timeouts, 0, 0);
    }

    static ProgressText.Figures figures(long sent, long targets) {
        return new ProgressMeter(0).add(0, state(targets, sent, outcomes(sent, 0)));
    }
}
