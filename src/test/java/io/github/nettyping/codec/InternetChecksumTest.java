package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InternetChecksumTest {

    @ParameterizedTest
    @CsvSource({
        // RFC 1071, section 3: the sum is ddf2.
        "0001f203f4f5f6f7, 220d",
        // An IPv4 header, its checksum field 0 (the example of "Internet checksum" in Wikipedia).
        "450000730000400040110000c0a80001c0a800c7, b861",
        // The echo request of Windows' ping: identifier 1, sequence 1, "abc ... w" and "a ... i".
        "08000000000100016162636465666768696a6b6c6d6e6f7071727374757677616263646566676869, 4d5a",
        // RFC 1071, section 1: an odd last byte is the upper one of its word.
        "01, feff",
        "000102, fdfe",
        "ffff, 0000",
        "'', ffff"
    })
    void agreesWithPublishedExamples(String bytes, String checksum) {
        ByteBuf buffer = Unpooled.wrappedBuffer(Packets.hex(bytes));

        assertThat(InternetChecksum.of(buffer, 0, buffer.readableBytes())).isEqualTo(Integer.parseInt(checksum, 16));
    }

    @Test
    void agreesWithTheNaiveSumAtEveryLengthAndAlignment() {
        byte[] bytes = new byte[200];
        new Random(1071).nextBytes(bytes);
        ByteBuf heap = Unpooled.wrappedBuffer(bytes);
        ByteBuf direct = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        for (int index = 0; index < 9; index++) {
            for (int length = 0; index + length <= bytes.length; length++) {
                int expected = Packets.naiveChecksum(Arrays.copyOfRange(bytes, index, index + length));
                assertThat(InternetChecksum.of(heap, index, length)).isEqualTo(expected);
                assertThat(InternetChecksum.of(direct, index, length)).isEqualTo(expected);
            }
        }
        direct.release();
    }

    @Test
    void carriesOutOfTheLargestPacket() {
        byte[] ones = new byte[65_535];
        Arrays.fill(ones, (byte) 0xff);

        // 32,767 words of ffff sum to ffff; with ff00 that is 1feff, the carry brought round ff00.
        assertThat(InternetChecksum.of(Unpooled.wrappedBuffer(ones), 0, ones.length))
                .isEqualTo(0x00ff);
    }

    @Test
    void acceptsTheRightChecksumAndRefusesEveryOtherOne() {
        // RFC 1071's example, with its checksum behind it.
        ByteBuf buffer = Unpooled.wrappedBuffer(Packets.hex("0001f203f4f5f6f7 0000"));
        for (int checksum = 0; checksum <= 0xffff; checksum++) {
            buffer.setShort(8, checksum);
            assertThat(InternetChecksum.isValid(buffer, 0, 10)).isEqualTo(checksum == 0x220d);
        }
    }

    @Test
    void refusesNothingButZeros() {
        assertThat(InternetChecksum.isValid(Unpooled.wrappedBuffer(new byte[16]), 0, 16))
                .isFalse();
    }
}
