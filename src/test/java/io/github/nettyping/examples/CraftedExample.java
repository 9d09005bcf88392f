package io.github.nettyping.examples;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.codec.Ipv4Header;
import io.github.nettyping.codec.Ipv4Options;
import io.github.nettyping.codec.RouteOption;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.List;
import java.util.function.Consumer;

/** A packet with an IPv4 header of one's own, here one that records its route. Raw IPv4 channels only. */
final class CraftedExample {

    private CraftedExample() {}

    // tag::crafted
    static void sendCrafted(IcmpChannel channel, IpAddress host, int sequence) {
        channel.config().setOption(IcmpChannelOption.HEADER_INCLUDED, true);
        Ipv4Header header = Ipv4Header.builder(host)
                .ttl(9)
                .dontFragment(true)
                .identification(0xbeef)
                .options(Ipv4Options.of(RouteOption.recordRoute(4)))
                .build();
        int room = EchoRequest.HEADROOM + header.headerBytes();
        ByteBuf payload = channel.alloc().directBuffer(room).setIndex(room, room);
        int identifier = channel.localAddress().getPort();
        EchoRequest request = EchoRequest.of(IcmpPacket.of(payload, host), identifier, sequence);
        IcmpPacket message = new IcmpEncoder(channel.kind()).encode(channel.alloc(), request); // With its checksum.
        channel.writeAndFlush(
                message.withContent(header.encode(message.content().retain())));
    }

    static final class Routes extends SimpleChannelInboundHandler<EchoReply> {

        private final Consumer<List<IpAddress>> out;

        Routes(Consumer<List<IpAddress>> out) {
            this.out = out;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, EchoReply reply) {
            reply.ipv4Header()
                    .flatMap(header -> header.options().recordRoute())
                    .ifPresent(route -> out.accept(route.recorded()));
        }
    }
    // end::crafted
}
