package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.Timestamps;
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
        assertThat(SweepOptions.builder().build().channels(true).timestamps()).isEqualTo(Timestamps.RECEIVE);
        assertThat(SweepOptions.builder()
                        .probesPerSecond(50_000)
                        .build()
                        .channels(false)
                        .timestamps())
                .isEqualTo(Timestamps.TRANSMIT);
        assertThat(SweepOptions.builder()
                        .probesPerSecond(50_001)
                        .build()
                        .channels(true)
                        .timestamps())
                .isEqualTo(Timestamps.RECEIVE);
        assertThat(SweepOptions.builder()
                        .probesPerSecond(50_001)
                        .timestamps(Timestamps.USER)
                        .build()
                        .channels(true)
                        .timestamps())
                .isEqualTo(Timestamps.USER);
    }

    @Test
    void theRateThatIsFoundIsLowIfSomeTargetIsRemote() {
        SweepOptions auto = SweepOptions.builder().rate(SweepRate.auto()).build();
        SweepOptions endless = SweepOptions.builder()
                .rate(new SweepRate.Auto(OptionalLong.empty()))
                .build();

        assertThat(auto.channels(true).timestamps()).isEqualTo(Timestamps.TRANSMIT);
        assertThat(auto.channels(false).timestamps()).isEqualTo(Timestamps.RECEIVE);
        assertThat(endless.channels(true).timestamps()).isEqualTo(Timestamps.RECEIVE);
    }
}
