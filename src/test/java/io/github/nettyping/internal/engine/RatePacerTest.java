package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatePacerTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 999, 1_000, 50_000, 1_000_000})
    void allowsTheRateOverTenSecondsWhateverTheStep(long rate) {
        for (long step : new long[] {MILLI / 7, MILLI, 9 * MILLI}) {
            RatePacer pacer = new RatePacer(rate, 0);
            long taken = 0;
            for (long now = 0; now < 10_000 * MILLI; now += step) {
                taken += pacer.take(Integer.MAX_VALUE, now);
            }
            assertThat(taken).isBetween(10 * rate - rate / 100 - 1, 10 * rate + 1);
        }
    }

    @Test
    void severalTogetherHaveOneProbeDueAtATime() {
        RatePacer[] pacers = {new RatePacer(300, 0, 0, 3), new RatePacer(300, 0, 1, 3), new RatePacer(300, 0, 2, 3)};
        long interval = TimeUnit.SECONDS.toNanos(1) / 300;
        for (int i = 0; i < 30; i++) {
            int due = 0;
            for (RatePacer pacer : pacers) {
                due += pacer.take(10, i * (interval + 1));
            }
            assertThat(due).isOne();
        }
    }

    @Test
    void makesUpForTenMillisecondsOfAPauseAndNoMore() {
        RatePacer pacer = new RatePacer(10_000, 0);
        pacer.take(1, 0);

        assertThat(pacer.take(1_000_000, 60_000 * MILLI)).isEqualTo(100);
        assertThat(pacer.take(1_000_000, 60_001 * MILLI)).isEqualTo(10);
    }

    @Test
    void tellsWhenTheNextProbeIsDue() {
        RatePacer pacer = new RatePacer(100, 0);
        assertThat(pacer.nanosUntilDue(0)).isZero();
        assertThat(pacer.take(1, 0)).isOne();

        assertThat(pacer.nanosUntilDue(0)).isEqualTo(10 * MILLI);
        assertThat(pacer.take(1, 10 * MILLI - 1)).isZero();
        assertThat(pacer.take(1, 10 * MILLI)).isOne();
    }
}
