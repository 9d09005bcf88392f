package io.github.nettyping;

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

    @ParameterizedTest
    @CsvSource({"0, 68", "56, 124", "65507, 65535"})
    void fitsThePacketWithAllIpOptions(int payloadBytes, int packetBytes) {
        assertThat(ReceiveBuffer.packetBytes(payloadBytes)).isEqualTo(packetBytes);
    }
}
