package io.github.nettyping.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.load.LoadOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BenchProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private static String text(double seconds, int columns) {
        LoadOptions options = LoadOptions.builder()
                .probesPerSecond(100)
                .warmUp(Duration.ofSeconds(1))
                .duration(Duration.ofSeconds(9))
                .build();
        return BenchProgress.load(options, (long) (seconds * SECOND), 410, 3).apply(columns);
    }

    @Test
    void itTellsTimeAndWhatCameOfTheProbes() {
        assertThat(text(0.5, 80)).isEqualTo("0.5 s of 10.0 s, 5.0%, warming up, ETA 0:10");
        assertThat(text(5, 80)).isEqualTo("5.0 s of 10.0 s, 50.0%, 410 replies, 3 lost, ETA 0:05");
    }

    @Test
    void theLastRepliesAreWaitedForAtTheEnd() {
        assertThat(text(10.7, 80)).isEqualTo("10.0 s of 10.0 s, 100.0%, 410 replies, 3 lost, ETA 0:00");
    }

    @Test
    void aNarrowTerminalGetsLess() {
        assertThat(text(5, 40)).isEqualTo("5.0 s of 10.0 s, 50.0%, 410 replies");
    }
}
