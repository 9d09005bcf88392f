package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.codec.ExtendedEchoReply.NeighborState;
import io.github.nettyping.codec.InterfaceIdentification.ByAddress;
import io.github.nettyping.codec.InterfaceIdentification.ByIndex;
import io.github.nettyping.codec.InterfaceIdentification.ByName;
import io.github.nettyping.codec.InterfaceIdentification.ByOtherAddress;
import io.github.nettyping.codec.UndecodablePacket.Reason;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamp and extended echo messages, as RFC 792 and RFC 8335 draw them and as Linux 6.18 answers them. */
class QueryMessageTest {

    private static final byte[] TIMESTAMP_REQUEST = Packets.hex(
            "0d", // type: timestamp
            "00", // code
            "864d", // checksum
            "1234", // identifier
            "5678", // sequence
            "01020304", // originate: 16,909,060 ms
            "00000000", // receive
            "00000000"); // transmit

    /** The answer of Linux to it. */
    private static final byte[] TIMESTAMP_REPLY = Packets.hex(
            "0e", // type: timestamp reply
            "00", // code
            "81b3", // checksum
            "1234", // identifier
            "5678", // sequence
            "01020304", // originate
            "051bfcb1", // receive: 85,720,241 ms
            "051bfcb1"); // transmit

    private static final byte[] PROBE_BY_ADDRESS = Packets.hex(
            "2a", // type: extended echo request
            "00", // code
            "6dca", // checksum
            "1234", // identifier
            "56", // sequence
            "01", // reserved bits; local
            "20 00 16ee", // extension header: version 2, checksum
            "000c", // object: 12 bytes
            "03", // class: interface identification
            "03", // type: by address
            "0001", // address family: IPv4
            "04", // length of the address
            "00", // reserved
            "c0000201"); // 192.0.2.1

    /** The answer of Linux to it: header, and what was sent. */
    private static final byte[] PROBE_REPLY = Packets.hex(
            "2b", // type: extended echo reply
            "00", // code: no error
            "6cc4", // checksum
            "1234", // identifier
            "56", // sequence
            "07", // state 0, reserved bits, active, IPv4, IPv6
            "20 00 16ee 000c 03 03 0001 04 00 c0000201");

    /** The answer of Linux to the name of no interface. */
    private static final byte[] NO_SUCH_INTERFACE = Packets.hex("2b 02 6cc9 1234 56 00 20 00 fe21 0008 03 01 6e6f7065");

    /** The answer of Linux over IPv6. */
    private static final byte[] PROBE_REPLY_V6 =
            Packets.hex("a1 00 9af1 1234 56 07 20 00 9f28 0018 03 03 0002 10 00 20010db8000000000000000000000001");

    private static IpAddress peer(SocketKind kind) {
        return kind.family() == IpFamily.IPV4 ? Packets.TARGET : Packets.TARGET_V6;
    }

    private static IcmpMessage decode(SocketKind kind, byte[] icmp) {
        // With its own checksum, so that a wrong one is noticed.
        IcmpPacket packet = Packets.packet(
                peer(kind), kind.deliversIpHeader() ? Packets.ipv4(Packets.TARGET, Packets.US, icmp) : icmp);
        ByteBuf content = packet.received(11, 22, 33).content();
        IcmpMessage message = Packets.decode(kind, packet);
        assertThat(content.refCnt()).isZero();
        return message;
    }

    private static byte[] encode(SocketKind kind, QueryMessage message) {
        EmbeddedChannel channel = new EmbeddedChannel(new IcmpEncoder(kind));
        channel.writeOutbound(message);
        IcmpPacket packet = channel.readOutbound();
        channel.finish();
        assertThat(packet.peer()).isEqualTo(message.peer());
        byte[] bytes = Packets.text(packet.content());
        assertThat(packet.release()).isTrue();
        return bytes;
    }

    private static TimestampReply timestampReply(Optional<Receipt> receipt) {
        return new TimestampReply(
                Packets.TARGET,
                0,
                0x1234,
                0x5678,
                TimeOfDay.ofMillis(16_909_060),
                TimeOfDay.ofMillis(85_720_241),
                TimeOfDay.ofMillis(85_720_241),
                receipt);
    }

    @Test
    void readsAndWritesATimestampRequest() {
        TimestampRequest request = new TimestampRequest(Packets.TARGET, 0x1234, 0x5678, TimeOfDay.ofMillis(16_909_060));

        assertThat(encode(SocketKind.IPV4_RAW, request)).isEqualTo(TIMESTAMP_REQUEST);
        assertThat(decode(SocketKind.IPV4_RAW, TIMESTAMP_REQUEST)).isEqualTo(request);
    }

    @Test
    void readsAndWritesTheTimestampReplyOfLinux() {
        TimestampReply reply = (TimestampReply) decode(SocketKind.IPV4_RAW, TIMESTAMP_REPLY);

        assertThat(reply)
                .isEqualTo(timestampReply(Optional.of(new Receipt(OptionalInt.of(63), 22, 33, OptionalLong.of(11)))));
        assertThat(reply.receive()).hasToString("23:48:40.241");
        assertThat(encode(SocketKind.IPV4_RAW, reply)).isEqualTo(TIMESTAMP_REPLY);
    }

    @Test
    void readsAndWritesAnExtendedEchoRequest() {
        ExtendedEchoRequest request =
                new ExtendedEchoRequest(Packets.TARGET, 0x1234, 0x56, true, new ByAddress(Packets.US));

        assertThat(encode(SocketKind.IPV4_RAW, request)).isEqualTo(PROBE_BY_ADDRESS);
        assertThat(decode(SocketKind.IPV4_RAW, PROBE_BY_ADDRESS)).isEqualTo(request);
    }

    @Test
    void readsTheExtendedEchoRepliesOfLinux() {
        ExtendedEchoReply reply = (ExtendedEchoReply) decode(SocketKind.IPV4_RAW, PROBE_REPLY);

        assertThat(reply.peer()).isEqualTo(Packets.TARGET);
        assertThat(reply.identifier()).isEqualTo(0x1234);
        assertThat(reply.sequence()).isEqualTo(0x56);
        assertThat(reply.codeName()).isEqualTo("no_error");
        assertThat(reply.state()).isEmpty();
        assertThat(reply.active()).isTrue();
        assertThat(reply.ipv4()).isTrue();
        assertThat(reply.ipv6()).isTrue();
        assertThat(reply.receipt()).contains(new Receipt(OptionalInt.of(63), 22, 33, OptionalLong.of(11)));

        ExtendedEchoReply refused = (ExtendedEchoReply) decode(SocketKind.IPV4_RAW, NO_SUCH_INTERFACE);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.codeName()).isEqualTo("no_such_interface");
        assertThat(refused.active()).isFalse();

        ExtendedEchoReply v6 = (ExtendedEchoReply) decode(SocketKind.IPV6_RAW, PROBE_REPLY_V6);
        assertThat(v6.peer()).isEqualTo(Packets.TARGET_V6);
        assertThat(v6.sequence()).isEqualTo(0x56);
        assertThat(v6.ipv6()).isTrue();
        assertThat(v6.codeName()).isEqualTo("no_error");
        assertThat(v6.receipt()).contains(new Receipt(OptionalInt.empty(), 22, 33, OptionalLong.of(11)));
    }

    @ParameterizedTest
    @CsvSource({
        "00, , false, false, false",
        "20, INCOMPLETE, false, false, false",
        "40, REACHABLE, false, false, false",
        "60, STALE, false, false, false",
        "80, DELAY, false, false, false",
        "a0, PROBE, false, false, false",
        "c0, FAILED, false, false, false",
        "e0, , false, false, false", // no meaning
        "04, , true, false, false",
        "02, , false, true, false",
        "01, , false, false, true",
        "18, , false, false, false" // reserved bits
    })
    void everyBitOfAnExtendedEchoReplyIsRead(
            String flags, NeighborState state, boolean active, boolean ipv4, boolean ipv6) {
        byte[] icmp = Packets.checksummed(Packets.hex("2b 00 0000 1234 56", flags));

        ExtendedEchoReply reply = (ExtendedEchoReply) decode(SocketKind.IPV4_RAW, icmp);

        assertThat(reply.state()).isEqualTo(Optional.ofNullable(state));
        assertThat(reply.active()).isEqualTo(active);
        assertThat(reply.ipv4()).isEqualTo(ipv4);
        assertThat(reply.ipv6()).isEqualTo(ipv6);
    }

    static Stream<QueryMessage> messages() {
        Optional<Receipt> none = Optional.empty();
        return Stream.of(Packets.TARGET, Packets.TARGET_V6)
                .flatMap(peer -> Stream.of(
                        new ExtendedEchoRequest(peer, 65_535, 255, false, new ByAddress(Packets.ROUTER_V6)),
                        new ExtendedEchoRequest(
                                peer, 1, 2, true, new ByName("a name of more than forty-eight bytes in all")),
                        new ExtendedEchoRequest(peer, 1, 2, true, new ByIndex(0xffff_ffffL)),
                        new ExtendedEchoRequest(
                                peer, 1, 2, false, new ByOtherAddress(16_389, Octets.of(Packets.hex("020011223344")))),
                        new ExtendedEchoReply(
                                peer, 4, 65_535, 255, Optional.of(NeighborState.FAILED), false, false, true, none),
                        new ExtendedEchoReply(peer, 0, 1, 2, Optional.empty(), true, true, false, none)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsWrittenIsRead(QueryMessage message) {
        for (boolean raw : new boolean[] {true, false}) {
            SocketKind kind = SocketKind.of(message.peer().family(), raw);

            byte[] icmp = encode(kind, message);

            IcmpMessage read = decode(kind, icmp);
            if (read instanceof ExtendedEchoReply reply) {
                assertThat(encode(kind, reply)).isEqualTo(icmp);
                assertThat(reply.receipt()).isPresent();
            } else {
                assertThat(read).isEqualTo(message);
            }
            boolean checksum = icmp[IcmpHeader.CHECKSUM] != 0 || icmp[IcmpHeader.CHECKSUM + 1] != 0;
            assertThat(checksum).isEqualTo(!kind.kernelWritesChecksum());
        }
    }

    @Test
    void messageTruncatedAtAnyLengthIsMalformed() {
        for (byte[] golden : List.of(TIMESTAMP_REQUEST, TIMESTAMP_REPLY, PROBE_BY_ADDRESS)) {
            for (int length = 8; length < golden.length; length++) {
                assertThat(decode(SocketKind.IPV4_RAW, Packets.checksummed(Arrays.copyOf(golden, length))))
                        .isEqualTo(new UndecodablePacket(Reason.MALFORMED, Packets.TARGET));
            }
        }
        for (int length = 8; length < PROBE_REPLY.length; length++) {
            // What follows the header of a reply is our own question.
            assertThat(decode(SocketKind.IPV4_RAW, Packets.checksummed(Arrays.copyOf(PROBE_REPLY, length))))
                    .isInstanceOf(ExtendedEchoReply.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20 00 16ef 000c 03 03 0001 04 00 c0000201", // a wrong checksum
                "10 00 26ee 000c 03 03 0001 04 00 c0000201", // version 1
                "20 00 1bf6 0008 02 00 c0000201", // another class
                "20 00 15ee 000c 03 03 0001 05 00 c0000201" // a wrong length of the address
            })
    void extendedEchoRequestForNoInterfaceIsMalformed(String structure) {
        byte[] icmp = Packets.checksummed(Packets.hex("2a 00 0000 1234 56 01", structure));

        assertThat(decode(SocketKind.IPV4_RAW, icmp))
                .isEqualTo(new UndecodablePacket(Reason.MALFORMED, Packets.TARGET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20 00 16ee 000c 03 03 0001 04 00 c0000201 deadbeef", // the checksum is that of the structure
                "20 00 7950 000c 03 03 0001 04 00 c0000201 deadbeef", // or of all the rest
                "20 00 0000 000c 03 03 0001 04 00 c0000201 deadbeef" // or there is none
            })
    void dataBehindTheStructureOfARequestDoNotMatter(String structure) {
        byte[] icmp = Packets.checksummed(Packets.hex("2a 00 0000 1234 56 01", structure));

        assertThat(decode(SocketKind.IPV4_RAW, icmp))
                .isEqualTo(new ExtendedEchoRequest(Packets.TARGET, 0x1234, 0x56, true, new ByAddress(Packets.US)));
    }

    @Test
    void codeOfATimestampReplyIsKept() {
        byte[] icmp = TIMESTAMP_REPLY.clone();
        icmp[IcmpHeader.CODE] = 7;

        TimestampReply reply = (TimestampReply) decode(SocketKind.IPV4_RAW, Packets.checksummed(icmp));

        assertThat(reply.code()).isEqualTo(7);
        assertThat(encode(SocketKind.IPV4_RAW, reply)).isEqualTo(Packets.checksummed(icmp));
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketKind.class,
            names = {"IPV6_DGRAM", "IPV6_RAW"})
    void ipv6HasNoTimestamps(SocketKind kind) {
        IcmpEncoder encoder = new IcmpEncoder(kind);
        TimestampRequest request = new TimestampRequest(Packets.TARGET_V6, 1, 2, TimeOfDay.ofMillis(3));

        assertThatThrownBy(() -> encoder.encode(ByteBufAllocator.DEFAULT, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TIMESTAMP_REQUEST");
        byte[] icmp = TIMESTAMP_REPLY.clone();
        assertThat(decode(kind, icmp)).isEqualTo(new OtherMessage(IpFamily.IPV6, 14, 0, Packets.TARGET_V6));
    }

    @Test
    void peerOfTheOtherFamilyIsRefused() {
        IcmpEncoder encoder = new IcmpEncoder(SocketKind.IPV4_RAW);
        ExtendedEchoRequest request = new ExtendedEchoRequest(Packets.TARGET_V6, 1, 2, true, new ByIndex(1));

        assertThatThrownBy(() -> encoder.encode(ByteBufAllocator.DEFAULT, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2001:db8:5::7");
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        ByIndex index = new ByIndex(1);
        assertThatThrownBy(() -> new TimestampRequest(Packets.TARGET, 65_536, 0, new TimeOfDay(0)))
                .hasMessageContaining("identifier: 65536");
        assertThatThrownBy(() -> new TimestampRequest(Packets.TARGET, 0, -1, new TimeOfDay(0)))
                .hasMessageContaining("sequence: -1");
        assertThatThrownBy(() -> new ExtendedEchoRequest(Packets.TARGET, 0, 256, true, index))
                .hasMessageContaining("sequence: 256 (expected: 0 to 255)");
        assertThatThrownBy(() -> new ExtendedEchoReply(
                        Packets.TARGET, 256, 0, 0, Optional.empty(), false, false, false, Optional.empty()))
                .hasMessageContaining("code: 256");
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, true, 0, 00:00",
        "05265bff, true, 86399999, 23:59:59.999",
        "05265c00, true, , 0x5265c00", // a millisecond more than a day has
        "7fffffff, true, , 0x7fffffff",
        "80000000, false, , 0x80000000",
        "ffffffff, false, , 0xffffffff"
    })
    void timeOfDayTellsWhatItIs(String bits, boolean standard, Integer millis, String text) {
        TimeOfDay time = new TimeOfDay(Integer.parseUnsignedInt(bits, 16));

        assertThat(time.isStandard()).isEqualTo(standard);
        assertThat(time.millis()).isEqualTo(millis == null ? OptionalInt.empty() : OptionalInt.of(millis));
        assertThat(time).hasToString(text);
    }

    @Test
    void timeOfDayIsMadeOfMillisecondsOrAMomentOrAnyNumber() {
        assertThat(TimeOfDay.ofMillis(86_399_999).bits()).isEqualTo(0x05265bff);
        assertThat(TimeOfDay.of(Instant.parse("2026-01-01T23:48:40.241999999Z")))
                .isEqualTo(new TimeOfDay(85_720_241));
        assertThat(TimeOfDay.nonStandard(5).bits()).isEqualTo(0x80000005);
        assertThatThrownBy(() -> TimeOfDay.ofMillis(86_400_000)).hasMessageContaining("millis: 86400000");
        assertThatThrownBy(() -> TimeOfDay.ofMillis(-1)).hasMessageContaining("millis: -1");
        assertThatThrownBy(() -> TimeOfDay.nonStandard(-1)).hasMessageContaining("value: -1");
    }
}
