package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.codec.UndecodablePacket.Reason;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IcmpDecoderTest {

    /** The reply to Windows' ping, captured: identifier 1, sequence 1. */
    private static final byte[] WINDOWS_REPLY = Packets.hex(
            "45", // version 4, header of 5 words
            "00", // type of service
            "003c", // total length: 60
            "07c6 0000", // identification, flags and fragment offset
            "80", // time to live: 128
            "01", // protocol: ICMP
            "b0e2", // header checksum
            "c0a80001", // source 192.168.0.1
            "c0a800c7", // destination 192.168.0.199
            "00", // type: echo reply
            "00", // code
            "555a", // checksum
            "0001", // identifier
            "0001", // sequence
            "6162636465666768696a6b6c6d6e6f7071727374757677616263646566676869"); // payload

    /** A reply with IP options, worked out by hand. */
    private static final byte[] REPLY_WITH_OPTIONS = Packets.hex(
            "47", // version 4, header of 7 words
            "00", // type of service
            "0030", // total length: 48
            "0001 0000", // identification, flags and fragment offset
            "40", // time to live: 64
            "01", // protocol: ICMP
            "d59c", // header checksum
            "c6120005", // source 198.18.0.5
            "c0000201", // destination 192.0.2.1
            "07 07 04 08080808 00", // record route: 7 bytes, pointer 4, one address; end of list
            "00 00", // type, code
            "7329", // checksum
            "1234", // identifier
            "5678", // sequence
            "0102030405060708090a0b0c"); // payload

    private static UndecodablePacket malformed() {
        return new UndecodablePacket(Reason.MALFORMED, Packets.TARGET);
    }

    private static byte[] withByte(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    private static IcmpMessage raw(byte[] bytes) {
        return Packets.decode(SocketKind.IPV4_RAW, Packets.packet(Packets.TARGET, bytes));
    }

    private static EchoReply rawReply(byte[] bytes) {
        return (EchoReply) raw(bytes);
    }

    @Test
    void decodesACapturedReply() {
        EchoReply reply = rawReply(WINDOWS_REPLY);

        assertThat(reply.code()).isZero();
        assertThat(reply.identifier()).isEqualTo(1);
        assertThat(reply.sequence()).isEqualTo(1);
        assertThat(reply.packet().hopLimit()).hasValue(128);
        assertThat(reply.packet().peer()).isEqualTo(Packets.TARGET);
        assertThat(Packets.text(reply.payload())).asString().isEqualTo("abcdefghijklmnopqrstuvwabcdefghi");
        reply.release();
    }

    @Test
    void skipsIpOptions() {
        EchoReply reply = rawReply(REPLY_WITH_OPTIONS);

        assertThat(reply.identifier()).isEqualTo(0x1234);
        assertThat(reply.sequence()).isEqualTo(0x5678);
        assertThat(reply.packet().hopLimit()).hasValue(64);
        assertThat(Packets.text(reply.payload())).isEqualTo(Packets.hex("0102030405060708090a0b0c"));
        reply.release();
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4_DGRAM, 00, EchoReply",
        "IPV4_RAW, 00, EchoReply",
        "IPV4_RAW, 08, EchoRequest",
        "IPV6_DGRAM, 81, EchoReply",
        "IPV6_RAW, 81, EchoReply",
        "IPV6_RAW, 80, EchoRequest"
    })
    void decodesEchoMessagesOfEveryKindOfSocket(SocketKind kind, String type, String expected) {
        byte[] icmp = Packets.hex(type, "2a", "0000", "fedc", "ba98", "112233");

        EchoMessage message = (EchoMessage) Packets.decode(kind, Packets.delivered(kind, Packets.TARGET, icmp));

        assertThat(message.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(message.code()).isEqualTo(0x2a);
        assertThat(message.identifier()).isEqualTo(0xfedc);
        assertThat(message.sequence()).isEqualTo(0xba98);
        assertThat(Packets.text(message.payload())).isEqualTo(Packets.hex("112233"));
        message.release();
    }

    @Test
    void echoMessageOwnsThePacketItCameIn() {
        IcmpPacket packet = Packets.packet(Packets.TARGET, WINDOWS_REPLY).received(11, 22, 33);
        ByteBuf content = packet.content();

        EchoReply reply = Packets.decode(EchoReply.class, SocketKind.IPV4_RAW, packet);

        assertThat(reply.packet()).isSameAs(packet);
        assertThat(reply.packet().kernelReceiveNanos()).isEqualTo(11);
        assertThat(reply.payload()).isSameAs(content);
        assertThat(content.refCnt()).isEqualTo(1);
        reply.release();
        assertThat(content.refCnt()).isZero();
    }

    @Test
    void hopLimitToldBesideThePacketStays() {
        IcmpPacket packet = Packets.packet(Packets.TARGET, WINDOWS_REPLY).hopLimit(7);

        EchoReply reply = Packets.decode(EchoReply.class, SocketKind.IPV4_RAW, packet);

        assertThat(reply.packet().hopLimit()).hasValue(7);
        reply.release();
    }

    @Test
    void paddingBehindTheTotalLengthIsCut() {
        EchoReply reply = rawReply(Packets.concat(WINDOWS_REPLY, Packets.hex("ffffff")));

        assertThat(reply.payload().readableBytes()).isEqualTo(32);
        reply.release();
    }

    @Test
    void totalLengthBeyondWhatArrivedIsCutToWhatArrived() {
        EchoReply reply = rawReply(withByte(WINDOWS_REPLY, Ipv4Layout.TOTAL_LENGTH, 0x7f));

        assertThat(reply.payload().readableBytes()).isEqualTo(32);
        reply.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 20, 27})
    void totalLengthTooSmallForAMessageIsMalformed(int length) {
        assertThat(raw(withByte(WINDOWS_REPLY, Ipv4Layout.TOTAL_LENGTH + 1, length)))
                .isEqualTo(malformed());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x44, 0x35, 0x55, 0x65, 0x05})
    void headerOfAnotherVersionOrTooShortIsMalformed(int versionAndLength) {
        assertThat(raw(withByte(WINDOWS_REPLY, 0, versionAndLength))).isEqualTo(malformed());
    }

    @Test
    void headerBeyondThePacketIsMalformed() {
        assertThat(raw(withByte(Arrays.copyOf(WINDOWS_REPLY, 59), 0, 0x4f))).isEqualTo(malformed());
    }

    @Test
    void anotherProtocolIsMalformed() {
        assertThat(raw(withByte(WINDOWS_REPLY, Ipv4Layout.PROTOCOL, 17))).isEqualTo(malformed());
    }

    @Test
    void everyChangedByteOfAMessageIsAChecksumError() {
        for (int i = 20; i < WINDOWS_REPLY.length; i++) {
            assertThat(raw(withByte(WINDOWS_REPLY, i, WINDOWS_REPLY[i] ^ 0x10)))
                    .isEqualTo(new UndecodablePacket(Reason.CHECKSUM, Packets.TARGET));
        }
    }

    @ParameterizedTest
    @EnumSource(value = SocketKind.class, mode = EnumSource.Mode.EXCLUDE, names = "IPV4_RAW")
    void checksumThatTheKernelVerifiedIsNotLookedAt(SocketKind kind) {
        byte[] icmp = Packets.hex(kind.family() == IpFamily.IPV4 ? "00" : "81", "00 dead 0001 0002");

        EchoReply reply = Packets.decode(EchoReply.class, kind, Packets.packet(Packets.TARGET, icmp));

        assertThat(reply.sequence()).isEqualTo(2);
        assertThat(reply.payload().isReadable()).isFalse();
        reply.release();
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void packetTruncatedAtAnyLengthIsDecodedOrCounted(SocketKind kind) {
        byte[] whole = kind.deliversIpHeader()
                ? WINDOWS_REPLY
                : Packets.hex(kind.family() == IpFamily.IPV4 ? "00" : "81", "00 0000 0001 0002 0102030405");
        for (int length = 0; length < whole.length; length++) {
            IcmpPacket packet = Packets.packet(Packets.TARGET, Arrays.copyOf(whole, length));
            ByteBuf content = packet.content();

            IcmpMessage message = Packets.decode(kind, packet);

            if (kind.deliversIpHeader()) {
                boolean verifiable = length >= 28;
                assertThat(message)
                        .isEqualTo(
                                new UndecodablePacket(verifiable ? Reason.CHECKSUM : Reason.MALFORMED, Packets.TARGET));
            } else if (length < 8) {
                assertThat(message).isEqualTo(malformed());
            } else {
                assertThat(((EchoReply) message).payload().readableBytes()).isEqualTo(length - 8);
            }
            message.release();
            assertThat(content.refCnt()).isZero();
        }
    }

    @Test
    void packetCutOffByItsBufferCannotBeVerifiedAndIsMalformed() {
        IcmpPacket packet = Packets.packet(Packets.TARGET, WINDOWS_REPLY).markTruncated();

        assertThat(Packets.decode(SocketKind.IPV4_RAW, packet)).isEqualTo(malformed());
    }

    @Test
    void packetCutOffByItsBufferIsDecodedWhereTheKernelVerifiedIt() {
        IcmpPacket packet = Packets.packet(Packets.TARGET, Packets.hex("00 00 0000 0001 0002 0102"))
                .markTruncated();

        EchoReply reply = Packets.decode(EchoReply.class, SocketKind.IPV4_DGRAM, packet);

        assertThat(reply.packet().isTruncated()).isTrue();
        reply.release();
    }

    @ParameterizedTest
    @CsvSource({
        "IPV4_RAW, 15", // information request
        "IPV4_RAW, 255",
        "IPV4_RAW, 129", // a reply in the other family
        "IPV6_RAW, 0", // a reply in the other family
        "IPV6_RAW, 8",
        "IPV6_RAW, 134", // router advertisement
        "IPV6_RAW, 137" // redirect of neighbour discovery
    })
    void typesThatAreNoneOfOursAreNamedByNumber(SocketKind kind, int type) {
        byte[] icmp = withByte(Packets.hex("00 03 0000 00000000"), 0, type);
        IcmpPacket packet = Packets.delivered(kind, Packets.ROUTER, icmp);
        ByteBuf content = packet.content();

        assertThat(Packets.decode(kind, packet)).isEqualTo(new OtherMessage(kind.family(), type, 3, Packets.ROUTER));
        assertThat(content.refCnt()).isZero();
    }

    @Test
    void passesWhatIsNoPacket() {
        EmbeddedChannel channel = new EmbeddedChannel(new IcmpDecoder(SocketKind.IPV4_RAW));

        channel.writeInbound("text");

        assertThat(channel.<Object>readInbound()).isEqualTo("text");
        channel.finish();
    }

    @Test
    void oneHandlerServesManyChannels() {
        IcmpDecoder decoder = new IcmpDecoder(SocketKind.IPV4_RAW);
        IcmpEncoder encoder = new IcmpEncoder(SocketKind.IPV4_RAW);

        assertThat(decoder.isSharable()).isTrue();
        assertThat(encoder.isSharable()).isTrue();
    }
}
