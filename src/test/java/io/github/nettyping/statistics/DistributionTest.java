package io.github.nettyping.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DistributionTest {

    private final DistributionRecorder recorder = DistributionRecorder.ofFixedSize(3);

    @Test
    void extremesAndMeanAreExactAndPercentilesNearlySo() {
        for (long i = 1; i <= 1_000; i++) {
            recorder.record(i * 1_001);
        }
        Distribution times = recorder.distribution();

        assertThat(times.count()).isEqualTo(1_000);
        assertThat(times.minNanos()).hasValue(1_001);
        assertThat(times.maxNanos()).hasValue(1_001_000);
        assertThat(times.meanNanos()).hasValueCloseTo(500.5 * 1_001, within(1e-6));
        assertThat(times.percentileNanos(99).getAsLong()).isBetween(990_990L, 991_990L);
        assertThat(times.percentileNanos(100)).hasValue(1_001_000);
    }

    @Test
    void nothingHasNoFigures() {
        Distribution times = recorder.distribution();

        assertThat(times.count()).isZero();
        assertThat(times.minNanos()).isEmpty();
        assertThat(times.meanNanos()).isEmpty();
        assertThat(times.percentileNanos(50)).isEmpty();
        assertThat(times.beyond(99)).isZero();
    }

    @Test
    void negativeTimesAreNone() {
        recorder.record(-5);

        assertThat(recorder.distribution().minNanos()).hasValue(0);
    }

    @Test
    void timesBeyondTheRangeAreCountedAndTheMaximumIsTrue() {
        recorder.record(TimeUnit.DAYS.toNanos(2));

        assertThat(recorder.distribution().outOfRange()).isEqualTo(1);
        assertThat(recorder.distribution().maxNanos()).hasValue(TimeUnit.DAYS.toNanos(2));
    }

    @Test
    void othersAreAdded() {
        DistributionRecorder other = DistributionRecorder.ofFixedSize(3);
        recorder.record(2_000);
        other.record(1_000);
        recorder.add(other);
        recorder.add(DistributionRecorder.ofFixedSize(3));

        assertThat(recorder.distribution().count()).isEqualTo(2);
        assertThat(recorder.distribution().minNanos()).hasValue(1_000);
        assertThat(recorder.distribution().meanNanos()).hasValue(1_500);
    }

    @Test
    void tellsHowManySamplesAPercentileRestsOn() {
        for (int i = 0; i < 10_000; i++) {
            recorder.record(1);
        }

        assertThat(recorder.distribution().beyond(99.9)).isEqualTo(10);
        assertThat(recorder.distribution().beyond(99.99)).isEqualTo(1);
    }

    /** What HdrHistogram's plotters read: four columns, the fourth a number, other lines with a hash. */
    @Test
    void percentilesAreWrittenAsPlottersReadThem() {
        recorder.record(1_500);
        recorder.record(1_900);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        recorder.distribution().writePercentiles(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
        String text = bytes.toString(StandardCharsets.US_ASCII);

        assertThat(text.lines().findFirst()).hasValue("       Value     Percentile TotalCount 1/(1-Percentile)");
        assertThat(text).contains("       1.500 0.000000000000          1           1.00");
        assertThat(text).contains("#[Max     =        1.900, Total count    =            2]");
    }

    @Test
    void percentsAreChecked() {
        assertThatThrownBy(() -> recorder.distribution().percentileNanos(100.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("percent: 100.1 (expected: 0 to 100)");
    }
}
