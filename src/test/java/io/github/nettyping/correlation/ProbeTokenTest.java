package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTokenTest {

    /** Key 00..0f and message 00..17, of the reference implementation's vectors_sip64, at length 24. */
    @Test
    void agreesWithTheReferenceVectorOfTwentyFourBytes() {
        ProbeToken token = new ProbeToken(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

        assertThat(token.sipHash24(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, 0x1716151413121110L))
                .isEqualTo(0xb8ad50c6f649af94L);
    }

    @Test
    void changesWithEachOfItsParts() {
        ProbeToken token = new ProbeToken(1, 2);

        assertThat(new long[] {
                    token.of(3, 4, 5, 6),
                    token.of(9, 4, 5, 6),
                    token.of(3, 9, 5, 6),
                    token.of(3, 4, 9, 6),
                    token.of(3, 4, 5, 9),
                    new ProbeToken(9, 2).of(3, 4, 5, 6),
                    new ProbeToken(1, 9).of(3, 4, 5, 6)
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void keepsSlotAndGenerationApart() {
        ProbeToken token = new ProbeToken(1, 2);

        assertThat(token.of(3, 4, 0, -1)).isNotEqualTo(token.of(3, 4, -1, -1));
    }

    @Test
    void hasAnotherSecretEachTime() {
        assertThat(ProbeToken.random().of(1, 2, 3, 4))
                .isNotEqualTo(ProbeToken.random().of(1, 2, 3, 4));
    }
}
