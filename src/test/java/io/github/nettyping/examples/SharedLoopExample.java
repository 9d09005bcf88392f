package io.github.nettyping.examples;

import io.github.nettyping.Pinger;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A server that pings on the event loop it serves on: each request is answered with what became of a probe. */
final class SharedLoopExample implements AutoCloseable {

    private final EventLoopGroup group;
    private final Pinger pinger;
    private final InetSocketAddress address;

    SharedLoopExample(InetAddress host) {
        // tag::shared-loop
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Pinger pinger = Pinger.builder().group(group).open();
        // end::shared-loop
        this.group = group;
        this.pinger = pinger;
        this.address = HttpServer.start(group, () -> new PingHandler(pinger, host));
    }

    InetSocketAddress address() {
        return address;
    }

    // tag::shared-loop-handler
    static final class PingHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Pinger pinger;
        private final InetAddress host;

        PingHandler(Pinger pinger, InetAddress host) {
            this.pinger = pinger;
            this.host = host;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            pinger.ping(host)
                    .thenAccept(outcome ->
                            ctx.writeAndFlush(HttpServer.response(outcome.kind().name())));
        }
    }
    // end::shared-loop-handler

    @Override
    public void close() {
        // tag::shared-loop-close
        pinger.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        // end::shared-loop-close
    }
}
