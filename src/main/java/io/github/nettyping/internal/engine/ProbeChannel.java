package io.github.nettyping.internal.engine;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.IcmpChannelConfig;
import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.correlation.ProbeCorrelator;
import io.github.nettyping.internal.engine.ProbeChannelOptions.Feature;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Timestamps;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.logging.LogLevel;
import io.netty.handler.logging.LoggingHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A channel of one family with everything a probe needs on its way. Opened in the constructor's thread, because a
 * socket belongs to the network namespace of the thread that opens it. Confined to its event loop from {@link #open}
 * on.
 */
public final class ProbeChannel implements ProbePort {

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(ProbeChannel.class);

    private static final String WIRE_LOG = "io.github.nettyping.wire";

    /** What every IPv4 host takes in one piece (RFC 791, section 3.2); every IPv6 link takes more. */
    private static final int NEVER_FRAGMENTED_BYTES = 576;

    private static final Set<ChannelOption<?>> IPV6_ONLY =
            Set.of(IcmpChannelOption.FLOW_LABEL, IcmpChannelOption.AUTO_FLOW_LABEL);
    private static final Set<ChannelOption<?>> IPV4_ONLY =
            Set.of(IcmpChannelOption.IPV4_OPTIONS, IcmpChannelOption.RECEIVE_IPV4_OPTIONS);

    private final IcmpChannel channel;
    private final ProbeChannelOptions options;
    private final int receiveBufferBytes;
    private final int maxInFlight;
    private final ProbeCorrelator correlator;
    private final ProbeLinks links;

    /**
     * Opens the socket.
     *
     * @throws io.github.nettyping.channel.IcmpUnavailableException if the kernel refuses it
     * @throws UnsupportedOperationException                        if this machine cannot run nettyping at all
     */
    public ProbeChannel(IpFamily family, ProbeChannelOptions options) {
        this.options = options;
        this.channel = new IcmpChannel(family, options.sockets().policy());
        this.links = ProbeLinks.begin(options.sockets(), !options.has(Feature.ONLY_THIS_HOST));
        channel.closeFuture().addListener(closed -> links.close());
        try {
            configure(family, channel.config(), options);
            this.receiveBufferBytes = channel.config().getOption(ChannelOption.SO_RCVBUF);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        int held = ReceiveBuffer.repliesHeld(
                receiveBufferBytes, options.payloadBytes().orElse(0));
        this.maxInFlight =
                options.has(Feature.BEYOND_BUFFER) ? options.maxInFlight() : Math.min(options.maxInFlight(), held);
        this.correlator = ProbeCorrelator.builder()
                .maxInFlight(maxInFlight)
                .observer(options.observer())
                .triesOnDemand(options.has(Feature.TRIES_ON_DEMAND))
                .links(links)
                .build();
    }

    private static void configure(IpFamily family, IcmpChannelConfig config, ProbeChannelOptions options) {
        config.setOption(ChannelOption.SO_RCVBUF, options.sockets().receiveBufferBytes());
        config.setOption(ChannelOption.SO_SNDBUF, options.sockets().sendBufferBytes());
        if (options.has(Feature.BROADCAST)) {
            config.setOption(ChannelOption.SO_BROADCAST, true);
        }
        if (options.payloadBytes().isPresent()) {
            int packetBytes = ReceiveBuffer.packetBytes(options.payloadBytes().getAsInt());
            if (packetBytes <= NEVER_FRAGMENTED_BYTES) {
                config.setOption(IcmpChannelOption.MTU_DISCOVER, IcmpChannelOption.MTU_DISCOVER_PROBE);
            }
            ReceiveBuffer.fit(config, packetBytes);
        }
        configure(config, options.timestamps());
        options.sockets().channelOptions().forEach((option, value) -> {
            if (!(family == IpFamily.IPV6 ? IPV4_ONLY : IPV6_ONLY).contains(option)) {
                set(config, option, value);
            }
        });
    }

    @SuppressWarnings("unchecked") // SocketSettings has paired them.
    private static <T> void set(IcmpChannelConfig config, ChannelOption<T> option, Object value) {
        if (!config.setOption(option, (T) value)) {
            throw new IllegalArgumentException(
                    "option: " + option.name() + " (expected: one that IcmpChannelOption names)");
        }
    }

    /** Has the channel deliver what the clocks need, and no more. */
    private static void configure(IcmpChannelConfig config, Timestamps timestamps) {
        switch (timestamps) {
            case TRANSMIT -> {
                try {
                    config.setOption(IcmpChannelOption.TRANSMIT_STAMPS, true);
                } catch (ChannelException e) {
                    // No second socket is to be had. The option stays off, and outcomes tell what they were measured
                    // by.
                    LOGGER.debug("No transmit stamps.", e);
                }
            }
            case RECEIVE -> {}
            case USER -> config.setOption(IcmpChannelOption.RECEIVE_STAMPS, false);
        }
    }

    /** Enters the event loop; the future tells when probes can be written. */
    public ChannelFuture open(EventLoop loop, ProbeChannelOwner owner) {
        SocketKind kind = channel.kind();
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> channel)
                .handler(new ChannelInitializer<IcmpChannel>() {
                    @Override
                    protected void initChannel(IcmpChannel ch) {
                        if (options.has(Feature.WIRE_LOGGING)) {
                            ch.pipeline().addLast(new LoggingHandler(WIRE_LOG, LogLevel.DEBUG));
                        }
                        ch.pipeline()
                                .addLast(new IcmpEncoder(kind), new IcmpDecoder(kind), correlator, new Tail(owner));
                    }
                })
                .bind(localAddress(kind.family()));
    }

    private InetSocketAddress localAddress(IpFamily family) {
        InetAddress address = options.sockets().localAddresses().get(family);
        int identifier = options.identifier().orElse(0);
        return address == null ? new InetSocketAddress(identifier) : new InetSocketAddress(address, identifier);
    }

    IpFamily family() {
        return channel.kind().family();
    }

    /** Returns the identifier of its echo requests; empty until open. */
    OptionalInt identifier() {
        InetSocketAddress local = channel.localAddress();
        return local == null ? OptionalInt.empty() : OptionalInt.of(local.getPort());
    }

    /** Returns how many probes may be in flight: as many as asked for, or as the receive buffer holds replies. */
    int maxInFlight() {
        return maxInFlight;
    }

    /** Returns the size of the receive buffer as the kernel counts it. */
    int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    SocketKind kind() {
        return channel.kind();
    }

    /** Returns what was counted since {@link #open}. */
    CorrelatorStatistics statistics() {
        return correlator.statistics();
    }

    long drops() {
        return channel.drops();
    }

    /** Returns the interfaces that lost their carrier, or changed state or MTU, while probes by them waited. */
    Set<String> interfacesLost() {
        return links.disturbed();
    }

    /** Returns how often a packet had to wait because this host could not send it at once. */
    long sendWaits() {
        return channel.sendWaits();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void fit(int payloadBytes) {
        ReceiveBuffer.fit(channel.config(), ReceiveBuffer.packetBytes(payloadBytes));
    }

    @Override
    public void write(Probe probe) {
        // No promise: the outcome says what became of it.
        channel.write(probe, channel.unsafe().voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    /** Returns how many further tries wait to be written, if they are written on demand. */
    int triesDue() {
        return correlator.triesDue();
    }

    /** Writes up to so many of them, and does not flush; returns how many. */
    int writeTries(int max) {
        return correlator.writeTries(max);
    }

    @Override
    public boolean cancel(Probe probe) {
        return correlator.cancel(probe);
    }

    @Override
    public void close() {
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
            links.close();
        }
    }

    /** The end of the pipeline. */
    static final class Tail extends ChannelInboundHandlerAdapter {

        private final ProbeChannelOwner owner;

        Tail(ProbeChannelOwner owner) {
            this.owner = owner;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ProbeOutcome outcome) {
                owner.onOutcome(outcome);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            // Probes written to a channel that has ended come back at once, in vain.
            if (ctx.channel().isActive()) {
                owner.onReadComplete();
            }
            ctx.fireChannelReadComplete();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            owner.onFailure(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            owner.onClosed();
            ctx.fireChannelInactive();
        }
    }
}
