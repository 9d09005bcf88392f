package io.github.nettyping.examples;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.correlation.ProbeCorrelator;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Probes in a pipeline of one's own. */
final class PipelineExample {

    private PipelineExample() {}

    // tag::pipeline
    static Channel open(EventLoopGroup group, InetAddress source, ChannelHandler own) {
        return new Bootstrap()
                .group(group)
                .channelFactory(IcmpChannel.factory(IpFamily.IPV4, SocketPolicy.DGRAM_RAW))
                .option(ChannelOption.SO_RCVBUF, 1 << 20)
                .handler(new ChannelInitializer<IcmpChannel>() {
                    @Override
                    protected void initChannel(IcmpChannel channel) {
                        channel.pipeline()
                                .addLast(new IcmpEncoder(channel.kind()))
                                .addLast(new IcmpDecoder(channel.kind()))
                                .addLast(ProbeCorrelator.builder()
                                        .maxInFlight(1_000)
                                        .build())
                                .addLast(own);
                    }
                })
                .bind(source, 0) // Port 0: an identifier that nobody else has.
                .syncUninterruptibly()
                .channel();
    }
    // end::pipeline

    // tag::own-handler
    static final class AskAll extends SimpleChannelInboundHandler<ProbeOutcome> {

        private final Collection<InetAddress> hosts;
        private final Consumer<ProbeOutcome> listener;

        AskAll(Collection<InetAddress> hosts, Consumer<ProbeOutcome> listener) {
            this.hosts = List.copyOf(hosts);
            this.listener = listener;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            for (InetAddress host : hosts) {
                ctx.write(new Probe(IpAddress.of(host), ProbeOptions.defaults()), ctx.voidPromise());
            }
            ctx.flush();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ProbeOutcome outcome) {
            listener.accept(outcome); // One for each probe, a value: nothing to release.
        }
    }
    // end::own-handler
}
