package io.github.nettyping.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Listens, and gives every client an {@code HttpConnection}, as far as there may be more. Safe for use by many threads. */
public final class HttpServer {

    /** What every answer carries: it is data, and no other page has anything to do with it. */
    static final Map<String, String> STANDARD_HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store");

    private static final int BACKLOG = 4_096;
    private static final int CHUNK_BYTES = 8_192;

    /** Clients beyond the limit that are being told so, for each of those within. */
    private static final int REFUSED_FOR_EACH = 16;

    private static final long REFUSAL_MILLIS = 1_000;
    private static final long STOP_POLL_MILLIS = 10;
    private static final byte[] REFUSAL = """
            HTTP/1.1 503 Service Unavailable\r
            Content-Type: text/plain; charset=utf-8\r
            Retry-After: 1\r
            Connection: close\r
            Content-Length: 21\r
            \r
            too many connections
            """.getBytes(StandardCharsets.US_ASCII);

    private final EventLoopGroup group;
    private final HttpLimits limits;
    private final Map<String, Route> routes;
    private final Executor tlsTasks;
    private final Consumer<Throwable> failures;
    private final List<Channel> listeners = new ArrayList<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile Security security;
    private volatile boolean stopping;

    /**
     * Creates one that does not listen yet.
     *
     * @param group    event loops of epoll
     * @param routes   what answers, by path
     * @param tlsTasks where TLS computes
     * @param failures told of what must not be
     */
    public HttpServer(
            EventLoopGroup group,
            HttpLimits limits,
            Map<String, Route> routes,
            Security security,
            Executor tlsTasks,
            Consumer<Throwable> failures) {
        this.group = group;
        this.limits = limits;
        this.routes = routes;
        this.security = security;
        this.tlsTasks = tlsTasks;
        this.failures = failures;
    }

    /** From now on, new connections are subject to this. */
    public void secure(Security changed) {
        security = changed;
    }

    /**
     * Listens at a further address; blocks until that is so.
     *
     * @return where it listens; the port if that was 0
     * @throws ChannelException if it cannot; the message says why
     */
    public InetSocketAddress listen(InetSocketAddress address) {
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ChannelException("--listen " + address.getAddress().getHostAddress() + ", port "
                    + address.getPort() + ": " + bound.cause().getMessage());
        }
        synchronized (listeners) {
            listeners.add(bound.channel());
        }
        return (InetSocketAddress) bound.channel().localAddress();
    }

    private void accept(Channel channel) {
        Security current = security;
        if (open.incrementAndGet() > limits.connections()) {
            open.decrementAndGet();
            refuse(channel, current.tls().isPresent());
            return;
        }
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        connections.add(channel);
        current.tls().ifPresent(tls -> {
            SslHandler handler = tls.newHandler(channel.alloc(), tlsTasks);
            handler.setHandshakeTimeoutMillis(limits.head().toMillis());
            channel.pipeline().addLast(handler);
        });
        HttpConnection connection = new HttpConnection(this, current);
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxInitialLineLength(HttpLimits.LINE_BYTES)
                .setMaxHeaderSize(HttpLimits.HEADER_BYTES)
                .setMaxChunkSize(CHUNK_BYTES)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true);
        channel.pipeline()
                .addLast(
                        new FirstByte(connection),
                        new HttpRequestDecoder(config),
                        new HttpResponseEncoder(),
                        new WriteTimeoutHandler(limits.write().toMillis(), TimeUnit.MILLISECONDS),
                        connection);
        if (stopping) {
            channel.close();
        }
    }

    /** Tells the connection that something is coming, before the decoder has made anything of it. */
    private static final class FirstByte extends ChannelInboundHandlerAdapter {

        private final HttpConnection connection;

        FirstByte(HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            connection.onFirstByte();
            ctx.fireChannelRead(message);
        }
    }

    /** Says in plain text that there are too many, and throws away what was asked; with TLS, says nothing. */
    private void refuse(Channel channel, boolean encrypted) {
        if (encrypted || refused.incrementAndGet() > limits.connections() * REFUSED_FOR_EACH) {
            if (!encrypted) {
                refused.decrementAndGet();
            }
            channel.eventLoop().execute(channel::close);
            return;
        }
        channel.closeFuture().addListener(closed -> refused.decrementAndGet());
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                ByteBuf text = Unpooled.wrappedBuffer(REFUSAL);
                ctx.writeAndFlush(text).addListener(written -> ((DuplexChannel) channel).shutdownOutput());
                channel.config().setAutoRead(true);
                channel.eventLoop().schedule(() -> channel.close(), REFUSAL_MILLIS, TimeUnit.MILLISECONDS);
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ReferenceCountUtil.release(message);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                // The client has ended its side.
                ctx.close();
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
            }
        });
    }

    HttpLimits limits() {
        return limits;
    }

    Map<String, Route> routes() {
        return routes;
    }

    boolean isStopping() {
        return stopping;
    }

    void failed(Throwable failure) {
        failures.accept(failure);
    }

    /** Returns how many clients are connected. */
    public int connections() {
        return open.get();
    }

    /**
     * Listens no more; requests that have come are answered, and then every connection is closed.
     *
     * @param grace after that time also those that are not answered
     * @return completes when no connection is left
     */
    public CompletableFuture<Void> stop(Duration grace) {
        stopping = true;
        List<Channel> closing;
        synchronized (listeners) {
            closing = List.copyOf(listeners);
        }
        closing.forEach(listener -> listener.close().awaitUninterruptibly());
        for (Channel channel : connections) {
            HttpConnection connection = channel.pipeline().get(HttpConnection.class);
            channel.eventLoop().execute(() -> {
                if (connection != null) {
                    connection.stop();
                }
            });
        }
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        awaitNone(System.nanoTime() + grace.toNanos(), stopped);
        return stopped;
    }

    private void awaitNone(long untilNanos, CompletableFuture<Void> stopped) {
        if (connections.isEmpty()) {
            stopped.complete(null);
        } else if (System.nanoTime() - untilNanos > 0) {
            connections.close().addListener(closed -> stopped.complete(null));
        } else {
            GlobalEventExecutor.INSTANCE.schedule(
                    () -> awaitNone(untilNanos, stopped), STOP_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
