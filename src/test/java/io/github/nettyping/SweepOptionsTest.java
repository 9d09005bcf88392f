package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.probe.ProbeOptions;
import org.junit.jupiter.api.Test;

class SweepOptionsTest {

    @Test
    void aSweepTakesOneReplyOfEachTarget() {
        ProbeOptions several = ProbeOptions.builder().severalReplies(true).build();

        assertThatThrownBy(() -> SweepOptions.builder().probe(several).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("severalReplies")
                .hasMessageContaining("pingGroup");
    }

    @Test
    void packetsAreStampedWhenTheyLeaveIfTheRateIsLow() {
        assertThat(SweepOptions.builder().build().timestamps()).isEqualTo(Timestamps.RECEIVE);
        assertThat(SweepOptions.builder().probesPerSecond(50_000).build().timestamps())
                .isEqualTo(Timestamps.TRANSMIT);
        assertThat(SweepOptions.builder().probesPerSecond(50_001).build().timestamps())
                .isEqualTo(Timestamps.RECEIVE);
        assertThat(SweepOptions.builder()
                        .probesPerSecond(50_001)
                        .timestamps(Timestamps.USER)
                        .build()
                        .timestamps())
                .isEqualTo(Timestamps.USER);
    }
}
