package io.github.nettyping.examples;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.codec.ExtendedEchoReply;
import io.github.nettyping.codec.ExtendedEchoRequest;
import io.github.nettyping.codec.InterfaceIdentification;
import io.github.nettyping.codec.QueryMessage;
import io.github.nettyping.codec.TimeOfDay;
import io.github.nettyping.codec.TimestampReply;
import io.github.nettyping.codec.TimestampRequest;
import io.github.nettyping.packet.IpAddress;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.time.Instant;
import java.util.function.Consumer;

/** Questions other than echo: a host's clock, and the state of its interfaces. */
final class QueryExample {

    private QueryExample() {}

    static void askTheTime(IcmpChannel channel, IpAddress host, int sequence) {
        int identifier = channel.localAddress().getPort();
        channel.writeAndFlush(new TimestampRequest(host, identifier, sequence, TimeOfDay.of(Instant.now())));
    }

    static void askForAnInterface(IcmpChannel channel, IpAddress proxy, int sequence, String name) {
        int identifier = channel.localAddress().getPort();
        InterfaceIdentification asked = new InterfaceIdentification.ByName(name);
        channel.writeAndFlush(new ExtendedEchoRequest(proxy, identifier, sequence, true, asked));
    }

    static final class QueryReplies extends SimpleChannelInboundHandler<QueryMessage> {

        private final Consumer<String> out;

        QueryReplies(Consumer<String> out) {
            this.out = out;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, QueryMessage message) {
            if (message instanceof TimestampReply reply) {
                out.accept(reply.peer() + ": " + reply.receive() + ", asked at " + reply.originate());
            } else if (message instanceof ExtendedEchoReply reply) {
                out.accept(reply.peer() + ": " + reply.codeName() + (reply.active() ? ", up" : ""));
            }
        }
    }
}
