package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProbeTokenTest {

    /** The algorithm as the paper has it, section 2, for three words and any numbers of rounds. */
    private static long sipHash(int each, int last, long key0, long key1, long... words) {
        long[] v = {
            key0 ^ 0x736f6d6570736575L,
            key1 ^ 0x646f72616e646f6dL,
            key0 ^ 0x6c7967656e657261L,
            key1 ^ 0x7465646279746573L
        };
        for (long word : new long[] {words[0], words[1], words[2], 24L << 56}) {
            v[3] ^= word;
            rounds(v, each);
            v[0] ^= word;
        }
        v[2] ^= 0xff;
        rounds(v, last);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void rounds(long[] v, int count) {
        for (int i = 0; i < count; i++) {
            half(v, 0, 1, 2, 3, 13, 16);
            half(v, 2, 1, 0, 3, 17, 21);
        }
    }

    private static void half(long[] v, int a, int b, int c, int d, int left, int right) {
        v[a] += v[b];
        v[c] += v[d];
        v[b] = Long.rotateLeft(v[b], left) ^ v[a];
        v[d] = Long.rotateLeft(v[d], right) ^ v[c];
        v[a] = Long.rotateLeft(v[a], 32);
    }

    /** Key 00..0f and message 00..17, of the reference implementation's vectors_sip64, at length 24. */
    @Test
    void agreesWithThePaper() {
        assertThat(sipHash(
                        2,
                        4,
                        0x0706050403020100L,
                        0x0f0e0d0c0b0a0908L,
                        0x0706050403020100L,
                        0x0f0e0d0c0b0a0908L,
                        0x1716151413121110L))
                .as("the reference vector, with the usual rounds")
                .isEqualTo(0xb8ad50c6f649af94L);

        Random random = new Random(13);
        for (int i = 0; i < 1_000; i++) {
            long[] any = random.longs(5).toArray();
            assertThat(new ProbeToken(any[0], any[1]).sipHash13(any[2], any[3], any[4]))
                    .isEqualTo(sipHash(1, 3, any));
        }
    }

    private static long sipHash(int each, int last, long[] any) {
        return sipHash(each, last, any[0], any[1], any[2], any[3], any[4]);
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
