package io.github.nettyping.channel;

import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.SendListener;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.packet.SystemCallException;
import io.github.nettyping.testing.FakeSyscalls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A channel on a scripted kernel, on an event loop that runs when the test says so. */
final class ChannelOnFakes implements AutoCloseable, SendListener {

    final FakeSyscalls kernel;
    final MockTicker ticker = Ticker.newMockTicker();
    final List<FakeReadiness> places = new ArrayList<>();
    final List<IcmpPacket> received = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    final List<String> settled = new ArrayList<>();
    final IcmpChannel channel;
    int readCompletes;
    private final ManualIoEventLoop loop;

    ChannelOnFakes(FakeSyscalls kernel, SocketKind kind) {
        this(kernel, kind, config -> {});
    }

    /** Opens a channel and binds it when it has been configured. */
    ChannelOnFakes(FakeSyscalls kernel, SocketKind kind, Consumer<IcmpChannelConfig> configuration) {
        Epoll.ensureAvailability();
        this.kernel = kernel;
        loop = new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), ticker);
        NanoClock clock = new NanoClock() {
            @Override
            public long monotonicNanos() {
                return ticker.nanoTime();
            }

            @Override
            public long wallNanos() {
                return 1_000_000_000_000L + ticker.nanoTime();
            }
        };
        channel = new IcmpChannel(new Transport(kernel, clock, this::newPlace), List.of(kind));
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                received.add((IcmpPacket) message);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                readCompletes++;
                ctx.fireChannelReadComplete();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                failures.add(cause);
            }
        });
        register();
        configuration.accept(channel.config());
        channel.bind(new InetSocketAddress(0));
        run();
        // The check of the pair has sent one packet of its own.
        kernel.sent().clear();
        kernel.calls().clear();
    }

    /** Registers the channel, for the first time or again. */
    void register() {
        channel.unsafe().register(loop, new DefaultChannelPromise(channel, loop));
        run();
    }

    private Readiness newPlace() {
        FakeReadiness place = new FakeReadiness();
        places.add(place);
        return place;
    }

    /** The receiving descriptor's place. */
    FakeReadiness reading() {
        return places.get(0);
    }

    /** The sending descriptor's place, if it has one of its own. */
    FakeReadiness writing() {
        return places.get(1);
    }

    /** Runs all tasks that are due; returns how many there were. */
    int run() {
        int all = 0;
        for (int ran = loop.runNow(); ran > 0; ran = loop.runNow()) {
            all += ran;
        }
        return all;
    }

    void advance(long amount, TimeUnit unit) {
        ticker.advance(amount, unit);
        run();
    }

    /** Writes one packet whose bytes are its number, listened to under that number. */
    ChannelFuture write(int number) {
        ByteBuf bytes = Unpooled.directBuffer(8).writeZero(7).writeByte(number);
        return channel.write(IcmpPacket.of(bytes, host(number)).onSend(this, number));
    }

    /** Writes a packet and flushes it. */
    ChannelFuture send(IcmpPacket packet) {
        return channel.writeAndFlush(packet);
    }

    static IpAddress host(int number) {
        return IpAddress.ofIpv4(0x7f000000 | number);
    }

    /** The numbers of the packets the kernel took, in order. */
    List<Integer> taken() {
        return kernel.sent().stream().map(sent -> (int) sent.bytes()[7]).toList();
    }

    @Override
    public void sent(long key, long wallNanos, long monotonicNanos, long returnedNanos) {
        settled.add("sent " + key);
    }

    @Override
    public void refused(long key, SystemCallException cause) {
        settled.add("refused " + key + ' ' + cause.errnoName());
    }

    @Override
    public void discarded(long key) {
        settled.add("discarded " + key);
    }

    @Override
    public void stamped(long key, long kernelNanos) {
        settled.add("stamped " + key + " at " + kernelNanos);
    }

    @Override
    public void close() {
        received.forEach(IcmpPacket::release);
        channel.close();
        run();
    }
}
