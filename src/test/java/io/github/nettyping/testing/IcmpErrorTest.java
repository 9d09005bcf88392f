package io.github.nettyping.testing;

import static io.github.nettyping.testing.CollectedAnswers.payload;
import static io.github.nettyping.testing.CollectedAnswers.probe;
import static io.github.nettyping.testing.Packets.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcmpErrorTest {

    private static final String HOST = "198.51.100.7";
    private static final String HOST6 = "fd00:51::7";
    private static final InetAddress ROUTER = address("203.0.113.1");
    private static final InetAddress ROUTER6 = address("fd00:113::1");

    @Test
    void quotesIpv4HeaderAndEightBytes() {
        ByteBuffer error = error(IcmpError.unreachable(1, ROUTER), HOST);

        byte[] quote = Arrays.copyOf(probe(HOST, payload(20)).bytes().array(), 28);
        assertThat(error)
                .isEqualTo(Packets.packet(ROUTER, address("192.0.2.1"), Packets.message(3, 1, false, 0, quote)));
    }

    @Test
    void quotesAllOfASmallIpv6Probe() {
        ByteBuffer error = error(IcmpError.timeExceeded(ROUTER6), HOST6);

        byte[] quote = probe(HOST6, payload(20)).bytes().array();
        assertThat(error)
                .isEqualTo(Packets.packet(ROUTER6, address("fd00:2::1"), Packets.message(3, 0, true, 0, quote)));
    }

    @Test
    void keepsAnIpv6ErrorWithinTheMinimumMtu() {
        assertThat(CollectedAnswers.of(IcmpError.timeExceeded(ROUTER6), HOST6, payload(1400))
                        .packet()
                        .limit())
                .isEqualTo(1280);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 27, 28, 47, 48, 1000})
    void quotesAsMuchAsItIsTold(int bytes) {
        ByteBuffer error = error(IcmpError.of(3, 3, ROUTER).quoting(bytes), HOST);

        assertThat(error.limit()).isEqualTo(28 + Math.min(bytes, 48));
        assertThat(Packets.icmpChecksum(error)).isZero();
    }

    @Test
    void tellsTheMtuOfTheNextHop() {
        ByteBuffer error = error(IcmpError.fragmentationNeeded(1400, ROUTER), HOST);
        ByteBuffer error6 = error(IcmpError.fragmentationNeeded(1400, ROUTER6), HOST6);

        assertThat(error.getShort(20)).isEqualTo((short) 0x0304);
        assertThat(error.getInt(24)).isEqualTo(1400);
        assertThat(error6.getShort(40)).isEqualTo((short) 0x0200);
        assertThat(error6.getInt(44)).isEqualTo(1400);
    }

    /** Where the quote differs first: index in the IPv4 and in the IPv6 packet quoted, both without options. */
    @ParameterizedTest
    @CsvSource({
        "DESTINATION, 19, 39",
        "SOURCE, 15, 23",
        "PROTOCOL, 9, 6",
        "LONG_HEADER, 0, 5",
        "SHORT_HEADER, 0, 6",
        "VERSION, 0, 0",
        "TYPE, 20, 40",
        "IDENTIFIER, 25, 45",
        "SEQUENCE, 27, 47",
        "TOKEN, 28, 48"
    })
    void forgesOneFieldOfTheQuote(Forgery forgery, int index, int index6) {
        IcmpError whole = IcmpError.of(3, 1, ROUTER).quoting(100);
        IcmpError whole6 = IcmpError.of(1, 3, ROUTER6).quoting(100);

        assertQuoteDiffersAt(index, error(whole, HOST), error(whole.forging(forgery), HOST), 28);
        assertQuoteDiffersAt(index6, error(whole6, HOST6), error(whole6.forging(forgery), HOST6), 48);
    }

    @Test
    void quotesIpOptionsThatTheProbeHadNot() {
        ByteBuffer error = error(IcmpError.unreachable(1, ROUTER).quotingOptions(), HOST);
        ByteBuffer error6 = error(IcmpError.unreachable(3, ROUTER6).quotingOptions(), HOST6);

        // Type of service and total length; identifier and sequence number after 28 bytes of header.
        assertThat(error.limit()).isEqualTo(28 + 28 + 8);
        assertThat(error.getInt(28)).isEqualTo(0x4700_0000 | 20 + 8 + 8 + 20);
        assertThat(error.getLong(48)).isEqualTo(0x0101_0101_0101_0100L);
        assertThat(error.getInt(56 + 4)).isEqualTo(0x1234_5678);
        assertThat(Packets.checksum(error, 28, 56, 0)).isZero();
        // Payload length and next header; the ICMPv6 header after one of destination options.
        assertThat(error6.limit()).isEqualTo(48 + 40 + 8 + 8 + 20);
        assertThat(error6.getShort(48 + 4)).isEqualTo((short) (8 + 8 + 20));
        assertThat(error6.get(48 + 6)).isEqualTo((byte) 60);
        assertThat(error6.getInt(48 + 48 + 4)).isEqualTo(0x1234_5678);
    }

    /** RFC 4884, sections 4.1 to 4.4, and an MPLS object as in RFC 4950, section 3. */
    @Test
    void appendsExtensionsBehindAPaddedQuote() {
        byte[] structure = ExtensionStructure.of(ExtensionStructure.mpls(0x12345, 5, 63));
        ByteBuffer error = error(IcmpError.timeExceeded(ROUTER).extended(structure), HOST);
        ByteBuffer error6 = error(IcmpError.timeExceeded(ROUTER6).extended(structure), HOST6);

        assertThat(error.limit()).isEqualTo(28 + 128 + 12);
        assertThat(error.getInt(24)).isEqualTo(32 << 16);
        assertThat(error6.limit()).isEqualTo(48 + 128 + 12);
        assertThat(error6.getInt(44)).isEqualTo(16 << 24);
        for (ByteBuffer packet : List.of(error.slice(28 + 128, 12), error6.slice(48 + 128, 12))) {
            assertThat(packet.get(0)).isEqualTo((byte) 0x20);
            assertThat(Packets.checksum(packet, 0, 12, 0)).isZero();
            assertThat(packet.getLong(4)).isEqualTo(0x0008_0101_1234_5b3fL);
        }
        for (int i = 28 + 28; i < 28 + 128; i++) {
            assertThat(error.get(i)).isZero();
        }
    }

    @Test
    void describesAnInterface() {
        byte[] object = ExtensionStructure.interfaceInformation(2, 7, ROUTER, "eth0", 1500);

        // RFC 5837, section 4.1: length, class 2, outgoing with all; index; IPv4 address; name; MTU.
        assertThat(object).isEqualTo(new byte[] {
            0,
            28,
            2,
            (byte) 0x8f,
            0,
            0,
            0,
            7,
            0,
            1,
            0,
            0,
            (byte) 203,
            0,
            113,
            1,
            8,
            'e',
            't',
            'h',
            '0',
            0,
            0,
            0,
            0,
            0,
            5,
            (byte) 0xdc
        });
    }

    @Test
    void breaksTheChecksumAlone() {
        ByteBuffer right = error(IcmpError.timeExceeded(ROUTER), HOST);
        ByteBuffer wrong = error(IcmpError.timeExceeded(ROUTER).withBadChecksum(), HOST);

        assertThat(Packets.icmpChecksum(wrong)).isNotZero();
        Packets.finish(wrong);
        assertThat(wrong).isEqualTo(right);
    }

    @Test
    void refusesAProbeOfTheOtherFamily() {
        assertThatThrownBy(() -> error(IcmpError.timeExceeded(ROUTER), HOST6))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertQuoteDiffersAt(int index, ByteBuffer right, ByteBuffer forged, int quote) {
        assertThat(Packets.icmpChecksum(forged)).isZero();
        // Only the checksum, bytes 2 and 3 of the ICMP header, has to follow.
        right.putShort(quote - 6, forged.getShort(quote - 6));
        assertThat(forged.mismatch(right)).isEqualTo(quote + index);
    }

    private static ByteBuffer error(Behaviour behaviour, String host) {
        return CollectedAnswers.of(behaviour, host, payload(20)).packet();
    }
}
