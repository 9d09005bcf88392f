package io.github.nettyping.channel;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.ReceiveQueue;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.packet.UnsupportedSendOptionsException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.internal.StringUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Netty channel over an ICMP socket of Linux. It reads and writes {@link IcmpPacket}s; a connected one also takes
 * {@link ByteBuf}s that hold an ICMP message for its peer.
 *
 * <p>Like {@code EpollDatagramChannel} it becomes active by {@code bind} or {@code connect}. The port of its
 * {@link #localAddress()} is the identifier of its echo messages; port 0 chooses one that nobody else has.
 *
 * <pre>{@code
 * EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
 * Channel channel = new Bootstrap()
 *         .group(group)
 *         .channelFactory(IcmpChannel.factory(IpFamily.IPV4, SocketPolicy.DGRAM_RAW))
 *         .handler(new ChannelInitializer<IcmpChannel>() {
 *             protected void initChannel(IcmpChannel ch) {
 *                 ch.pipeline().addLast(new IcmpEncoder(ch.kind()), new IcmpDecoder(ch.kind()), handler);
 *             }
 *         })
 *         .bind(new InetSocketAddress(0)).sync().channel();
 * }</pre>
 *
 * <p>A packet that the kernel refuses fails its own write, with a
 * {@link io.github.nettyping.packet.SystemCallException}, and no other. If a send buffer or queue is full, the packet
 * waits and goes out later. Errors that the network reports about sent packets are read like packets, see
 * {@link IcmpPacket#queuedError()}.
 *
 * <p>{@link IcmpChannelOption}s set IP header fields and route for all packets, {@link IcmpPacket#sendWith} for single
 * ones, which go out in the same system call as the others.
 *
 * <p>Reading happens in batches: {@code channelReadComplete} follows each batch of at most 64 packets, and after
 * {@link IcmpChannelOption#READ_BUDGET} packets the event loop's other channels have their turn.
 *
 * <p>Threads as for every {@link io.netty.channel.Channel}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/icmp.7.html">icmp(7)</a>, raw(7)
 */
public final class IcmpChannel extends AbstractChannel implements UnixChannel, ReceiveQueue {

    private static final ChannelMetadata METADATA = new ChannelMetadata(true, 16);

    private final IcmpSockets sockets;
    private final IcmpChannelConfig config;
    private final PacketReader reader;
    private final PacketWriter writer;
    private final ShutdownWatch shutdownWatch = new ShutdownWatch();
    private final boolean ipv4;

    /** Set while the constructor of the superclass runs, before our own initializers: it must have none. */
    private @Nullable BatchingUnsafe batching;

    private volatile boolean bound;
    private volatile @Nullable InetSocketAddress local;
    private volatile @Nullable InetSocketAddress remote;
    private @Nullable TransmitStamps stamps;
    private @Nullable IpAddress remotePeer;

    /** Opens an IPv4 channel on a ping socket or, where that is refused, on a raw one. */
    public IcmpChannel() {
        this(IpFamily.IPV4, SocketPolicy.DGRAM_RAW);
    }

    /**
     * Opens a channel.
     *
     * @param family address family of all its peers
     * @param policy which kinds of socket to try
     * @throws IcmpUnavailableException      if the kernel refuses all of them; the message names the remedies
     * @throws UnsupportedOperationException if the machine cannot run nettyping at all
     */
    public IcmpChannel(IpFamily family, SocketPolicy policy) {
        this(Icmp.transport(), policy.kinds(family));
    }

    /**
     * Opens a channel on one kind of socket.
     *
     * @param kind which
     * @throws IcmpUnavailableException      if the kernel refuses it; the message names the remedy
     * @throws UnsupportedOperationException if the machine cannot run nettyping at all
     */
    public IcmpChannel(SocketKind kind) {
        this(Icmp.transport(), List.of(kind));
    }

    IcmpChannel(Transport transport, List<SocketKind> kinds) {
        super(null);
        sockets = IcmpSockets.open(transport.syscalls(), kinds);
        ipv4 = sockets.kind().family() == IpFamily.IPV4;
        config = new IcmpChannelConfig(this);
        reader = new PacketReader(this, transport);
        writer = new PacketWriter(this, transport);
    }

    /**
     * {@return a factory for {@code Bootstrap.channelFactory}, which opens a new channel at each call}
     *
     * @param family address family of all peers
     * @param policy which kinds of socket to try
     */
    public static ChannelFactory<IcmpChannel> factory(IpFamily family, SocketPolicy policy) {
        return () -> new IcmpChannel(family, policy);
    }

    /** {@return the kind of socket this channel got, one of those its policy named} */
    public SocketKind kind() {
        return sockets.kind();
    }

    @Override
    public IcmpChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    /** Returns the descriptor that receives. */
    @Override
    public FileDescriptor fd() {
        return sockets.receiver().fd();
    }

    @Override
    public boolean isOpen() {
        return sockets.receiver().fd().isOpen();
    }

    @Override
    public boolean isActive() {
        return bound && isOpen();
    }

    @Override
    public @Nullable InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }

    @Override
    public boolean drain() {
        return reader.drain();
    }

    /**
     * {@return how often sending had to wait because a send buffer, a queue or a neighbour table of this host was full}
     * Counted since the channel was made. Nothing is lost by that. Call it on the event loop.
     */
    public long sendWaits() {
        return writer.waits();
    }

    @Override
    public long drops() {
        return reader.drops();
    }

    /**
     * {@return whether packets of this channel can have options of their own, {@link IcmpPacket#sendWith}} Known once
     * the channel is bound. Only ping sockets of IPv6 on Linux before 5.18 cannot; the channel then refuses such
     * packets.
     */
    public boolean takesSendOptions() {
        return sockets.areControllable();
    }

    IcmpSockets sockets() {
        return sockets;
    }

    @Override
    public Unsafe unsafe() {
        return batching();
    }

    private BatchingUnsafe batching() {
        BatchingUnsafe own = batching;
        if (own == null) {
            own = new BatchingUnsafe(this, icmpUnsafe());
            batching = own;
        }
        return own;
    }

    IcmpUnsafe icmpUnsafe() {
        return (IcmpUnsafe) super.unsafe();
    }

    /** Tells whether a packet's source is one this channel wants to hear: all of them unless it is connected. */
    boolean isPeer(long high, long low) {
        IpAddress peer = remotePeer;
        return peer == null || (peer.high() == high && peer.low() == low);
    }

    /** Returns the stamps of departing packets, if there are any. */
    @Nullable
    TransmitStamps stamps() {
        return stamps;
    }

    /** Reads the stamps of departing packets, if there are any, before the answers to these are passed up. */
    void readStamps() throws SystemCallException {
        TransmitStamps current = stamps;
        if (current != null) {
            current.read();
        }
    }

    void autoReadCleared() {
        reader.autoReadCleared();
    }

    /** Watches the receiving socket, which is the sending one too, for room in its send buffer. */
    void watchWritable(boolean writable) {
        reader.watchWritable(writable);
    }

    void roomAgain() {
        writer.roomAgain();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new IcmpUnsafe();
    }

    // Accepts every loop, so that doRegister can say which one is needed. The caller of this method could only name the
    // class of the wrong one.
    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected void doRegister(ChannelPromise promise) {
        EventLoop loop = eventLoop();
        if (!reader.isCompatible(loop)) {
            promise.setFailure(
                    new IllegalStateException(StringUtil.simpleClassName(this) + " needs " + reader.requirement()
                            + "; this one is a " + loop.getClass().getName()));
            return;
        }
        reader.register(loop).addListener(future -> {
            if (future.isSuccess()) {
                shutdownWatch.watch(loop, this::loopClosing);
                promise.setSuccess();
                if (isActive()) {
                    // Registered again: interest and waiting packets of the earlier loop go on in this one.
                    reader.watch();
                    loop.execute(writer::resume);
                }
            } else {
                promise.setFailure(future.cause());
            }
        });
    }

    @Override
    protected void doDeregister() {
        shutdownWatch.stop();
        reader.cancel();
        writer.cancel();
    }

    /** Closes in time: the event loop is about to end. */
    void loopClosing() {
        unsafe().close(unsafe().voidPromise());
    }

    @Override
    protected void doBind(SocketAddress localAddress) throws Exception {
        if (!(localAddress instanceof InetSocketAddress address)) {
            throw new IllegalArgumentException("local address: " + localAddress + " (expected: InetSocketAddress)");
        }
        requireResolved(address);
        if (bound) {
            throw new IllegalStateException("already bound to " + local);
        }
        local = sockets.bind(address);
        if (sockets.startTransmitStamps()) {
            stamps = new TransmitStamps(sockets.sender(), sockets.areControllable());
        }
        bound = true;
    }

    // The peer is kept in this process. connect(2) would fix the route too, but undoing it takes a raw or ping socket
    // out of the kernel's tables for good (__udp_disconnect in net/ipv4/datagram.c).
    private void connectTo(InetSocketAddress address, @Nullable SocketAddress localAddress) throws Exception {
        requireResolved(address);
        if (remote != null) {
            throw new AlreadyConnectedException();
        }
        if (IpFamily.of(address.getAddress()) != kind().family()) {
            throw new IllegalArgumentException("peer " + address + " on a channel of " + kind().family());
        }
        if (localAddress != null || !bound) {
            doBind(localAddress != null ? localAddress : new InetSocketAddress(0));
        }
        remotePeer = IpAddress.of(address.getAddress());
        remote = address;
    }

    @Override
    protected void doDisconnect() {
        remotePeer = null;
        remote = null;
    }

    @Override
    protected void doClose() throws Exception {
        boolean wasActive = isActive();
        bound = false;
        try {
            batching().discard();
            reader.close();
            writer.close();
            if (stamps != null) {
                stamps.close();
            }
        } finally {
            sockets.close();
            if (wasActive && isRegistered() && eventLoop().isShutdown()) {
                // AbstractChannel would tell the pipeline by a task, but the loop takes no more tasks.
                pipeline().fireChannelInactive();
            }
        }
    }

    // After a failure of the socket as a whole. Half an ICMP socket is useless, and the pipeline must learn of the
    // failure.
    @Override
    protected void doShutdownOutput() {
        unsafe().close(unsafe().voidPromise());
    }

    @Override
    protected void doBeginRead() {
        reader.beginRead();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) throws Exception {
        writer.write(in);
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof IcmpPacket packet) {
            return sendable(packet);
        }
        if (message instanceof PacketBatch) {
            return message;
        }
        IpAddress peer = remotePeer;
        if (message instanceof ByteBuf content && peer != null) {
            return filterOutboundMessage(IcmpPacket.of(content, peer));
        }
        throw new UnsupportedOperationException("unsupported message type: " + StringUtil.simpleClassName(message)
                + " (expected: IcmpPacket" + (peer == null ? ")" : " or ByteBuf)"));
    }

    /** Returns the packet as it can be sent; throws if it cannot. */
    IcmpPacket sendable(IcmpPacket packet) {
        if (IpAddress.isIpv4(packet.peerHigh(), packet.peerLow()) != ipv4) {
            throw new IllegalArgumentException("a packet to " + packet.peer() + " on a channel of " + kind().family());
        }
        if (packet.hasSendOptions() || config.headerIncluded()) {
            requireSendable(packet);
        }
        ByteBuf content = packet.content();
        if (content.isDirect() && content.nioBufferCount() == 1) {
            return packet;
        }
        return packet.withContent(alloc().directBuffer(content.readableBytes())
                .writeBytes(content, content.readerIndex(), content.readableBytes()));
    }

    private void requireSendable(IcmpPacket packet) {
        if (packet.hasSendOptions()) {
            SendControl.requireTakenBy(kind(), config.headerIncluded(), packet.sendOptions());
            if (!sockets.areControllable()) {
                throw new UnsupportedSendOptionsException(
                        packet.sendOptions(),
                        "this kernel heeds no options of single packets on IPv6 ping sockets, Linux 5.18 does;"
                                + " use a raw socket, or options of the channel");
            }
        }
        if (config.headerIncluded()) {
            CraftedPackets.requireHeader(packet);
        }
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    private static void requireResolved(InetSocketAddress address) {
        InetAddress resolved = address.getAddress();
        if (resolved == null) {
            throw new UnresolvedAddressException();
        }
    }

    final class IcmpUnsafe extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remoteAddress, @Nullable SocketAddress localAddress, ChannelPromise promise) {
            if (!promise.setUncancellable() || !ensureOpen(promise)) {
                return;
            }
            boolean wasActive = isActive();
            try {
                if (!(remoteAddress instanceof InetSocketAddress address)) {
                    throw new IllegalArgumentException("peer: " + remoteAddress + " (expected: InetSocketAddress)");
                }
                connectTo(address, localAddress);
            } catch (Exception e) {
                safeSetFailure(promise, e);
                return;
            }
            safeSetSuccess(promise);
            if (!wasActive && isActive()) {
                pipeline().fireChannelActive();
            }
        }

        @Override
        protected void flush0() {
            // While a wait is on, its end flushes; a try before that would only cost a call.
            if (!writer.isWaiting()) {
                super.flush0();
            }
        }

        /** Flushes after a wait. */
        void resumeFlush() {
            super.flush0();
        }

        void closeBy(Throwable cause) {
            pipeline().fireExceptionCaught(cause);
            close(voidPromise());
        }
    }
}
