package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IcmpEncoderTest {

    private static final byte[] PAYLOAD = Packets.hex("9abcdef001");

    private static IcmpPacket withHeadroom(int bytes) {
        ByteBuf content = Unpooled.directBuffer().writeZero(bytes).writeBytes(PAYLOAD);
        return IcmpPacket.of(content.skipBytes(bytes), Packets.TARGET);
    }

    private static IcmpPacket encode(SocketKind kind, Object message) {
        EmbeddedChannel channel = new EmbeddedChannel(new IcmpEncoder(kind));
        channel.writeOutbound(message);
        IcmpPacket packet = channel.readOutbound();
        channel.finish();
        return packet;
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void encodesEveryFieldInNetworkOrder(SocketKind kind) {
        IcmpPacket packet = encode(kind, EchoRequest.of(withHeadroom(EchoRequest.HEADROOM), 0x1234, 0x5678));

        byte[] golden =
                switch (kind) {
                    case IPV4_RAW ->
                        Packets.hex(
                                "08", // type: echo request, RFC 792
                                "00", // code
                                "14a6", // checksum of all 13 bytes
                                "1234", // identifier
                                "5678", // sequence
                                "9abcdef001"); // payload, of odd length
                    // The same with checksum 0, which the kernel fills in.
                    case IPV4_DGRAM -> Packets.hex("08 00 0000 1234 5678 9abcdef001");
                    // Type 128: RFC 4443, section 4.1.
                    case IPV6_DGRAM, IPV6_RAW -> Packets.hex("80 00 0000 1234 5678 9abcdef001");
                };
        assertThat(Packets.text(packet.content())).isEqualTo(golden);
        packet.release();
    }

    @Test
    void encodesTheRequestThatWindowsSends() {
        byte[] payload = Packets.hex("6162636465666768696a6b6c6d6e6f7071727374757677616263646566676869");

        IcmpPacket packet = encode(SocketKind.IPV4_RAW, EchoRequest.of(Packets.packet(Packets.TARGET, payload), 1, 1));

        assertThat(Packets.text(packet.content()))
                .isEqualTo(Packets.concat(Packets.hex("08 00 4d5a 0001 0001"), payload));
        packet.release();
    }

    @Test
    void writesTheHeaderIntoTheHeadroomWithoutACopy() {
        IcmpPacket packet = withHeadroom(EchoRequest.HEADROOM);
        ByteBuf content = packet.content();

        IcmpPacket encoded = encode(SocketKind.IPV4_RAW, EchoRequest.of(packet, 1, 2));

        assertThat(encoded).isSameAs(packet);
        assertThat(encoded.content()).isSameAs(content);
        encoded.release();
        assertThat(content.refCnt()).isZero();
    }

    @Test
    void copiesIntoADirectBufferWhereThereIsNoHeadroom() {
        IcmpPacket packet = withHeadroom(EchoRequest.HEADROOM - 1);
        ByteBuf content = packet.content();

        IcmpPacket encoded = encode(SocketKind.IPV4_RAW, EchoRequest.of(packet, 0x1234, 0x5678));

        assertThat(encoded).isSameAs(packet);
        assertThat(content.refCnt()).isZero();
        assertThat(encoded.content().isDirect()).isTrue();
        assertThat(Packets.text(encoded.content())).isEqualTo(Packets.hex("08 00 14a6 1234 5678 9abcdef001"));
        encoded.release();
    }

    @Test
    void copiesWhatMustNotBeWritten() {
        ByteBuf content = Unpooled.buffer().writeZero(8).writeBytes(PAYLOAD).skipBytes(8);
        IcmpPacket packet = IcmpPacket.of(content.retain().asReadOnly(), Packets.TARGET);

        IcmpPacket encoded = encode(SocketKind.IPV4_RAW, EchoRequest.of(packet, 0x1234, 0x5678));

        assertThat(Packets.text(encoded.content())).isEqualTo(Packets.hex("08 00 14a6 1234 5678 9abcdef001"));
        assertThat(content.getLong(0)).isZero();
        encoded.release();
        content.release();
    }

    @Test
    void encodesAnEmptyPayload() {
        IcmpPacket packet = IcmpPacket.of(Unpooled.EMPTY_BUFFER, Packets.TARGET);

        IcmpPacket encoded = encode(SocketKind.IPV4_RAW, EchoRequest.of(packet, 0x1234, 0x5678));

        // 0800 + 1234 + 5678 = 70ac
        assertThat(Packets.text(encoded.content())).isEqualTo(Packets.hex("08 00 8f53 1234 5678"));
        encoded.release();
    }

    @Test
    void keepsThePeerAndTheListenerOfThePacket() {
        List<Long> sent = new ArrayList<>();
        SendListener listener = new SendListener() {
            @Override
            public void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos) {
                sent.add(key);
            }

            @Override
            public void refused(long key, SystemCallException cause) {}

            @Override
            public void discarded(long key) {
                throw new AssertionError("discarded");
            }
        };

        IcmpPacket encoded =
                encode(SocketKind.IPV4_DGRAM, EchoRequest.of(withHeadroom(0).onSend(listener, 77), 1, 2));

        assertThat(encoded.peer()).isEqualTo(Packets.TARGET);
        encoded.notifySent(1, 2, 3);
        assertThat(sent).containsExactly(77L);
        encoded.release();
    }

    @Test
    void passesPacketsThatAreAlreadyEncoded() {
        IcmpPacket packet = withHeadroom(8);

        assertThat(encode(SocketKind.IPV4_RAW, packet)).isSameAs(packet);
        assertThat(Packets.text(packet.content())).isEqualTo(PAYLOAD);
        packet.release();
    }

    @Test
    void failsTheWriteOfARequestThatIsInUseElsewhere() {
        EchoRequest request = EchoRequest.of(withHeadroom(8), 1, 2);
        request.retain();
        EmbeddedChannel channel = new EmbeddedChannel(new IcmpEncoder(SocketKind.IPV4_RAW));

        assertThatThrownBy(() -> channel.writeOutbound(request)).isInstanceOf(IllegalStateException.class);

        assertThat(request.refCnt()).isEqualTo(1);
        request.release();
        channel.finish();
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void decoderReadsBackWhatTheEncoderWrote(SocketKind kind) {
        IcmpPacket packet = encode(kind, EchoRequest.of(withHeadroom(8), 0xfedc, 0xba98));
        byte[] icmp = Packets.text(packet.content());
        packet.release();

        IcmpPacket echoed = Packets.packet(
                Packets.TARGET, kind.deliversIpHeader() ? Packets.ipv4(Packets.US, Packets.TARGET, icmp) : icmp);
        EchoRequest request = Packets.decode(EchoRequest.class, kind, echoed);

        assertThat(request.identifier()).isEqualTo(0xfedc);
        assertThat(request.sequence()).isEqualTo(0xba98);
        assertThat(Packets.text(request.payload())).isEqualTo(PAYLOAD);
        request.release();
    }
}
