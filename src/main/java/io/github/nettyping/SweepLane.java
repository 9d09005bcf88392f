package io.github.nettyping;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.IcmpChannelConfig;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.correlation.ProbeCorrelator;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOutcome;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.logging.LogLevel;
import io.netty.handler.logging.LoggingHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;

/** The channel of one family in a sweep, and the handler at the end of its pipeline. */
final class SweepLane extends ChannelInboundHandlerAdapter {

    private static final String WIRE_LOG = "io.github.nettyping.wire";

    /** What every IPv4 host takes in one piece (RFC 791, section 3.2); every IPv6 link takes more. */
    private static final int NEVER_FRAGMENTED_BYTES = 576;

    private final SweepSession session;
    private final IcmpChannel channel;
    private final int maxInFlight;
    private final ProbeCorrelator correlator;

    // Opened in the constructor's thread: a socket belongs to the network namespace of the thread that makes it.
    SweepLane(SweepSession session, IpFamily family, SweepOptions options) {
        this.session = session;
        this.channel = new IcmpChannel(family, options.socketPolicy());
        try {
            configure(channel.config(), options);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        int held = ReceiveBuffer.repliesHeld(
                channel.config().getOption(ChannelOption.SO_RCVBUF),
                options.probe().payloadBytes());
        this.maxInFlight = Math.min(options.maxInFlight(), held);
        this.correlator = ProbeCorrelator.builder().maxInFlight(maxInFlight).build();
    }

    private static void configure(IcmpChannelConfig config, SweepOptions options) {
        int packetBytes = ReceiveBuffer.packetBytes(options.probe().payloadBytes());
        config.setOption(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
        config.setOption(ChannelOption.SO_SNDBUF, options.sendBufferBytes());
        if (packetBytes <= NEVER_FRAGMENTED_BYTES) {
            config.setOption(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE);
        }
        ReceiveBuffer.fit(config, packetBytes);
    }

    /** Enters the event loop; the future tells when probes can be written. */
    ChannelFuture open(EventLoop loop, SweepOptions options) {
        SocketKind kind = channel.kind();
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> channel)
                .handler(new ChannelInitializer<IcmpChannel>() {
                    @Override
                    protected void initChannel(IcmpChannel ch) {
                        if (options.wireLogging()) {
                            ch.pipeline().addLast(new LoggingHandler(WIRE_LOG, LogLevel.DEBUG));
                        }
                        ch.pipeline().addLast(new IcmpEncoder(kind), new IcmpDecoder(kind), correlator, SweepLane.this);
                    }
                })
                .bind(new InetSocketAddress(0));
    }

    int maxInFlight() {
        return maxInFlight;
    }

    SocketKind kind() {
        return channel.kind();
    }

    CorrelatorStatistics statistics() {
        return correlator.statistics();
    }

    long drops() {
        return channel.drops();
    }

    void write(Probe probe) {
        // No promise: the outcome says what became of it.
        channel.write(probe, channel.unsafe().voidPromise());
    }

    void flush() {
        channel.flush();
    }

    /** Closes the channel, whether or not an event loop has it yet. */
    void close() {
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ProbeOutcome outcome) {
            session.onOutcome(outcome);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        session.onReadComplete();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        session.fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.onChannelClosed();
        ctx.fireChannelInactive();
    }
}
