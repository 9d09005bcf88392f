package io.github.nettyping.examples;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One request to a broadcast or multicast address, and the replies as they come. */
final class GroupByHandExample {

    private GroupByHandExample() {}

    // tag::hand-group
    static final class Everybody extends SimpleChannelInboundHandler<EchoReply> {

        final Queue<IpAddress> hosts = new ConcurrentLinkedQueue<>();

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, EchoReply reply) {
            hosts.add(reply.packet().peer());
        }
    }

    static void callEverybody(IcmpChannel channel, IpAddress broadcastOrMulticast) {
        channel.config().setOption(ChannelOption.SO_BROADCAST, true);
        ByteBuf payload = channel.alloc().directBuffer(EchoRequest.HEADROOM);
        payload.setIndex(EchoRequest.HEADROOM, EchoRequest.HEADROOM);
        IcmpPacket packet = IcmpPacket.of(payload, broadcastOrMulticast);
        channel.writeAndFlush(EchoRequest.of(packet, channel.localAddress().getPort(), 1));
    }
    // end::hand-group
}
