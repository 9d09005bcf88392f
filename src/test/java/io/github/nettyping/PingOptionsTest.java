package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.probe.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PingOptionsTest {

    @Test
    void eachProbeIsOneTryASecondWithoutEnd() {
        PingOptions options = PingOptions.builder().build();

        assertThat(options.probe().attempts()).isEqualTo(1);
        assertThat(options.probe().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.pace()).isEqualTo(Pace.every(Duration.ofSeconds(1)));
        assertThat(options.count()).isEmpty();
    }

    @Test
    void outOfRangeIsRefusedByName() {
        assertThatThrownBy(() -> PingOptions.builder().count(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> PingOptions.builder()
                        .interval(Duration.ofNanos(999_999))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("interval: PT0.000999999S");
        assertThatThrownBy(() -> PingOptions.builder()
                        .interval(Duration.ofDays(1).plusNanos(1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("interval: PT24H0.000000001S");
        assertThatThrownBy(() -> PingOptions.builder().preload(65_537).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("preload: 65537");
    }
}
