package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.EchoRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoPayloadTest {

    private static byte[] written(int bytes) {
        ByteBuf payload = EchoPayload.write(
                UnpooledByteBufAllocator.DEFAULT.directBuffer(EchoPayload.capacity(bytes)),
                bytes,
                0x0102030405060708L,
                0x090a0b0c,
                0x0d0e0f10);
        try {
            assertThat(payload.readerIndex()).isEqualTo(EchoRequest.HEADROOM);
            return ByteBufUtil.getBytes(payload);
        } finally {
            payload.release();
        }
    }

    private static boolean isIntact(byte[] payload, int sentBytes, boolean truncated) {
        return EchoPayload.isIntact(Unpooled.wrappedBuffer(payload), sentBytes, truncated);
    }

    @Test
    void writesTokenSlotGenerationAndPatternInNetworkOrder() {
        assertThat(written(20)).isEqualTo(new byte[] {
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8, // token
            9,
            10,
            11,
            12, // slot
            13,
            14,
            15,
            16, // generation
            16,
            17,
            18,
            19 // pattern: each byte its offset
        });
    }

    @Test
    void patternGoesOnBeyondAByte() {
        byte[] payload = written(600);

        for (int offset = EchoPayload.PATTERN; offset < payload.length; offset++) {
            assertThat(payload[offset]).isEqualTo((byte) offset);
        }
    }

    @Test
    void writesThePatternAloneWhereTheTokenHasNoRoom() {
        assertThat(written(15)).isEqualTo(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14});
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 56, 1472, 65_507})
    void recognisesWhatItWrote(int bytes) {
        assertThat(isIntact(written(bytes), bytes, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 55})
    void noticesAChangedByteAnywhereInThePattern(int offset) {
        byte[] payload = written(56);
        payload[offset] ^= 1;

        assertThat(isIntact(payload, 56, false)).isFalse();
    }

    @Test
    void noticesThatThePayloadGrew() {
        assertThat(isIntact(written(57), 56, false)).isFalse();
    }

    @Test
    void noticesThatThePayloadShrank() {
        assertThat(isIntact(written(55), 56, false)).isFalse();
    }

    @Test
    void doesNotBlameTheNetworkForWhatTheReceiveBufferCutOff() {
        assertThat(isIntact(written(55), 56, true)).isTrue();
        assertThat(isIntact(written(57), 56, true)).isFalse();
    }
}
