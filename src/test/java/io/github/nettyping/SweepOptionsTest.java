package io.github.nettyping;

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
}
