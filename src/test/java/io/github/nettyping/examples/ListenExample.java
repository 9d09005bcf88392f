package io.github.nettyping.examples;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.codec.EchoMessage;
import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.IcmpError;
import io.github.nettyping.codec.IcmpMessage;
import io.github.nettyping.codec.IcmpNames;
import io.github.nettyping.codec.OtherMessage;
import io.github.nettyping.codec.QueryMessage;
import io.github.nettyping.packet.IpFamily;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.function.Consumer;

/** Everything that ICMP says to this host. */
final class ListenExample {

    private ListenExample() {}

    static IcmpChannel listen(EventLoopGroup group, IpFamily family, Consumer<String> out) {
        IcmpChannel channel = ByHandExample.open(group, family, SocketPolicy.RAW, new Listener(out));
        channel.config().setOption(IcmpChannelOption.RECEIVE_ALL, true);
        return channel;
    }

    private static final class Listener extends SimpleChannelInboundHandler<IcmpMessage> {

        private final Consumer<String> out;

        Listener(Consumer<String> out) {
            this.out = out;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, IcmpMessage message) {
            out.accept(describe(message));
        }
    }

    private static String describe(IcmpMessage message) {
        if (message instanceof EchoMessage echo) {
            return (echo instanceof EchoReply ? "echo reply " : "echo request ") + echo.sequence() + " from "
                    + echo.packet().peer();
        } else if (message instanceof IcmpError error) {
            return error.name() + " from " + error.from().orElseThrow()
                    + error.quote()
                            .map(quote -> " about " + quote.destination())
                            .orElse("");
        } else if (message instanceof QueryMessage query) {
            return query.getClass().getSimpleName() + ' ' + query.sequence() + " from " + query.peer();
        } else if (message instanceof OtherMessage other) {
            return IcmpNames.type(other.family(), other.type()) + " from " + other.from();
        }
        return message.toString(); // LocalError, UndecodablePacket.
    }
}
