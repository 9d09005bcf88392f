package io.github.nettyping.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.github.nettyping.testing.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Packets with an IPv4 header of the sender's, as they stand on the wire. */
@RequiresNamespaces
class CraftedPacketsIT {

    private static final int MORE_FRAGMENTS = 0x2000;

    // RFC 791, section 3.1: the fields of the header.
    private static final int IDENTIFICATION = 4;
    private static final int FLAGS = 6;
    private static final int HOP_LIMIT = 8;
    private static final int SOURCE = 12;
    private static final int OPTIONS = 20;

    private static Namespace near;
    private static Namespace far;
    private static Link link;

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far);
    }

    @AfterAll
    static void close() {
        near.close();
        far.close();
    }

    private static PlainChannel channel(Namespace namespace) throws Exception {
        return PlainChannel.bound(namespace, SocketKind.IPV4_RAW).with(IcmpChannelOption.HEADER_INCLUDED, true);
    }

    /** Returns a header without options: source, identification, checksum and total length are left to the kernel. */
    private static ByteBuffer header(InetAddress destination, int bytes) {
        return ByteBuffer.allocate(bytes)
                .put(0, (byte) (0x40 | bytes / 4))
                .put(HOP_LIMIT, (byte) 77)
                .put(HOP_LIMIT + 1, (byte) 1)
                .put(16, destination.getAddress());
    }

    private static ChannelFuture send(PlainChannel on, InetAddress target, ByteBuffer header, byte... data) {
        ByteBuf packet = Unpooled.directBuffer().writeBytes(header).writeBytes(data);
        return on.channel.writeAndFlush(IcmpPacket.of(packet, IpAddress.of(target)));
    }

    private static byte[] request(PlainChannel on, int sequence, int payloadBytes) {
        return Packets.echoRequest(false, on.channel.localAddress().getPort(), sequence, new byte[payloadBytes]);
    }

    @Test
    void identificationAndSourceStandOnTheWireAsChosen() throws Exception {
        InetAddress target = Packets.address(link.farIpv4());
        InetAddress nobody = Packets.address("10.66.0.1");
        try (PlainChannel on = channel(near);
                Wire wire = Wire.of(far)) {
            ByteBuffer header =
                    header(target, 20).putShort(IDENTIFICATION, (short) 0xbeef).put(SOURCE, nobody.getAddress());
            send(on, target, header, request(on, 1, 16)).sync();

            ProbePacket probe = wire.awaitProbe(1);
            ByteBuffer packet = probe.bytes();
            assertThat(probe.source()).isEqualTo(nobody);
            assertThat(packet.getShort(IDENTIFICATION)).isEqualTo((short) 0xbeef);
            assertThat(packet.getShort(FLAGS)).isZero();
            assertThat(packet.get(HOP_LIMIT)).isEqualTo((byte) 77);
            assertThat(wire.awaitProbe(sendPlain(on, target, 2)).source()).isEqualTo(Packets.address(link.nearIpv4()));
        }
    }

    /** Sends a request whose header leaves to the kernel what it may, and returns its number. */
    private static int sendPlain(PlainChannel on, InetAddress target, int sequence) throws InterruptedException {
        send(on, target, header(target, 20), request(on, sequence, 16)).sync();
        return sequence;
    }

    @Test
    void fragmentsGoOutAsTheyAreAndTheirAnswerComesBack() throws Exception {
        InetAddress target = Packets.address(link.farIpv4());
        try (PlainChannel on = channel(near);
                Wire wire = Wire.of(far)) {
            byte[] message = request(on, 3, 16);
            ByteBuffer first =
                    header(target, 20).putShort(IDENTIFICATION, (short) 0x1234).putShort(FLAGS, (short) MORE_FRAGMENTS);
            // The offset counts in 8 bytes.
            ByteBuffer second =
                    header(target, 20).putShort(IDENTIFICATION, (short) 0x1234).putShort(FLAGS, (short) 1);
            send(on, target, first, Arrays.copyOf(message, 8)).sync();
            send(on, target, second, Arrays.copyOfRange(message, 8, message.length))
                    .sync();

            ByteBuffer seen = wire.await("first fragment", bytes -> bytes.getShort(IDENTIFICATION) == 0x1234);
            assertThat(seen.getShort(FLAGS)).isEqualTo((short) MORE_FRAGMENTS);
            assertThat(seen.limit()).isEqualTo(28);
            seen = wire.await("second fragment", bytes -> bytes.getShort(IDENTIFICATION) == 0x1234);
            assertThat(seen.getShort(FLAGS)).isEqualTo((short) 1);
            IcmpPacket reply = on.awaitReceived(1);
            assertThat(reply.content().getShort(reply.content().readerIndex() + 26))
                    .isEqualTo((short) 3);
        }
    }

    @Test
    void aRecordRouteOptionGoesOutAndComesBackFilledIn() throws Exception {
        InetAddress target = Packets.address(link.farIpv4());
        try (PlainChannel on = channel(near);
                Wire wire = Wire.of(far)) {
            // RFC 791, page 20: type 7, length 11, pointer 4, room for two addresses; end of options.
            ByteBuffer header = header(target, 32)
                    .put(OPTIONS, (byte) 7)
                    .put(OPTIONS + 1, (byte) 11)
                    .put(OPTIONS + 2, (byte) 4);
            send(on, target, header, request(on, 4, 16)).sync();

            ByteBuffer packet = wire.await("record route", bytes -> bytes.get(0) == 0x48 && bytes.get(32) == 8);
            assertThat(packet.get(OPTIONS)).isEqualTo((byte) 7);
            assertThat(packet.get(OPTIONS + 1)).isEqualTo((byte) 11);
            ByteBuf reply = on.awaitReceived(1).content();
            assertThat(reply.getByte(reply.readerIndex() + OPTIONS)).isEqualTo((byte) 7);
            assertThat(reply.getInt(reply.readerIndex() + OPTIONS + 3))
                    .as("where the host has put itself")
                    .isEqualTo((int) IpAddress.of(target).low());
        }
    }

    @Test
    void whatIsLongerThanTheInterfaceTakesFailsAlone() throws Exception {
        InetAddress target = Packets.address(link.farIpv4());
        try (PlainChannel on = channel(near)) {
            ChannelFuture fits = send(on, target, header(target, 20), request(on, 5, 1_500 - 28));
            ChannelFuture tooLong = send(on, target, header(target, 20), request(on, 6, 1_501 - 28));
            ChannelFuture after = send(on, target, header(target, 20), request(on, 7, 16));

            assertThat(fits.await().cause()).isNull();
            assertThat(after.await().cause()).isNull();
            assertThat(tooLong.await().cause())
                    .isInstanceOf(SystemCallException.class)
                    .hasMessageContaining("EMSGSIZE");
        }
    }

    @Test
    @RequiresTun
    void theErrorAboutACraftedPacketQuotesItWithItsHeader() throws Exception {
        InetAddress router = Packets.address("10.9.9.9");
        InetAddress target = Packets.address("10.1.0.1");
        try (Namespace lab = Namespace.create();
                TunResponder tun = TunResponder.open(lab, IcmpError.unreachable(1, router), "10.1.0.0/24");
                PlainChannel on = channel(lab)) {
            send(on, target, header(target, 20), request(on, 0x0708, 16)).sync();
            IcmpPacket packet = on.awaitReceived(1);
            QueuedError error = packet.queuedError().orElseThrow();

            assertThat(error.offender()).contains(IpAddress.of(router));
            assertThat(packet.peer()).isEqualTo(IpAddress.of(target));
            int start = packet.content().readerIndex();
            assertThat(packet.content().getByte(start)).isEqualTo((byte) 0x45);
            assertThat(packet.content().getByte(start + HOP_LIMIT)).isEqualTo((byte) 77);
            assertThat(packet.content().getByte(start + 20)).isEqualTo((byte) 8);
            assertThat(packet.content().getShort(start + 26)).isEqualTo((short) 0x0708);
            assertThat(tun.probes()).isOne();
        }
    }
}
