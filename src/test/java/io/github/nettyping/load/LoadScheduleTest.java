package io.github.nettyping.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadScheduleTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void probesAreDueAtTheSameDistance() {
        LoadSchedule schedule = new LoadSchedule(4, SECOND, 1, 0);

        assertThat(schedule.count()).isEqualTo(4);
        assertThat(LongStream.range(0, 5).map(schedule::offsetNanos))
                .containsExactly(0L, 250_000_000L, 500_000_000L, 750_000_000L, SECOND);
    }

    @Test
    void roundingDoesNotAddUp() {
        LoadSchedule schedule = new LoadSchedule(3, SECOND, 1, 0);

        assertThat(schedule.offsetNanos(1)).isEqualTo(333_333_333);
        assertThat(schedule.offsetNanos(3_000_000)).isEqualTo(1_000_000 * SECOND);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 1000000000, 1",
        "1, 1000000001, 2",
        "3, 500000000, 2",
        "100000000, 86400000000000, 8640000000000"
    })
    void everyProbeIsDueBeforeTheEndAndTheNextIsNot(long perSecond, long nanos, long count) {
        LoadSchedule schedule = new LoadSchedule(perSecond, nanos, 1, 0);

        assertThat(schedule.count()).isEqualTo(count);
        assertThat(schedule.offsetNanos(count - 1)).isLessThan(nanos);
        assertThat(schedule.offsetNanos(count)).isGreaterThanOrEqualTo(nanos);
    }

    @Test
    void loopsTogetherSendWhatOneWouldAtTheSameTimes() {
        LoadSchedule alone = new LoadSchedule(10, SECOND, 1, 0);
        LoadSchedule first = new LoadSchedule(10, SECOND, 3, 0);
        LoadSchedule second = new LoadSchedule(10, SECOND, 3, 1);
        LoadSchedule third = new LoadSchedule(10, SECOND, 3, 2);

        assertThat(first.count()).isEqualTo(4);
        assertThat(second.count()).isEqualTo(3);
        assertThat(third.count()).isEqualTo(3);
        assertThat(second.place(2)).isEqualTo(7);
        assertThat(second.offsetNanos(2)).isEqualTo(alone.offsetNanos(7));
    }

    @Test
    void moreLoopsThanProbesLeaveSomeWithNone() {
        assertThat(new LoadSchedule(1, SECOND, 3, 2).count()).isZero();
    }

    @Test
    void warmUpAndMeasurementShareTheSchedule() {
        LoadSchedule schedule = new LoadSchedule(1_000, 3 * SECOND, 2, 1);

        assertThat(schedule.before(SECOND)).isEqualTo(500);
        assertThat(schedule.offsetNanos(schedule.before(SECOND))).isGreaterThanOrEqualTo(SECOND);
    }
}
