package io.github.nettyping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.packet.IcmpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoMessageTest {

    private final IcmpPacket packet = Packets.packet(Packets.TARGET, Packets.hex("0102"));
    private final ByteBuf content = packet.content();

    @Test
    void keepsItsFieldsAndItsPacket() {
        EchoReply reply = EchoReply.of(packet, 255, 65_535, 65_534);

        assertThat(reply.code()).isEqualTo(255);
        assertThat(reply.identifier()).isEqualTo(65_535);
        assertThat(reply.sequence()).isEqualTo(65_534);
        assertThat(reply.packet()).isSameAs(packet);
        assertThat(reply.payload()).isSameAs(content);
        assertThat(reply).asString().startsWith("EchoReply(code=255, identifier=65535, sequence=65534, IcmpPacket(");
        reply.release();
    }

    @Test
    void lastReleaseFreesThePacket() {
        EchoReply reply = EchoReply.of(packet, 0, 1, 2);
        reply.retain();

        assertThat(reply.release()).isFalse();
        assertThat(content.refCnt()).isEqualTo(1);
        assertThat(reply.release()).isTrue();
        assertThat(content.refCnt()).isZero();
    }

    @Test
    void refusesItsPacketAfterTheLastRelease() {
        EchoReply reply = EchoReply.of(packet, 0, 1, 2);
        reply.release();

        assertThatThrownBy(reply::packet).isInstanceOf(IllegalReferenceCountException.class);
    }

    @Test
    void detachedPacketOutlivesItsRequest() {
        EchoRequest request = EchoRequest.of(packet, 1, 2);

        assertThat(request.detachPacket()).isSameAs(packet);
        assertThat(request.refCnt()).isZero();
        assertThat(packet.refCnt()).isEqualTo(1);
        assertThat(packet.content()).isSameAs(content);
        packet.release();
    }

    @Test
    void requestInUseElsewhereIsNotDetached() {
        EchoRequest request = EchoRequest.of(packet, 1, 2);
        request.retain();

        assertThatThrownBy(request::detachPacket)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refCnt: 2");
        assertThat(request.packet()).isSameAs(packet);
        request.release(2);
    }

    @ParameterizedTest
    @CsvSource({"256, 0, 0", "-1, 0, 0", "0, 65536, 0", "0, -1, 0", "0, 0, 65536", "0, 0, -1"})
    void numbersThatDoNotFitAreRefusedBeforeThePacketIsTaken(int code, int identifier, int sequence) {
        assertThatThrownBy(() -> EchoReply.of(packet, code, identifier, sequence))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(packet.release()).isTrue();
    }

    @Test
    void releasingAMessageWithoutAPacketDoesNothing() {
        OtherMessage message = new OtherMessage(Packets.US.family(), 13, 0, Packets.US);

        assertThat(message.release()).isFalse();
        assertThat(message.release(7)).isFalse();
        assertThat(message.refCnt()).isEqualTo(1);
        assertThat(message.retain()).isSameAs(message);
        assertThat(message.retain(7)).isSameAs(message);
        assertThat(message.touch()).isSameAs(message);
        assertThat(message.touch("hint")).isSameAs(message);
    }
}
