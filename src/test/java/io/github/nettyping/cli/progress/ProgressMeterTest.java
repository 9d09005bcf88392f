package io.github.nettyping.cli.progress;

import static io.github.nettyping.cli.progress.ProgressSamples.outcomes;
import static io.github.nettyping.cli.progress.ProgressSamples.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.probe.ProbeOptions;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rates and the time left, by a clock that the tests move. */
class ProgressMeterTest {

    private static final long SECOND = 1_000_000_000L;
    /** One second, then one and a half. */
    private static final long WAIT = 2_500_000_000L;

    private final ProgressMeter meter = new ProgressMeter(WAIT);

    /** Every target answers at once. */
    private ProgressText.Figures answered(double seconds, long targets, long count) {
        return meter.add((long) (seconds * SECOND), state(targets, count, outcomes(count, 0)));
    }

    @Test
    void whatCannotBeKnownYetIsNotTold() {
        assertThat(answered(0, 1_000, 0).probesPerSecond()).isEmpty();
        assertThat(answered(0.25, 1_000, 10).probesPerSecond()).isEmpty();
        ProgressText.Figures soon = answered(0.5, 1_000, 20);
        assertThat(soon.probesPerSecond()).isEqualTo(OptionalDouble.of(40));
        assertThat(soon.secondsLeft()).isEmpty();
        assertThat(answered(1.0, 1_000, 40).secondsLeft()).isEmpty();
        assertThat(answered(1.25, 1_000, 50).secondsLeft()).isEqualTo(OptionalLong.of(24));
    }

    @Test
    void speedIsThatOfTheLastSeconds() {
        for (int second = 0; second <= 10; second++) {
            answered(second, 100_000, 1 + second * 1_000L);
        }
        for (int second = 1; second <= 10; second++) {
            answered(10 + second, 100_000, 10_001 + second * 10L);
        }
        ProgressText.Figures figures = answered(21, 100_000, 10_111);
        assertThat(figures.probesPerSecond().orElseThrow()).isBetween(9.0, 12.0);
        assertThat(figures.secondsLeft().orElseThrow()).isBetween(8_000L, 9_500L);
    }

    @Test
    void furtherTriesCountForTheRateAndNotAsTargetsSent() {
        meter.add(0, state(100, 10, 0, outcomes(0, 0)));
        ProgressText.Figures figures = meter.add(SECOND, state(100, 50, 20, outcomes(0, 10)));
        assertThat(figures.finished()).isEqualTo(10);
        assertThat(figures.probesPerSecond()).isEqualTo(OptionalDouble.of(40));
    }

    @Test
    void theTimeLeftIncludesTheWaitForTheLastSilentTargets() {
        // 100 a second, and each verdict comes 2.5 s after its question.
        for (int quarter = 0; quarter <= 40; quarter++) {
            long sent = 25L * quarter;
            meter.add(quarter * SECOND / 4, state(2_000, sent, outcomes(0, Math.max(0, sent - 250))));
        }
        // 975 to be asked, 9.75 s, then 2.5 s.
        assertThat(meter.add(41 * SECOND / 4, state(2_000, 1_025, outcomes(0, 775)))
                        .secondsLeft()
                        .orElseThrow())
                .isEqualTo(13);
    }

    @Test
    void whenAllAreAskedTheWaitRunsDown() {
        meter.add(0, state(100, 50, outcomes(10, 0)));
        meter.add(2 * SECOND, state(100, 100, outcomes(20, 1)));
        assertThat(meter.add(3 * SECOND, state(100, 100, outcomes(20, 1))).secondsLeft())
                .isEqualTo(OptionalLong.of(2));
        assertThat(meter.add(4 * SECOND, state(100, 100, outcomes(20, 1))).secondsLeft())
                .isEqualTo(OptionalLong.of(1));
        assertThat(meter.add(9 * SECOND, state(100, 100, outcomes(20, 1))).secondsLeft())
                .isEqualTo(OptionalLong.of(0));
    }

    @Test
    void aStandstillHasNoTimeLeft() {
        answered(0, 1_000, 10);
        for (int second = 1; second <= 8; second++) {
            answered(second, 1_000, 100);
        }
        assertThat(answered(9, 1_000, 100).secondsLeft()).isEmpty();
    }

    @Test
    void whatTheKernelRefusesIsFinishedWithoutHavingBeenSent() {
        CorrelatorStatistics.Outcomes refused = new CorrelatorStatistics.Outcomes(0, 0, 0, 0, 0, 19, 0);
        ProgressText.Figures figures = meter.add(0, state(19, 0, refused));
        assertThat(figures.finished()).isEqualTo(19);
        assertThat(figures.secondsLeft()).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void everyKindOfVerdictIsOne() {
        assertThat(new CorrelatorStatistics.Outcomes(1, 2, 4, 8, 16, 32, 64).total())
                .isEqualTo(127);
    }

    @Test
    void theLongestWaitIsThatOfAllTries() {
        ProbeOptions options = ProbeOptions.builder()
                .timeout(Duration.ofSeconds(1))
                .attempts(2)
                .backoff(1.5)
                .build();
        assertThat(ProgressMeter.longestWaitNanos(options)).isEqualTo(WAIT);
    }
}
