package io.github.nettyping.channel;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SendOptions;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A channel on the kernel's socket without a codec, on an event loop of its own, and what it has received. */
final class PlainChannel implements AutoCloseable {

    private static final Duration PATIENCE = Await.LIMIT;

    final List<IcmpPacket> received = new CopyOnWriteArrayList<>();
    final IcmpChannel channel;
    private final EventLoopGroup group;

    private PlainChannel(SocketKind kind) {
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        channel = new IcmpChannel(kind);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                received.add((IcmpPacket) message);
            }
        });
        group.register(channel).syncUninterruptibly();
    }

    /** Opens a channel that is not bound. */
    static PlainChannel opened(Namespace namespace, SocketKind kind) throws Exception {
        return namespace.call(() -> new PlainChannel(kind));
    }

    /** Opens a channel bound to no address. */
    static PlainChannel bound(Namespace namespace, SocketKind kind) throws Exception {
        return opened(namespace, kind).bind();
    }

    PlainChannel bind() {
        channel.bind(new InetSocketAddress(0)).syncUninterruptibly();
        return this;
    }

    <T> PlainChannel with(ChannelOption<T> option, T value) {
        channel.config().setOption(option, value);
        return this;
    }

    boolean isIpv4() {
        return channel.kind().family() == IpFamily.IPV4;
    }

    /** Returns an echo request to a host. */
    IcmpPacket request(InetAddress target, int sequence, int payloadBytes) {
        return request(IpAddress.of(target), sequence, payloadBytes);
    }

    IcmpPacket request(IpAddress target, int sequence, int payloadBytes) {
        byte[] message =
                Packets.echoRequest(!isIpv4(), channel.localAddress().getPort(), sequence, new byte[payloadBytes]);
        return IcmpPacket.of(Unpooled.directBuffer().writeBytes(message), target);
    }

    ChannelFuture send(InetAddress target, int sequence) {
        return channel.writeAndFlush(request(target, sequence, 16));
    }

    ChannelFuture send(InetAddress target, int sequence, SendOptions options) {
        return channel.writeAndFlush(request(target, sequence, 16).sendWith(options));
    }

    /** Waits until a number of packets has been received, and returns the last of them. */
    IcmpPacket awaitReceived(int count) {
        Await.until(count + " packets on " + channel.kind(), PATIENCE, () -> received.size() >= count);
        return received.get(count - 1);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        received.forEach(IcmpPacket::release);
    }
}
