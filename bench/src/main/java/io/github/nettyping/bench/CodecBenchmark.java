package io.github.nettyping.bench;

import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.codec.InternetChecksum;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.QueuedError;
import io.github.nettyping.packet.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Bytes to messages and back, through a pipeline of three handlers: the codec between one that takes the packets as a
 * channel does, and one that takes the messages as the correlator does.
 */
public class CodecBenchmark extends LoopBenchmark {

    private static final int PAYLOAD_BYTES = 56;
    private static final int ICMP_HEADER_BYTES = 8;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int EHOSTUNREACH = 113;
    private static final IpAddress PEER = IpAddress.ofIpv4(0x0a00_0001);
    private static final QueuedError UNREACHABLE =
            new QueuedError(EHOSTUNREACH, QueuedError.Origin.ICMP, 3, 1, 0, Optional.of(IpAddress.ofIpv4(0xc612_0006)));

    /** Raw sockets leave both checksums and the IP header to the codec, ping sockets (dgram) nothing. */
    @Param({"raw", "dgram"})
    public String socket;

    private EmbeddedChannel channel;
    private Blackhole sink;
    private ByteBuf request;
    private ByteBuf reply;
    private ByteBuf quoted;

    /** Builds the pipeline and the packets. */
    @Setup
    public void build(Blackhole blackhole) {
        SocketKind kind = SocketKind.of(IpFamily.IPV4, socket.equals("raw"));
        sink = blackhole;
        channel = new EmbeddedChannel(new Wire(), new IcmpEncoder(kind), new IcmpDecoder(kind), new User());
        request = PooledByteBufAllocator.DEFAULT
                .directBuffer(ICMP_HEADER_BYTES + PAYLOAD_BYTES)
                .writeZero(ICMP_HEADER_BYTES + PAYLOAD_BYTES);
        reply = packet(kind, 0);
        quoted = packet(kind, 8);
    }

    private static ByteBuf packet(SocketKind kind, int type) {
        ByteBuf packet = PooledByteBufAllocator.DEFAULT.directBuffer();
        if (kind.deliversIpHeader()) {
            packet.writeByte(0x45).writeByte(0);
            packet.writeShort(IPV4_HEADER_BYTES + ICMP_HEADER_BYTES + PAYLOAD_BYTES);
            packet.writeInt(0).writeByte(64).writeByte(1).writeShort(0);
            packet.writeInt(PEER.ipv4Bits()).writeInt(PEER.ipv4Bits());
        }
        int start = packet.writerIndex();
        packet.writeByte(type).writeByte(0).writeShort(0).writeInt(0x1234_0001).writeZero(PAYLOAD_BYTES);
        packet.setShort(start + 2, InternetChecksum.of(packet, start, ICMP_HEADER_BYTES + PAYLOAD_BYTES));
        return packet;
    }

    /** Gives the buffers back. */
    @TearDown
    public void release() {
        channel.finishAndReleaseAll();
        request.release();
        reply.release();
        quoted.release();
    }

    /** A payload of 56 bytes becomes a packet. */
    @Benchmark
    public void encodeEchoRequest() {
        ByteBuf payload = request.setIndex(ICMP_HEADER_BYTES, ICMP_HEADER_BYTES + PAYLOAD_BYTES)
                .retain();
        channel.pipeline().write(EchoRequest.of(IcmpPacket.of(payload, PEER), 0x1234, 1), channel.voidPromise());
    }

    /** A packet becomes an echo reply. */
    @Benchmark
    public void decodeEchoReply() {
        channel.pipeline().fireChannelRead(IcmpPacket.of(reply.readerIndex(0).retain(), PEER));
    }

    /** An entry of the error queue becomes "host unreachable", with what it quotes. */
    @Benchmark
    public void decodeQuotedError() {
        channel.pipeline()
                .fireChannelRead(
                        IcmpPacket.of(quoted.readerIndex(0).retain(), PEER).queuedError(UNREACHABLE));
    }

    /** Takes the packets, as a channel does. */
    private final class Wire extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            sink.consume(msg);
            ReferenceCountUtil.release(msg);
        }
    }

    /** Takes the messages. */
    private final class User extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            sink.consume(msg);
            ReferenceCountUtil.release(msg);
        }
    }
}
