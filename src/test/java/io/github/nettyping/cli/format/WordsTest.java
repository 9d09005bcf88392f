package io.github.nettyping.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.probe.RttSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void oneSourceIsNamedAndSeveralAreMixed() {
        assertThat(Words.sources(Set.of())).isEmpty();
        assertThat(Words.sources(Set.of(RttSource.USER_TX_KERNEL_RX))).contains("user_tx_kernel_rx");
        assertThat(Words.sources(Set.of(RttSource.USER_TX_KERNEL_RX, RttSource.USER_CLOCK)))
                .contains("mixed");
    }
}
