package io.github.nettyping.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.probe.ProbeOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadOptionsTest {

    @Test
    void builderOfOptionsHoldsTheirValues() {
        LoadOptions options = LoadOptions.builder()
                .asFastAsRepliesReturn()
                .duration(Duration.ofMillis(3))
                .warmUp(Duration.ZERO)
                .loops(2)
                .maxInFlight(5)
                .receiveBufferBytes(4_097)
                .sendBufferBytes(4_098)
                .build();

        assertThat(options.toBuilder().build()).isEqualTo(options);
    }

    @Test
    void furtherTriesAreRefused() {
        assertThatThrownBy(() ->
                        LoadOptions.builder().probe(ProbeOptions.defaults()).build())
                .hasMessage("probe: 2 attempts (expected: 1, for what a further try brings is no latency)");
    }

    @Test
    void everyLoopMustBeAllowedAProbe() {
        assertThatThrownBy(() -> LoadOptions.builder().loops(3).maxInFlight(2).build())
                .hasMessage("maxInFlight: 2 (expected: 3 to 4194304)");
    }

    @Test
    void durationsHaveRanges() {
        assertThatThrownBy(() -> LoadOptions.builder().duration(Duration.ZERO).build())
                .hasMessage("duration: PT0S (expected: more than zero, at most PT24H)");
        assertThatThrownBy(
                        () -> LoadOptions.builder().warmUp(Duration.ofNanos(-1)).build())
                .hasMessage("warmUp: PT-0.000000001S (expected: zero to PT24H)");
    }

    @Test
    void searchBoundsHaveRanges() {
        Duration trial = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new LoadSearchOptions(11, 10, 0.1, trial))
                .hasMessage("lowest: 11 (expected: 1 to 10)");
        assertThatThrownBy(() -> new LoadSearchOptions(1, 10, Double.NaN, trial))
                .hasMessage("tolerance: NaN (expected: 0.001 to 0.5)");
        assertThat(LoadSearchOptions.defaults().highest()).isEqualTo(1_000_000);
    }
}
