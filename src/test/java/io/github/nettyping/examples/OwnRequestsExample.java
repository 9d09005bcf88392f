package io.github.nettyping.examples;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.codec.IcmpMessage;
import io.github.nettyping.codec.InternetChecksum;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Echo requests of one's own making: with the codec, and byte by byte. Nobody waits, tries again or authenticates. */
final class OwnRequestsExample {

    private OwnRequestsExample() {}

    static IcmpChannel openWithCodec(EventLoopGroup group, ChannelHandler own) {
        return (IcmpChannel) new Bootstrap()
                .group(group)
                .channelFactory(IcmpChannel.factory(IpFamily.IPV4, SocketPolicy.DGRAM_RAW))
                .handler(new ChannelInitializer<IcmpChannel>() {
                    @Override
                    protected void initChannel(IcmpChannel channel) {
                        channel.pipeline()
                                .addLast(new IcmpEncoder(channel.kind()), new IcmpDecoder(channel.kind()), own);
                    }
                })
                .bind(0)
                .syncUninterruptibly()
                .channel();
    }

    // tag::own-requests
    static void sendOwnRequest(IcmpChannel channel, InetAddress host, int sequence, long data) {
        int identifier = channel.localAddress().getPort();
        ByteBuf payload = channel.alloc().directBuffer(EchoRequest.HEADROOM + Long.BYTES);
        payload.setIndex(EchoRequest.HEADROOM, EchoRequest.HEADROOM); // Room for the header: no copy.
        payload.writeLong(data);
        IcmpPacket packet = IcmpPacket.of(payload, IpAddress.of(host)); // Owns the buffer,
        channel.writeAndFlush(EchoRequest.of(packet, identifier, sequence)); // is owned by the request.
    }

    static final class Replies extends SimpleChannelInboundHandler<IcmpMessage> {

        private final Consumer<String> listener;

        Replies(Consumer<String> listener) {
            this.listener = listener;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, IcmpMessage message) {
            if (message instanceof EchoReply reply) { // Released when this method returns.
                listener.accept(reply.sequence() + ": " + reply.payload().readLong() + " from "
                        + reply.packet().peer());
            }
        }
    }
    // end::own-requests

    // tag::connect
    static IcmpChannel connect(EventLoopGroup group, InetAddress peer, ChannelHandler own) {
        return (IcmpChannel) new Bootstrap()
                .group(group)
                .channelFactory(IcmpChannel.factory(IpFamily.IPV4, SocketPolicy.DGRAM_RAW))
                .handler(own)
                .connect(new InetSocketAddress(peer, 0))
                .syncUninterruptibly()
                .channel();
    }

    static void sendByHand(IcmpChannel channel, int sequence, long data) {
        ByteBuf message = channel.alloc().directBuffer();
        message.writeByte(8).writeByte(0).writeShort(0); // Echo request, code, checksum.
        message.writeShort(channel.localAddress().getPort()).writeShort(sequence);
        message.writeLong(data);
        if (!channel.kind().kernelWritesChecksum()) {
            message.setShort(2, InternetChecksum.of(message, 0, message.readableBytes()));
        }
        channel.writeAndFlush(message); // The channel releases it.
    }
    // end::connect
}
