package io.github.nettyping.cli.fping;

import io.github.nettyping.channel.IcmpChannel;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.codec.IcmpDecoder;
import io.github.nettyping.codec.IcmpEncoder;
import io.github.nettyping.codec.TimeOfDay;
import io.github.nettyping.codec.TimestampReply;
import io.github.nettyping.codec.TimestampRequest;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SystemCallException;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * ICMP timestamp requests, which the engine does not send: they have no room for what would authenticate an answer. So it
 * is believed if identifier, sequence number and the time of the request are right. IPv4, and raw sockets, only.
 */
final class TimestampProbes extends ChannelInboundHandlerAdapter implements FpingProbes {

    private static final int SEQUENCES = 1 << 16;
    /** ICMP header and three times. */
    private static final int ICMP_BYTES = 8 + 12;

    /** A request, remembered until another one needs its number. */
    private static final class Asked {
        final FpingHost host;
        final long index;
        final int originate;
        final long wallNanos;
        boolean live = true;
        boolean answered;

        @Nullable
        Future<?> timer;

        Asked(FpingHost host, long index, int originate, long wallNanos) {
            this.host = host;
            this.index = index;
            this.originate = originate;
            this.wallNanos = wallNanos;
        }

        void end() {
            live = false;
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }

    private final EventLoop loop;
    private final FpingOptions options;
    private final IcmpChannel channel;
    private final @Nullable InetAddress source;
    private final @Nullable Asked[] bySequence = new Asked[SEQUENCES];
    /** Told at the end of a turn, since a write may end at once. */
    private final List<Runnable> toTell = new ArrayList<>();

    private int next;
    private @Nullable Listener listener;
    private boolean closed;

    /** Opens the socket, in this thread. */
    TimestampProbes(EventLoop loop, FpingOptions options, SocketSettings sockets) {
        this.loop = loop;
        this.options = options;
        this.channel = new IcmpChannel(IpFamily.IPV4, SocketPolicy.RAW);
        this.source = sockets.localAddresses().get(IpFamily.IPV4);
        try {
            sockets.channelOptions().forEach((option, value) -> set(option, value));
        } catch (RuntimeException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }

    @SuppressWarnings("unchecked") // SocketSettings has paired them.
    private <T> void set(ChannelOption<T> option, Object value) {
        channel.config().setOption(option, (T) value);
    }

    @Override
    public void open(Listener newListener, Runnable whenOpen) {
        listener = newListener;
        new Bootstrap()
                .group(loop)
                .channelFactory(() -> channel)
                .handler(new ChannelInitializer<IcmpChannel>() {
                    @Override
                    protected void initChannel(IcmpChannel ch) {
                        ch.pipeline()
                                .addLast(
                                        new IcmpEncoder(channel.kind()),
                                        new IcmpDecoder(channel.kind()),
                                        TimestampProbes.this);
                    }
                })
                .bind(source == null ? new InetSocketAddress(0) : new InetSocketAddress(source, 0))
                .addListener(bound -> {
                    if (bound.isSuccess()) {
                        whenOpen.run();
                    } else {
                        newListener.onFailure(bound.cause());
                    }
                });
    }

    @Override
    public int maxInFlight() {
        return SEQUENCES;
    }

    @Override
    public boolean canAsk(FpingHost host) {
        return host.address.family() == IpFamily.IPV4;
    }

    @Override
    public void write(FpingHost host, long index, long timeoutNanos) {
        Instant now = Instant.now();
        TimeOfDay originate = TimeOfDay.of(now);
        long wallNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        Asked asked = new Asked(host, index, originate.bits(), wallNanos);
        int sequence = next++ & SEQUENCES - 1;
        bySequence[sequence] = asked;
        asked.timer = loop.schedule(() -> silent(asked), Math.max(1, timeoutNanos), TimeUnit.NANOSECONDS);
        TimestampRequest request = new TimestampRequest(host.address, identifier(), sequence, originate);
        channel.write(request).addListener(written -> {
            if (!written.isSuccess()) {
                refused(asked, written.cause());
            }
        });
    }

    private int identifier() {
        InetSocketAddress local = channel.localAddress();
        if (local == null) {
            throw new IllegalStateException("not open");
        }
        return local.getPort();
    }

    private void silent(Asked asked) {
        if (asked.live && !closed && listener != null) {
            asked.end();
            listener.onSilence(asked.host, asked.index);
            listener.onComplete();
        }
    }

    private void refused(Asked asked, @Nullable Throwable cause) {
        if (asked.live && !closed) {
            asked.end();
            String reason = cause instanceof SystemCallException call
                    ? FpingErrors.reason(call)
                    : cause != null && cause.getCause() instanceof SystemCallException call
                            ? FpingErrors.reason(call)
                            : String.valueOf(cause);
            toTell.add(() -> told().onRefused(asked.host, asked.index, reason));
            loop.execute(this::tell);
        }
    }

    private Listener told() {
        if (listener == null) {
            throw new IllegalStateException("not open");
        }
        return listener;
    }

    private void tell() {
        if (!closed) {
            List.copyOf(toTell).forEach(Runnable::run);
            toTell.clear();
            told().onComplete();
        }
    }

    @Override
    public boolean cancel(FpingHost host) {
        for (Asked asked : bySequence) {
            if (asked != null && asked.live && asked.host == host) {
                asked.end();
                return true;
            }
        }
        return false;
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public void close() {
        closed = true;
        for (Asked asked : bySequence) {
            if (asked != null) {
                asked.end();
            }
        }
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    // From the channel.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof TimestampReply reply) {
            read(reply);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(TimestampReply reply) {
        Asked asked = bySequence[reply.sequence()];
        boolean right = asked != null
                && reply.identifier() == identifier()
                && reply.originate().bits() == asked.originate;
        if (!right || closed || listener == null) {
            return;
        }
        IpAddress other = reply.peer().equals(asked.host.address) ? null : reply.peer();
        if (other != null && options.checkSource) {
            return;
        }
        Arrival arrival = asked.live ? Arrival.IN_TIME : asked.answered ? Arrival.DUPLICATE : Arrival.LATE;
        asked.end();
        asked.answered = true;
        long arrived = reply.receipt()
                .map(receipt -> receipt.kernelReceiveNanos().orElse(receipt.readNanos() + receipt.wallOffsetNanos()))
                .orElse(asked.wallNanos);
        OptionalInt hopLimit =
                reply.receipt().map(receipt -> receipt.hopLimit()).orElse(OptionalInt.empty());
        long rtt = Math.max(0, arrived - asked.wallNanos);
        Reply told = new Reply(asked.index, ICMP_BYTES, rtt, arrived, other, hopLimit, OptionalInt.empty(), reply);
        listener.onReply(asked.host, told, arrival);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!closed && listener != null) {
            listener.onComplete();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!closed && listener != null) {
            listener.onFailure(cause);
        }
    }
}
