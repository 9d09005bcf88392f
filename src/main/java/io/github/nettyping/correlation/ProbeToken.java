package io.github.nettyping.correlation;

import java.security.SecureRandom;

/**
 * What a reply must carry to be believed: SipHash-1-3 over where a probe went and which try it was, keyed with a
 * secret of this process. Who did not see the probe cannot make it up: the attacks that the more usual SipHash-2-4 has its
 * further rounds for begin with tokens that were seen. Immutable.
 *
 * @see <a href="https://www.aumasson.jp/siphash/siphash.pdf">SipHash: a fast short-input PRF</a>, section 2
 */
final class ProbeToken {

    /** The last word of a message of 24 bytes: its length in the top byte, no bytes left over. Section 2.2. */
    private static final long LAST_WORD = 24L << 56;

    private final long key0;
    private final long key1;

    ProbeToken(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    static ProbeToken random() {
        SecureRandom random = new SecureRandom();
        return new ProbeToken(random.nextLong(), random.nextLong());
    }

    /** Returns the token of one try. */
    long of(long destinationHigh, long destinationLow, int slot, int generation) {
        return sipHash13(destinationHigh, destinationLow, (long) slot << 32 | (generation & 0xffff_ffffL));
    }

    /** SipHash-1-3 of 24 bytes, taken as three little-endian words. */
    long sipHash13(long word0, long word1, long word2) {
        // "somepseudorandomlygeneratedbytes"
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        // One round for each of four words, then three to finish, for which the word is 0 and changes nothing.
        for (int round = 0; round < 7; round++) {
            long word =
                    switch (round) {
                        case 0 -> word0;
                        case 1 -> word1;
                        case 2 -> word2;
                        case 3 -> LAST_WORD;
                        default -> 0;
                    };
            if (round == 4) {
                v2 ^= 0xff;
            }
            v3 ^= word;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
