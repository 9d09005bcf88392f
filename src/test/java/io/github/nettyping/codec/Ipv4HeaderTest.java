package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4HeaderTest {

    /** Every field other than 0, worked out by hand from RFC 791, section 3.1. */
    private static final byte[] GOLDEN = Packets.hex(
            "46", // version 4, header of 6 words
            "ba", // DSCP 46, ECN 2
            "0028", // total length: 40
            "abcd", // identification
            "6017", // don't fragment, more fragments, offset 23 units
            "05", // time to live
            "01", // protocol: ICMP
            "8c19", // header checksum
            "c0000201", // source 192.0.2.1
            "c6120005", // destination 198.18.0.5
            "94040000", // option: router alert
            "0102030405060708090a0b0c0d0e0f10"); // data

    /** Linux' reply to an echo request with a record route option: the packet as a raw socket delivers it. */
    private static final byte[] RECORDED_BY_LINUX = Packets.hex(
            "4f 00 004c 2337 0000 40 01 b2cc c0000201 c0000201",
            "07 27 10", // record route: 39 bytes, the fourth address is free
            "c0000201 c0000201 c0000201", // on the way there, at the target, on the way back
            "00000000 00000000 00000000 00000000 00000000 00000000", // room for six more
            "00", // end of list
            "00 00 05be 1234 5678 6162636465666768"); // echo reply

    private static ByteBuf data(int bytes) {
        return Unpooled.buffer(Math.max(1, bytes)).writeZero(bytes);
    }

    private static Ipv4Header.Builder header() {
        return Ipv4Header.builder(Packets.TARGET);
    }

    private static byte[] encode(Ipv4Header header, ByteBuf message) {
        ByteBuf packet = header.encode(message);
        byte[] bytes = Packets.text(packet);
        assertThat(packet.release()).isTrue();
        assertThat(message.refCnt()).isZero();
        return bytes;
    }

    @Test
    void writesEveryFieldInNetworkOrder() {
        Ipv4Header header = header().dscp(46)
                .ecn(2)
                .identification(0xabcd)
                .dontFragment(true)
                .moreFragments(true)
                .fragmentOffsetBytes(184)
                .ttl(5)
                .source(Packets.US)
                .options(Ipv4Options.of(new Ipv4Option.RouterAlert(0)))
                .build();

        byte[] packet = encode(header, Unpooled.copiedBuffer(GOLDEN, 24, 16));

        assertThat(packet).isEqualTo(GOLDEN);
    }

    @Test
    void readsEveryField() {
        Ipv4Header header = Ipv4Header.decode(Unpooled.wrappedBuffer(GOLDEN)).orElseThrow();

        assertThat(header)
                .isEqualTo(new Ipv4Header(
                        0xba,
                        0xabcd,
                        true,
                        true,
                        184,
                        5,
                        1,
                        Optional.of(Packets.US),
                        Packets.TARGET,
                        new Ipv4Options(Octets.of(Packets.hex("94040000")))));
        assertThat(header.dscp()).isEqualTo(46);
        assertThat(header.ecn()).isEqualTo(2);
        assertThat(header.headerBytes()).isEqualTo(24);
    }

    @Test
    void writesAPublishedHeader() {
        // The example of "Internet checksum" in Wikipedia.
        byte[] packet = encode(
                Ipv4Header.builder(Packets.address("192.168.0.199"))
                        .source(Packets.address("192.168.0.1"))
                        .dontFragment(true)
                        .protocol(17)
                        .build(),
                data(95));

        assertThat(Arrays.copyOf(packet, 20)).isEqualTo(Packets.hex("45000073000040004011 b861 c0a80001c0a800c7"));
        assertThat(packet).hasSize(115);
    }

    @Test
    void defaultsLeaveToTheKernelWhatItFills() {
        byte[] packet = encode(header().build(), data(8));

        // 4500 + 001c + 4001 + c612 + 0005 = 14b34
        assertThat(packet).isEqualTo(Packets.hex("45 00 001c 0000 0000 40 01 b4ca 00000000 c6120005", "00".repeat(8)));
    }

    @Test
    void readsTheRouteThatLinuxRecorded() {
        IcmpPacket packet = Packets.packet(Packets.US, RECORDED_BY_LINUX);

        EchoReply reply = Packets.decode(EchoReply.class, SocketKind.IPV4_RAW, packet);

        Ipv4Header header = reply.ipv4Header().orElseThrow();
        assertThat(header.ttl()).isEqualTo(64);
        assertThat(header.options().recordRoute().orElseThrow().recorded())
                .containsExactly(Packets.US, Packets.US, Packets.US);
        assertThat(Packets.text(reply.payload())).asString().isEqualTo("abcdefgh");
        reply.release();
    }

    @Test
    void writesTheRequestThatLinuxRecordedARouteFor() {
        Ipv4Header header = Ipv4Header.builder(Packets.US)
                .options(Ipv4Options.of(RouteOption.recordRoute(9)))
                .build();

        byte[] packet = encode(header, data(16));

        assertThat(Arrays.copyOfRange(packet, 20, 60)).isEqualTo(Packets.hex("07 27 04", "00".repeat(37)));
        assertThat(packet[0]).isEqualTo((byte) 0x4f);
    }

    @ParameterizedTest
    @EnumSource(value = SocketKind.class, mode = EnumSource.Mode.EXCLUDE, names = "IPV4_RAW")
    void messagesOfOtherSocketsHaveNoIpv4Header(SocketKind kind) {
        byte[] icmp = Packets.hex(kind == SocketKind.IPV4_DGRAM ? "00" : "81", "00 0000 0001 0002");

        EchoReply reply = Packets.decode(EchoReply.class, kind, Packets.packet(Packets.TARGET, icmp));

        assertThat(reply.ipv4Header()).isEmpty();
        reply.release();
    }

    @Test
    void recycledMessageForgetsWhereItsHeaderWas() {
        EchoReply first =
                Packets.decode(EchoReply.class, SocketKind.IPV4_RAW, Packets.packet(Packets.US, RECORDED_BY_LINUX));
        first.release();

        EchoReply second = EchoReply.of(Packets.packet(Packets.US, RECORDED_BY_LINUX), 0, 1, 2);

        assertThat(second.ipv4Header()).isEmpty();
        second.release();
    }

    @Test
    void headerIsReadFromReceivedRequestsToo() {
        byte[] packet =
                Packets.ipv4(Packets.TARGET, Packets.US, Packets.checksummed(Packets.hex("08 00 0000 0001 0002")));

        EchoRequest request =
                Packets.decode(EchoRequest.class, SocketKind.IPV4_RAW, Packets.packet(Packets.TARGET, packet));

        assertThat(request.ipv4Header().orElseThrow().source()).contains(Packets.TARGET);
        request.release();
    }

    @Test
    void whatIsWrittenIsRead() {
        Ipv4Header header = header().typeOfService(255)
                .identification(65_535)
                .moreFragments(true)
                .fragmentOffsetBytes(1_480)
                .ttl(255)
                .protocol(254)
                .source(Packets.ROUTER)
                .options(Ipv4Options.of(new Ipv4Option.NoOperation(), TimestampOption.addressesAndTimes(3)))
                .build();

        ByteBuf packet = header.encode(data(16));

        assertThat(Ipv4Header.decode(packet)).contains(header);
        assertThat(header.toBuilder().build()).isEqualTo(header);
        assertThat(InternetChecksum.isValid(packet, packet.readerIndex(), header.headerBytes()))
                .isTrue();
        packet.release();
    }

    @Test
    void headerTruncatedAtAnyLengthIsNone() {
        for (int length = 0; length < 24; length++) {
            assertThat(Ipv4Header.decode(Unpooled.wrappedBuffer(GOLDEN, 0, length)))
                    .isEmpty();
        }
        assertThat(Ipv4Header.decode(Unpooled.wrappedBuffer(GOLDEN, 0, 24))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"36", "56", "66", "40", "44", "4f"})
    void headerOfAnotherVersionOrAnImpossibleLengthIsNone(String first) {
        byte[] packet = GOLDEN.clone();
        packet[0] = Packets.hex(first)[0];

        assertThat(Ipv4Header.decode(Unpooled.wrappedBuffer(packet))).isEmpty();
    }

    @Test
    void headerGoesIntoTheRoomBeforeTheMessage() {
        ByteBuf message =
                Unpooled.buffer(32).writeZero(20).writeBytes(new byte[8]).skipBytes(20);

        ByteBuf packet = header().build().encode(message);

        assertThat(packet).isSameAs(message);
        assertThat(packet.readerIndex()).isZero();
        packet.release();
    }

    @Test
    void messageIsCopiedWhereThereIsNoRoomOrItMustNotBeWritten() {
        ByteBuf tight =
                Unpooled.buffer(32).writeZero(19).writeBytes(new byte[8]).skipBytes(19);
        ByteBuf readOnly = Unpooled.buffer(32)
                .writeZero(20)
                .writeBytes(new byte[8])
                .skipBytes(20)
                .asReadOnly();

        for (ByteBuf message : List.of(tight, readOnly)) {
            ByteBuf packet = header().build().encode(message);

            assertThat(packet).isNotSameAs(message);
            assertThat(packet.isDirect()).isTrue();
            assertThat(packet.readableBytes()).isEqualTo(28);
            assertThat(message.refCnt()).isZero();
            packet.release();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "typeOfService, 256",
        "typeOfService, -1",
        "identification, 65536",
        "identification, -1",
        "fragmentOffsetBytes, 65536",
        "fragmentOffsetBytes, -8",
        "fragmentOffsetBytes, 12",
        "ttl, 256",
        "ttl, 0",
        "protocol, 256",
        "dscp, 64",
        "ecn, 4"
    })
    void fieldThatDoesNotFitIsRefusedByItsName(String field, int value) {
        assertThatThrownBy(() -> {
                    switch (field) {
                        case "typeOfService" -> header().typeOfService(value).build();
                        case "identification" -> header().identification(value).build();
                        case "fragmentOffsetBytes" ->
                            header().fragmentOffsetBytes(value).build();
                        case "ttl" -> header().ttl(value).build();
                        case "protocol" -> header().protocol(value).build();
                        case "dscp" -> header().dscp(value).build();
                        default -> header().ecn(value).build();
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field + ": " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "239.255.255.255", "255.255.255.255", "2001:db8::1"})
    void sourceThatIsNoOneHostIsRefused(String source) {
        assertThatThrownBy(() -> header().source(Packets.address(source)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source: " + source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "2001:db8::1"})
    void destinationThatIsNoneIsRefused(String destination) {
        assertThatThrownBy(
                        () -> Ipv4Header.builder(Packets.address(destination)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("destination: " + destination);
    }

    @Test
    void broadcastAndMulticastAreDestinationsAndTheKernelChoosesASource() {
        for (String destination : List.of("255.255.255.255", "224.0.0.1")) {
            IpAddress address = Packets.address(destination);
            Ipv4Header header =
                    Ipv4Header.builder(address).source(IpAddress.ofIpv4(0)).build();

            assertThat(header.destination()).isEqualTo(address);
            assertThat(header.source()).isEmpty();
        }
    }

    @Test
    void packetLongerThanItsLengthFieldIsRefusedAndTheMessageStays() {
        ByteBuf message = data(65_516);

        assertThatThrownBy(() -> header().build().encode(message))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("total length: 65536");

        assertThat(message.refCnt()).isEqualTo(1);
        assertThat(encode(header().build(), message.skipBytes(1))).hasSize(65_535);
    }

    @Test
    void fragmentBeyondTheLongestPacketIsRefused() {
        Ipv4Header header = header().fragmentOffsetBytes(65_504).build();

        assertThatThrownBy(() -> header.encode(data(12)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fragmentOffsetBytes: 65504");
        assertThat(encode(header, data(11))).hasSize(31);
    }

    @Test
    void dataOfAFragmentThatMoreFollowMustBeUnits() {
        Ipv4Header header = header().moreFragments(true).build();

        assertThatThrownBy(() -> header.encode(data(12)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("moreFragments: true with 12 bytes");
        assertThat(encode(header, data(16))[6]).isEqualTo((byte) 0x20);
    }

    @Test
    void fragmentMayForbidFragmentation() {
        Ipv4Header header = header().dontFragment(true)
                .moreFragments(true)
                .fragmentOffsetBytes(8)
                .build();

        byte[] packet = encode(header, data(8));

        assertThat(Arrays.copyOfRange(packet, 6, 8)).isEqualTo(Packets.hex("6001"));
    }

    @Test
    void receivedHeaderThatNoHostMaySendIsReadAndNotWritten() {
        byte[] packet = encode(header().build(), data(8));
        packet[8] = 0;
        packet[12] = (byte) 0xe0;
        packet[6] = (byte) 0x80;

        Ipv4Header header = Ipv4Header.decode(Unpooled.wrappedBuffer(packet)).orElseThrow();

        assertThat(header.ttl()).isZero();
        assertThat(header.source()).contains(Packets.address("224.0.0.0"));
        assertThatThrownBy(() -> header.encode(data(8))).hasMessageContaining("ttl: 0");
        assertThatThrownBy(() -> header.toBuilder().ttl(1).build()).hasMessageContaining("source: 224.0.0.0");
    }
}
