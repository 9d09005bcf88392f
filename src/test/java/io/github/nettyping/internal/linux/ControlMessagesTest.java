package io.github.nettyping.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Control messages as a little-endian kernel writes them. */
class ControlMessagesTest {

    /** cmsg_len 28, IPPROTO_IP, IP_PKTINFO; ipi_ifindex 2, ipi_spec_dst 198.18.0.1, ipi_addr 224.0.0.1; padding. */
    private static final String PKTINFO_IPV4 = "1c00000000000000 00000000 08000000 02000000 c6120001 e0000001 00000000";

    /** cmsg_len 17, IPPROTO_IP, IP_TOS; one byte; padding. */
    private static final String TOS = "1100000000000000 00000000 01000000 b8 00000000000000";

    /** cmsg_len 20, IPPROTO_IP, IP_TTL; padding. */
    private static final String TTL = "1400000000000000 00000000 02000000 39000000 00000000";

    /** cmsg_len 36, IPPROTO_IPV6, IPV6_PKTINFO; ipi6_addr ff02::1, ipi6_ifindex 3; padding. */
    private static final String PKTINFO_IPV6 =
            "2400000000000000 29000000 32000000 ff020000000000000000000000000001 03000000 00000000";

    /** cmsg_len 20, IPPROTO_IPV6, IPV6_TCLASS; padding. */
    private static final String TCLASS = "1400000000000000 29000000 43000000 b8000000 00000000";

    /** cmsg_len 20, IPPROTO_IPV6, IPV6_HOPLIMIT; padding. */
    private static final String HOPLIMIT = "1400000000000000 29000000 34000000 39000000 00000000";

    private final ControlMessages control = new ControlMessages();

    private ControlMessages parse(String... messages) {
        byte[] bytes = HexFormat.of().parseHex(String.join("", messages).replace(" ", ""));
        control.parse(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0, bytes.length);
        return control;
    }

    /** cmsg_len 48, IPPROTO_IP, IP_RECVERR; EHOSTUNREACH by ICMP 11/0; ee_data; offender 198.18.0.6. */
    private ControlMessages error(String data) {
        return parse(
                "3000000000000000 00000000 0b000000",
                "71000000 02 0b 00 00 00000000",
                data,
                "0200 0000 c6120006 0000000000000000");
    }

    @Test
    void readsWhatIpv4TellsBesideAPacket() {
        parse(PKTINFO_IPV4, TTL, TOS);

        assertThat(control.hasDestination()).isTrue();
        assertThat(control.destinationHigh()).isZero();
        assertThat(control.destinationLow()).isEqualTo(0xffff_e000_0001L);
        assertThat(control.interfaceIndex()).isEqualTo(2);
        assertThat(control.hasHopLimit()).isTrue();
        assertThat(control.hopLimit()).isEqualTo(57);
        assertThat(control.hasTrafficClass()).isTrue();
        assertThat(control.trafficClass()).isEqualTo(0xb8);
        assertThat(control.hasError()).isFalse();
    }

    @Test
    void readsWhatIpv6TellsBesideAPacket() {
        parse(PKTINFO_IPV6, HOPLIMIT, TCLASS);

        assertThat(control.hasDestination()).isTrue();
        assertThat(control.destinationHigh()).isEqualTo(0xff02L << 48);
        assertThat(control.destinationLow()).isEqualTo(1);
        assertThat(control.interfaceIndex()).isEqualTo(3);
        assertThat(control.hopLimit()).isEqualTo(57);
        assertThat(control.trafficClass()).isEqualTo(0xb8);
    }

    /** cmsg_len 24, IPPROTO_IP, IP_RECVOPTS; record route, 7 bytes, pointer 8, 198.18.0.1; end of the list. */
    private static final String OPTIONS = "1800000000000000 00000000 06000000 070708 c6120001 00";

    @Test
    void readsTheOptionsOfAHeader() {
        parse(TTL, OPTIONS, TOS);

        assertThat(control.hasIpv4Options()).isTrue();
        assertThat(control.ipv4Options()).containsExactly(7, 7, 8, 198, 18, 0, 1, 0);
        assertThat(control.trafficClass()).isEqualTo(0xb8);
    }

    @Test
    void forgetsThePacketBefore() {
        parse(PKTINFO_IPV4, TTL, TOS, OPTIONS);
        parse();

        assertThat(control.hasDestination()).isFalse();
        assertThat(control.hasHopLimit()).isFalse();
        assertThat(control.hasTrafficClass()).isFalse();
        assertThat(control.hasIpv4Options()).isFalse();
    }

    @Test
    void tellsWhereTheExtensionsOfAnErrorBegin() {
        // struct sock_ee_data_rfc4884: len 128, no flag.
        assertThat(error("8000 00 00").hasExtensions()).isTrue();
        assertThat(control.extensionsOffset()).isEqualTo(128);
        assertThat(control.errno()).isEqualTo(Errno.EHOSTUNREACH);
        assertThat(control.offenderLow()).isEqualTo(0xffff_c612_0006L);
    }

    @Test
    void extensionsTheKernelFoundInvalidAreForTheReaderToJudge() {
        // SO_EE_RFC4884_FLAG_INVALID.
        assertThat(error("8000 01 00").hasExtensions()).isTrue();
    }

    @Test
    void anErrorWithoutExtensionsHasNone() {
        assertThat(error("0000 00 00").hasExtensions()).isFalse();
    }

    /** cmsg_len 60, IPPROTO_IPV6, IPV6_RECVERR; EHOSTUNREACH by ICMPv6 3/0; offender fe80::1 on interface 7. */
    @Test
    void readsAnErrorOfIpv6AndItsOffendersScope() {
        parse(
                "3c00000000000000 29000000 19000000",
                "71000000 03 03 00 00 00000000 00000000",
                "0a00 0000 00000000 fe800000000000000000000000000001 07000000 00000000");

        assertThat(control.hasError()).isTrue();
        assertThat(control.origin()).isEqualTo(ErrqueueHeader.SO_EE_ORIGIN_ICMP6);
        assertThat(control.type()).isEqualTo(3);
        assertThat(control.hasOffender()).isTrue();
        assertThat(control.offenderHigh()).isEqualTo(0xfe80L << 48);
        assertThat(control.offenderLow()).isEqualTo(1);
        assertThat(control.offenderScopeId()).isEqualTo(7);
    }

    /** fe80::1 with an index below 0, and ::ffff:198.18.0.6 with one at all: no address could be made of them. */
    @ParameterizedTest
    @ValueSource(strings = {"fe800000000000000000000000000001 ffffffff", "00000000000000000000ffffc6120006 07000000"})
    void aScopeThatCannotBeIsNone(String addressAndScope) {
        parse(
                "3c00000000000000 29000000 19000000",
                "71000000 03 03 00 00 00000000 00000000",
                "0a00 0000 00000000",
                addressAndScope,
                "00000000");

        assertThat(control.hasOffender()).isTrue();
        assertThat(control.offenderScopeId()).isZero();
    }

    /** The kernel leaves the family AF_UNSPEC where it knows none; the others are shorter than their address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "3000000000000000 00000000 0b000000 71000000 02 0b 00 00 00000000 00000000 0000 0000 c6120006 0000000000000000",
                "2000000000000000 00000000 0b000000 71000000 02 0b 00 00 00000000 00000000",
                "2800000000000000 00000000 0b000000 71000000 02 0b 00 00 00000000 00000000 0200 0000 c6120006",
                "3000000000000000 29000000 19000000 71000000 03 03 00 00 00000000 00000000 0a00 0000 00000000 fe800000 00000000"
            })
    void anErrorWithoutAWholeAddressHasNoOffender(String message) {
        parse(message);

        assertThat(control.hasError()).isTrue();
        assertThat(control.errno()).isEqualTo(Errno.EHOSTUNREACH);
        assertThat(control.hasOffender()).isFalse();
    }

    /** cmsg_len 64, SOL_SOCKET, SO_TIMESTAMPING; 2 s and 3 ns by software, nothing by hardware. */
    @Test
    void readsTheStampThatSoftwareMade() {
        parse(
                "4000000000000000 01000000 25000000",
                "0200000000000000 0300000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000");

        assertThat(control.kernelNanos()).isEqualTo(2_000_000_003L);
    }

    /** Each with one byte less of data than its structure has: stamp, TTL, TOS, error, packet information; then IPv6's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1f00000000000000 01000000 25000000 0200000000000000 03000000000000 00",
                "1300000000000000 00000000 02000000 390000 0000000000",
                "1000000000000000 00000000 01000000",
                "1f00000000000000 00000000 0b000000 71000000 02 0b 00 00 00000000 000000 00",
                "1b00000000000000 00000000 08000000 02000000 c6120001 e00000 0000000000",
                "1300000000000000 29000000 34000000 390000 0000000000",
                "1300000000000000 29000000 43000000 b80000 0000000000",
                "1f00000000000000 29000000 19000000 71000000 03 03 00 00 00000000 000000 00",
                "2300000000000000 29000000 32000000 ff020000000000000000000000000001 030000 0000000000"
            })
    void aMessageTooShortForItsTypeTellsNothingAndTheNextIsRead(String message) {
        parse(message, TOS);

        assertTellsNothingButTos();
    }

    /** SO_RXQ_OVFL; IP_RETOPTS; IPV6_RECVPATHMTU; a level of nobody's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1400000000000000 01000000 28000000 05000000 00000000",
                "1400000000000000 00000000 07000000 05000000 00000000",
                "1400000000000000 29000000 3c000000 05000000 00000000",
                "1400000000000000 63000000 02000000 05000000 00000000"
            })
    void aMessageOfNoInterestIsPassedOver(String message) {
        parse(message, TOS);

        assertTellsNothingButTos();
    }

    /** Less than its own header; as the kernel never writes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000 00000000 02000000",
                "0f00000000000000 00000000 02000000",
                "ffffffffffffffff 00000000 02000000",
                "0000000001000000 00000000 02000000"
            })
    void aLengthThatCannotBeEndsTheReading(String message) {
        parse(message, TTL);

        assertThat(control.hasHopLimit()).isFalse();
    }

    private void assertTellsNothingButTos() {
        assertThat(control.trafficClass()).isEqualTo(0xb8);
        assertThat(control.kernelNanos()).isZero();
        assertThat(control.hasHopLimit()).isFalse();
        assertThat(control.hasError()).isFalse();
        assertThat(control.hasDestination()).isFalse();
    }

    @Test
    void readsNoMoreThanThereIsOfATruncatedMessage() {
        byte[] all = HexFormat.of().parseHex((PKTINFO_IPV6 + HOPLIMIT + TCLASS).replace(" ", ""));
        for (int length = 0; length < all.length; length++) {
            control.parse(ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN), 0, length);

            // A message counts once all that cmsg_len says is there; its padding need not be.
            assertThat(control.hasDestination()).as("of %d bytes", length).isEqualTo(length >= 36);
            assertThat(control.hasHopLimit()).as("of %d bytes", length).isEqualTo(length >= 40 + 20);
            assertThat(control.hasTrafficClass()).as("of %d bytes", length).isEqualTo(length >= 40 + 24 + 20);
        }
    }
}
