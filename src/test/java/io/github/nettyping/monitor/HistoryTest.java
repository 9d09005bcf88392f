package io.github.nettyping.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How states change, with the defaults: 3 lost, 2 answered, a fifth of 60. */
class HistoryTest {

    private static final long MILLI = 1_000_000;

    private History history = history(MonitorOptions.builder());
    private TargetState state = TargetState.UNKNOWN;

    private static History history(MonitorOptions.Builder options) {
        return new History(Judgement.of(options.build()), 0);
    }

    private TargetState judge() {
        TargetState before = state;
        state = history.judge(before);
        if (before == TargetState.DOWN && state != before) {
            history.forgive();
        }
        return state;
    }

    private TargetState answer(int times) {
        return answer(times, MILLI);
    }

    private TargetState answer(int times, long rtt) {
        for (int i = 0; i < times; i++) {
            history.answered(rtt);
            judge();
        }
        return state;
    }

    private TargetState lose(int times) {
        for (int i = 0; i < times; i++) {
            history.lost();
            judge();
        }
        return state;
    }

    @Test
    void theFirstAnswerTellsThatItIsUp() {
        assertThat(answer(1)).isEqualTo(TargetState.UP);
        assertThat(history.reason(state, Optional.empty())).isEqualTo(new StateReason.Answered(1));
    }

    @Test
    void threeLostInARowMakeItDownAndTwoAnsweredUp() {
        assertThat(lose(2)).isEqualTo(TargetState.UNKNOWN);
        assertThat(lose(1)).isEqualTo(TargetState.DOWN);
        assertThat(history.reason(state, Optional.empty())).isEqualTo(new StateReason.Lost(3));
        assertThat(answer(1)).isEqualTo(TargetState.DOWN);
        assertThat(answer(1)).isEqualTo(TargetState.UP);
        assertThat(lose(2)).isEqualTo(TargetState.UP);
        assertThat(answer(1)).isEqualTo(TargetState.UP);
        assertThat(lose(2)).isEqualTo(TargetState.UP);
        assertThat(lose(1)).isEqualTo(TargetState.DOWN);
    }

    @Test
    void troubleOfThisHostChangesNothing() {
        answer(1);
        lose(2);
        for (int i = 0; i < 10; i++) {
            history.localTrouble();
            assertThat(judge()).isEqualTo(TargetState.UP);
        }
        assertThat(history.local).isTrue();
        assertThat(history.results()).hasSize(3);
        assertThat(lose(1)).isEqualTo(TargetState.DOWN);
        assertThat(history.local).isFalse();
    }

    @Test
    void moreThanAFifthOfTheWholeWindowIsDegradedUntilItIsATenth() {
        answer(1);
        // Of a window that is not full yet a fifth is not much.
        for (int i = 0; i < 12; i++) {
            lose(1);
            assertThat(answer(1)).isEqualTo(TargetState.UP);
        }
        assertThat(lose(1)).isEqualTo(TargetState.DEGRADED);
        assertThat(history.reason(state, Optional.empty())).isEqualTo(new StateReason.WindowLoss(13, 60));
        answer(34);
        int good = 0;
        while (state == TargetState.DEGRADED) {
            answer(1);
            good++;
            assertThat(good).isLessThan(60);
        }
        assertThat(IntStream.of(history.results()).filter(result -> result == History.LOST))
                .hasSize(6);
    }

    @Test
    void anOutageIsNotHeldAgainstATargetThatCameUp() {
        answer(5);
        assertThat(lose(40)).isEqualTo(TargetState.DOWN);
        assertThat(answer(60)).isEqualTo(TargetState.UP);
        for (int i = 0; i < 12; i++) {
            lose(1);
            answer(1);
        }
        assertThat(state).isEqualTo(TargetState.UP);
        assertThat(lose(1)).isEqualTo(TargetState.DEGRADED);
    }

    @Test
    void slowAnswersAreDegradedUntilThreeQuartersAreQuick() {
        history = history(MonitorOptions.builder().window(8).degradedRtt(Duration.ofMillis(10)));
        answer(4, MILLI);
        assertThat(answer(4, 20 * MILLI)).isEqualTo(TargetState.UP);
        assertThat(answer(1, 20 * MILLI)).isEqualTo(TargetState.DEGRADED);
        assertThat(history.reason(state, Optional.empty())).isEqualTo(new StateReason.WindowRoundTrips(5, 8));
        assertThat(answer(5, MILLI)).isEqualTo(TargetState.DEGRADED);
        assertThat(answer(1, MILLI)).isEqualTo(TargetState.UP);
    }

    @Test
    void theWindowHoldsTheLatestInOrder() {
        history = history(MonitorOptions.builder().window(5));
        for (int i = 1; i <= 7; i++) {
            history.answered(i * 1_000L);
        }
        history.lost();
        assertThat(history.results()).containsExactly(40, 50, 60, 70, History.LOST);
        WindowStatistics window = new WindowStatistics(history.results(), 1_000_000_000);
        assertThat(window.sent()).isEqualTo(5);
        assertThat(window.received()).isEqualTo(4);
        assertThat(window.loss()).hasValue(0.2);
        assertThat(window.minNanos()).hasValue(4_000);
        assertThat(window.meanNanos()).hasValue(5_500);
        assertThat(window.maxNanos()).hasValue(7_000);
        assertThat(window.percentileNanos(50)).hasValue(5_000);
        assertThat(window.percentileNanos(99)).hasValue(7_000);
        assertThat(window.rttNanos(0)).hasValue(4_000);
        assertThat(window.rttNanos(4)).isEmpty();
        assertThat(window.longestOutageNanos()).isEqualTo(1_000_000_000);
        // Three differences of 1 us, each moving the estimate by a sixteenth.
        double one = 1_000 / 16.0;
        double two = one + (1_000 - one) / 16;
        assertThat(window.jitterNanos()).hasValue(Math.round(two + (1_000 - two) / 16));
    }

    @Test
    void nothingIsKnownOfAnEmptyWindow() {
        WindowStatistics window = new WindowStatistics(history.results(), 1);
        assertThat(window.loss()).isEmpty();
        assertThat(window.minNanos()).isEmpty();
        assertThat(window.meanNanos()).isEmpty();
        assertThat(window.percentileNanos(50)).isEmpty();
        assertThat(window.jitterNanos()).isEmpty();
        assertThat(window.longestOutageNanos()).isZero();
    }
}
