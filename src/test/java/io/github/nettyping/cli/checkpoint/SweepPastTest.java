package io.github.nettyping.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.sweep.SweepSummary;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepPastTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final CorrelatorStatistics.Outcomes OUTCOMES =
            new CorrelatorStatistics.Outcomes(1, 2, 3, 4, 5, 6, 7);

    private static SweepSummary part(OptionalLong first, OptionalLong last, OptionalLong reply) {
        CorrelatorStatistics statistics = new CorrelatorStatistics(
                11,
                12,
                13,
                10,
                15,
                16,
                17,
                new CorrelatorStatistics.Rejected(21, 22, 23, 24, 25, 26, 27),
                31,
                32,
                33,
                new CorrelatorStatistics.Outcomes(9, 9, 9, 9, 9, 9, 9),
                3,
                first,
                last,
                reply);
        return new SweepSummary(
                99,
                statistics,
                41,
                List.of("eth1"),
                Set.of(SocketKind.IPV4_RAW),
                64,
                2,
                START.plusSeconds(9),
                1_000,
                true);
    }

    private static SweepSummary part(long first) {
        return part(
                OptionalLong.of(first),
                OptionalLong.of(first + 1_000_000_000L),
                OptionalLong.of(first + 2_000_000_000L));
    }

    @Test
    void onePartIsItselfButForItsOutcomes() {
        SweepSummary part = part(-77);
        SweepSummary whole = SweepPast.none(START).summary(part, OUTCOMES);

        assertThat(whole.targets()).isEqualTo(99);
        assertThat(whole.statistics().outcomes()).isEqualTo(OUTCOMES);
        assertThat(whole.statistics().probesSent()).isEqualTo(11);
        assertThat(whole.statistics().rejected()).isEqualTo(part.statistics().rejected());
        assertThat(whole.localDrops()).isEqualTo(41);
        assertThat(whole.probesPerSecond()).isEqualTo(part.probesPerSecond());
        assertThat(whole.roundTripsPerSecond()).isEqualTo(part.roundTripsPerSecond());
        assertThat(whole.startedAt()).isEqualTo(START);
        assertThat(whole.elapsedNanos()).isEqualTo(1_000);
        assertThat(whole.stopped()).isTrue();
        assertThat(whole.loops()).isEqualTo(2);
    }

    @Test
    void partsAreAddedAndTheTimeBetweenThemDoesNotCount() {
        SweepPast past = SweepPast.none(START).plus(part(-77)).plus(part(1L << 60));
        SweepSummary whole = past.summary(part(5), OUTCOMES);

        assertThat(whole.statistics().probesSent()).isEqualTo(33);
        assertThat(whole.statistics().replies()).isEqualTo(30);
        assertThat(whole.statistics().late()).isEqualTo(51);
        assertThat(whole.statistics().rejected().quote()).isEqualTo(81);
        assertThat(whole.localDrops()).isEqualTo(123);
        assertThat(whole.interfacesLost()).containsExactly("eth1");
        assertThat(whole.elapsedNanos()).isEqualTo(3_000);
        assertThat(whole.probesPerSecond().orElseThrow()).isEqualTo(32 / 3.0);
        assertThat(whole.roundTripsPerSecond().orElseThrow()).isEqualTo(30 / 6.0);
    }

    @Test
    void partsThatSentNothingHaveNoTimes() {
        SweepSummary idle = part(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        assertThat(SweepPast.none(START).summary(idle, OUTCOMES).probesPerSecond())
                .isEmpty();
        SweepSummary whole = SweepPast.none(START).plus(part(5)).summary(idle, OUTCOMES);
        assertThat(whole.statistics().lastSentNanos()).hasValue(1_000_000_000L);
        assertThat(whole.statistics().lastReplyNanos()).hasValue(2_000_000_000L);
    }
}
