package io.github.nettyping.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiveBufferTest {

    /** Small replies as measured on Linux 6.18: 512 in the default buffer, 10,083 in 8 MiB. */
    @ParameterizedTest
    @CsvSource({"425984, 56, 512", "8388608, 56, 10082", "8388608, 1400, 3640", "4096, 65507, 1"})
    void holdsWhatTheKernelWasMeasuredToHold(int grantedBytes, int payloadBytes, int replies) {
        assertThat(ReceiveBuffer.repliesHeld(grantedBytes, payloadBytes)).isEqualTo(replies);
    }

    /** The most that one reply was measured to take on Linux 6.18, whole or in fragments of 1,500 or 1,280 bytes. */
    @ParameterizedTest
    @CsvSource({
        "56, 832",
        "1000, 2304",
        "1472, 2304",
        "1600, 2304",
        "3000, 5888",
        "3500, 6912",
        "4000, 8448",
        "8000, 16640",
        "20000, 36864",
        "65507, 120640"
    })
    void reckonsWithFragments(int payloadBytes, int measuredBytes) {
        assertThat(ReceiveBuffer.replyBytes(payloadBytes)).isBetween(measuredBytes, 2 * measuredBytes);
    }

    @ParameterizedTest
    @CsvSource({"0, 68", "56, 124", "65507, 65535"})
    void fitsThePacketWithAllIpOptions(int payloadBytes, int packetBytes) {
        assertThat(ReceiveBuffer.packetBytes(payloadBytes)).isEqualTo(packetBytes);
    }
}
