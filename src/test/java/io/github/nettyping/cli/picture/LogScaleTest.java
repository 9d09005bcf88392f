package io.github.nettyping.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogScaleTest {

    @ParameterizedTest
    @CsvSource({"3, 40, 2, 50", "100, 100, 100, 200", "0.7, 1000, 0.5, 1000", "1, 2, 1, 2"})
    void endsAtRoundValues(double low, double high, double from, double to) {
        LogScale scale = LogScale.around(low, high, 0, 100);

        assertThat(scale.low()).isCloseTo(from, org.assertj.core.data.Percentage.withPercentage(1e-6));
        assertThat(scale.high()).isCloseTo(to, org.assertj.core.data.Percentage.withPercentage(1e-6));
    }

    @Test
    void equalFactorsAreEquallyFar() {
        LogScale scale = new LogScale(1, 100, 300, -200);

        assertThat(scale.at(1)).isEqualTo(300);
        assertThat(scale.at(10)).isEqualTo(200);
        assertThat(scale.at(100)).isEqualTo(100);
        assertThat(scale.at(1_000)).isEqualTo(100);
    }

    @Test
    void ticksAreRound() {
        assertThat(new LogScale(2, 50, 0, 1).ticks()).containsExactly(2.0, 5.0, 10.0, 20.0, 50.0);
        assertThat(new LogScale(1, 1e5, 0, 1).ticks()).containsExactly(1.0, 10.0, 100.0, 1e3, 1e4, 1e5);
    }

    @Test
    void timesHaveUnits() {
        assertThat(Chart.time(999)).isEqualTo("999 ns");
        assertThat(Chart.time(1_500)).isEqualTo("1.5 µs");
        assertThat(Chart.time(12_345_678)).isEqualTo("12.3 ms");
        assertThat(Chart.time(2e9)).isEqualTo("2 s");
    }

    @Test
    void ticksOfTimeAreRound() {
        assertThat(Chart.roundStep(10)).isEqualTo(1);
        assertThat(Chart.roundStep(4)).isEqualTo(0.5);
        assertThat(Chart.roundStep(95)).isEqualTo(10);
    }
}
