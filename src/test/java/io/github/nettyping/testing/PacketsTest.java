package io.github.nettyping.testing;

import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PacketsTest {

    @Test
    void sumsTheExampleOfRfc1071() {
        // Section 3: the words 0001, f203, f4f5, f6f7 add up to ddf2.
        assertThat(Packets.checksum(bytes("0001f203f4f5f6f7"), 0, 8, 0)).isEqualTo(0xddf2 ^ 0xffff);
    }

    @Test
    void countsAnOddByteAsTheHighOne() {
        assertThat(Packets.checksum(bytes("0001f2"), 0, 3, 0)).isEqualTo(0xf201 ^ 0xffff);
    }

    @Test
    void sumsAnIpv4HeaderToZero() {
        // An IPv4 header with its checksum, b861, as shown in textbooks.
        ByteBuffer header = bytes("45000073000040004011b861c0a80001c0a800c7");

        assertThat(Packets.checksum(header, 0, 20, 0)).isZero();
    }

    @Test
    void buildsAnIpv4EchoRequest() {
        byte[] message = Packets.echoRequest(false, 0x1234, 0x5678, (byte) 0xab, (byte) 0xcd, (byte) 0xef);

        ByteBuffer packet = Packets.packet(address("192.0.2.1"), address("198.51.100.2"), message);

        assertThat(hex(packet))
                .isEqualTo(
                        "4500001f" // version 4, header of 5 words; total length 31
                                + "00000000" // identification, flags and fragment offset
                                + "40018ea7" // hop limit 64, ICMP, header checksum
                                + "c0000201" // source
                                + "c6336402" // destination
                                + "0800f484" // echo request, code 0, checksum
                                + "12345678" // identifier, sequence
                                + "abcdef");
    }

    @Test
    void buildsAnIpv6EchoRequest() {
        byte[] message = Packets.echoRequest(true, 0x1234, 0x5678, (byte) 0xab, (byte) 0xcd, (byte) 0xef);

        ByteBuffer packet = Packets.packet(address("2001:db8::1"), address("2001:db8::fffe"), message);

        assertThat(hex(packet))
                .isEqualTo(
                        "60000000" // version 6
                                + "000b3a40" // payload length 11, ICMPv6, hop limit 64
                                + "20010db8000000000000000000000001" // source
                                + "20010db800000000000000000000fffe" // destination
                                + "800020cd" // echo request, code 0, checksum with pseudo-header
                                + "12345678" // identifier, sequence
                                + "abcdef");
    }

    @Test
    void asksNoResolverForAddresses() {
        assertThatThrownBy(() -> address("localhost")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
