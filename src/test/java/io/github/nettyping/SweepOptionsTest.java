package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.probe.ProbeOptions;
import java.util.OptionalLong;
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
        assertThat(SweepOptions.builder().build().timestamps(true)).isEqualTo(Timestamps.RECEIVE);
        assertThat(SweepOptions.builder().probesPerSecond(50_000).build().timestamps(false))
                .isEqualTo(Timestamps.TRANSMIT);
        assertThat(SweepOptions.builder().probesPerSecond(50_001).build().timestamps(true))
                .isEqualTo(Timestamps.RECEIVE);
        assertThat(SweepOptions.builder()
                        .probesPerSecond(50_001)
                        .timestamps(Timestamps.USER)
                        .build()
                        .timestamps(true))
                .isEqualTo(Timestamps.USER);
    }

    @Test
    void theRateThatIsFoundIsLowIfSomeTargetIsRemote() {
        SweepOptions auto = SweepOptions.builder().rate(SweepRate.auto()).build();
        SweepOptions endless = SweepOptions.builder()
                .rate(new SweepRate.Auto(OptionalLong.empty()))
                .build();

        assertThat(auto.timestamps(true)).isEqualTo(Timestamps.TRANSMIT);
        assertThat(auto.timestamps(false)).isEqualTo(Timestamps.RECEIVE);
        assertThat(endless.timestamps(true)).isEqualTo(Timestamps.RECEIVE);
    }
}
