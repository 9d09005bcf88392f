package io.github.nettyping.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadClockTest {

    private final LoadClock clock = new LoadClock();

    @Test
    void aStepOfTheWallClockIsNoticed() {
        clock.take(5_000_000_000L);
        clock.take(5_002_000_000L);

        assertThat(clock.wasSet()).isTrue();
        assertThat(clock.wallOffsetNanos()).isEqualTo(5_002_000_000L);
    }

    @Test
    void slewingIsNoStep() {
        for (long drift = 0; drift < 100_000_000; drift += 500_000) {
            clock.take(5_000_000_000L + drift);
        }

        assertThat(clock.wasSet()).isFalse();
    }

    @Test
    void theFirstReadingIsNoStep() {
        clock.read();
        clock.read();

        assertThat(clock.wasSet()).isFalse();
        assertThat(clock.wallOffsetNanos()).isNotZero();
    }
}
