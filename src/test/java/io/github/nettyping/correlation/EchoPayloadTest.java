package io.github.nettyping.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.probe.ProbeOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.BitSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoPayloadTest {

    private static final long TOKEN = 0x0102030405060708L;

    private static byte[] written(int bytes) {
        return written(ProbeOptions.builder().payloadBytes(bytes).build());
    }

    private static byte[] written(ProbeOptions options) {
        ByteBuf payload = UnpooledByteBufAllocator.DEFAULT.directBuffer(EchoPayload.capacity(options.payloadBytes()));
        try {
            EchoPayload.write(payload, options, TOKEN, 0x090a0b0c, 0x0d0e0f10);
            assertThat(payload.readerIndex()).isEqualTo(EchoRequest.HEADROOM);
            return ByteBufUtil.getBytes(payload);
        } finally {
            payload.release();
        }
    }

    private static boolean isIntact(byte[] payload, int sentBytes, boolean truncated) {
        return isIntact(payload, ProbeOptions.builder().payloadBytes(sentBytes).build(), truncated);
    }

    private static boolean isIntact(byte[] payload, ProbeOptions options, boolean truncated) {
        return EchoPayload.isIntact(Unpooled.wrappedBuffer(payload), options, TOKEN, truncated);
    }

    private static int distinct(byte[] bytes, int from) {
        BitSet seen = new BitSet();
        for (int i = from; i < bytes.length; i++) {
            seen.set(bytes[i] & 0xff);
        }
        return seen.cardinality();
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

        for (int offset = EchoPayload.FILLER; offset < payload.length; offset++) {
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

    @Test
    void patternBeginsBehindWhatAuthenticatesTheReply() {
        ProbeOptions options = ProbeOptions.builder()
                .payloadBytes(29)
                .filler(PayloadFiller.pattern((byte) 0xab, (byte) 0xcd, (byte) 0xef))
                .build();

        assertThat(HexFormat.of().formatHex(written(options)).substring(32)).isEqualTo("abcdefabcdefabcdefabcdefab");
    }

    @Test
    void patternIsAllThereIsInAShortPayload() {
        ProbeOptions options = ProbeOptions.builder()
                .payloadBytes(5)
                .filler(PayloadFiller.pattern((byte) 1, (byte) 2))
                .build();

        assertThat(written(options)).isEqualTo(new byte[] {1, 2, 1, 2, 1});
    }

    @Test
    void randomBytesDifferFromPacketToPacketAndFollowFromItsToken() {
        ProbeOptions options = ProbeOptions.builder()
                .payloadBytes(1001)
                .filler(PayloadFiller.random())
                .build();
        byte[] payload = written(options);

        assertThat(isIntact(payload, options, false)).isTrue();
        assertThat(EchoPayload.isIntact(Unpooled.wrappedBuffer(payload), options, TOKEN + 1, false))
                .isFalse();
        // 985 bytes leave out about 5 of the 256 values if they are random.
        assertThat(distinct(payload, 16)).isBetween(235, 256);
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19, 23, 24, 25, 40})
    void leavesTheTwoBytesOfAFlowToItsChecksum(int bytes) {
        ProbeOptions options =
                ProbeOptions.builder().payloadBytes(bytes).flowChecksum(1).build();
        byte[] payload = written(options);
        payload[16] ^= 1;
        payload[17] ^= 1;

        assertThat(isIntact(payload, options, false)).isTrue();
        payload[bytes - 1] ^= (byte) (bytes == 18 ? 0 : 1);
        assertThat(isIntact(payload, options, false)).isEqualTo(bytes == 18);
    }
}
