package io.github.nettyping.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client: its requests are answered one after the other, each before the next is looked at, so pipelined ones in their
 * order. Nothing is read that is not wanted yet. Confined to its event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {

    /** How long what a client still sends is thrown away, lest the kernel answers by a reset that eats our last words. */
    private static final long LINGER_MILLIS = 1_000;

    /** How long a client that has only connected may still ask when the server ends. */
    private static final Duration FIRST_REQUEST = Duration.ofMillis(500);

    private final HttpServer server;
    private final Security security;
    private @Nullable ChannelHandlerContext context;

    /** A request whose body is being read. */
    private @Nullable HttpRequest head;

    private @Nullable Route route;
    private @Nullable QueryStringDecoder query;
    private @Nullable ByteBuf body;

    /** The request that is being answered. */
    private @Nullable Exchange exchange;

    /** What has come and cannot be looked at yet: no more than one read of the socket brings. */
    private final Queue<Object> held = new ArrayDeque<>();

    private boolean taking;
    private boolean reading;

    /** Whether part of a request has come, and not its whole head. */
    private boolean coming;

    private boolean begun;
    private boolean used;
    private boolean inputEnded;
    private boolean closing;
    private @Nullable Future<?> timer;

    HttpConnection(HttpServer server, Security security) {
        this.server = server;
        this.security = security;
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext current = context;
        if (current == null) {
            throw new IllegalStateException("not added to a channel");
        }
        return current;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (ctx.channel().isActive()) {
            awaitRequest();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest();
    }

    private void awaitRequest() {
        limit(used ? server.limits().idle() : server.limits().head(), this::onIdle);
        read();
    }

    /** Has more come, or looks at what is there. */
    private void read() {
        if (!held.isEmpty()) {
            take();
        } else if (!reading && !inputEnded) {
            reading = true;
            context().read();
        }
    }

    /** The first byte of a request has come, long before its head is whole perhaps. */
    void onFirstByte() {
        if (head == null && exchange == null && !closing && !coming) {
            coming = true;
            limit(server.limits().head(), this::onSlow);
        }
    }

    private void limit(Duration time, Runnable action) {
        unlimited();
        timer = context().channel().eventLoop().schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void unlimited() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void onIdle() {
        // A client that keeps a connection is not told: it may be sending right now, and would take that for its
        // answer.
        context().close();
    }

    private void onSlow() {
        refuse(Reply.line(HttpResponseStatus.REQUEST_TIMEOUT, "the request did not come in time"));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = false;
        held.add(message);
        take();
    }

    /** Looks at what has come, as far as it is wanted now: during an exchange, and until a head has been admitted, nothing is. */
    private void take() {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (!held.isEmpty() && (closing || (exchange == null && (head == null || route != null)))) {
                onMessage(held.remove());
            }
        } finally {
            taking = false;
        }
    }

    private void onMessage(Object message) {
        try {
            if (!closing && message instanceof HttpRequest request) {
                onHead(request);
            } else if (!closing && message instanceof HttpContent content) {
                onContent(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onHead(HttpRequest request) {
        used = true;
        coming = false;
        Optional<Reply> refusal = RequestCheck.refuse(request);
        if (refusal.isPresent()) {
            refuse(refusal.get());
            return;
        }
        try {
            query = new QueryStringDecoder(path(request.uri()), StandardCharsets.UTF_8, true, HttpLimits.PARAMETERS);
            query.path();
            query.parameters();
        } catch (IllegalArgumentException e) {
            refuse(Reply.bad("a target that is no path (expected: /..., escaped by %)"));
            return;
        }
        head = request;
        unlimited();
        if (!security.passwords().areNeeded()) {
            admit(request);
            return;
        }
        security.passwords()
                .check(request.headers().get(HttpHeaderNames.AUTHORIZATION), from())
                .whenComplete((verdict, failure) -> {
                    if (context().channel().eventLoop().inEventLoop()) {
                        authenticated(request, verdict);
                    } else {
                        context().channel().eventLoop().execute(() -> authenticated(request, verdict));
                    }
                });
    }

    /** A target may be a whole address, too: RFC 9112, section 3.2.2. */
    private static String path(String target) {
        if (target.startsWith("/")) {
            return target;
        }
        if (!target.startsWith("http://") && !target.startsWith("https://")) {
            throw new IllegalArgumentException(target);
        }
        int path = target.indexOf('/', target.indexOf("://") + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    private void authenticated(HttpRequest request, Passwords.@Nullable Verdict verdict) {
        if (head != request || closing) {
            return;
        }
        switch (verdict == null ? Passwords.Verdict.WRONG : verdict) {
            case RIGHT -> admit(request);
            case WRONG ->
                refuse(Reply.line(HttpResponseStatus.UNAUTHORIZED, "name and password are wrong, or missing")
                        .with("WWW-Authenticate", "Basic realm=\"nettyping\", charset=\"UTF-8\""));
            case LATER ->
                refuse(Reply.line(HttpResponseStatus.TOO_MANY_REQUESTS, "too many wrong passwords; wait a minute")
                        .with("Retry-After", "60"));
            case BUSY -> refuse(Reply.busy(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many passwords to verify"));
        }
    }

    private void admit(HttpRequest request) {
        QueryStringDecoder asked = query;
        Route found = asked == null ? null : server.routes().get(asked.path());
        if (found == null) {
            refuse(Reply.line(HttpResponseStatus.NOT_FOUND, "nothing is there; see /"));
            return;
        }
        if (!found.methods().contains(request.method().name())) {
            refuse(Reply.line(HttpResponseStatus.METHOD_NOT_ALLOWED, "another method (expected: " + found.allow() + ')')
                    .with("Allow", found.allow()));
            return;
        }
        Optional<Reply> foreign = RequestCheck.refuseOrigin(request);
        if (foreign.isPresent()) {
            refuse(foreign.get());
            return;
        }
        if (HttpUtil.getContentLength(request, 0L) > found.bodyBytes()) {
            refuse(tooLarge(found));
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            context()
                    .writeAndFlush(new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        route = found;
        limit(server.limits().head(), this::onSlow);
        read();
    }

    private static Reply tooLarge(Route route) {
        return Reply.line(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "the body is too long (expected: at most " + route.bodyBytes() + " bytes)");
    }

    private void onContent(HttpContent content) {
        Route current = route;
        HttpRequest request = head;
        QueryStringDecoder asked = query;
        if (current == null || request == null || asked == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            refuse(Reply.bad("a body that cannot be read"));
            return;
        }
        ByteBuf whole = body == null ? context().alloc().buffer() : body;
        body = whole;
        if (whole.readableBytes() + content.content().readableBytes() > current.bodyBytes()) {
            refuse(tooLarge(current));
            return;
        }
        whole.writeBytes(content.content());
        if (!(content instanceof LastHttpContent)) {
            read();
            return;
        }
        byte[] bytes = ByteBufUtil.getBytes(whole);
        forgetRequest();
        unlimited();
        Exchange begins = new Exchange(this, context().channel().eventLoop(), request, asked, bytes, from());
        exchange = begins;
        begun = false;
        // What comes is held; that nothing comes any more shows that the client has gone.
        read();
        try {
            current.handler().accept(begins);
        } catch (RuntimeException e) {
            server.failed(e);
            begins.reply(Reply.line(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error"));
        }
    }

    private void forgetRequest() {
        head = null;
        route = null;
        query = null;
        if (body != null) {
            body.release();
            body = null;
        }
    }

    private InetAddress from() {
        return ((InetSocketAddress) context().channel().remoteAddress()).getAddress();
    }

    /** Answers what is no exchange, and goes. */
    private void refuse(Reply reply) {
        HttpRequest request = head;
        forgetRequest();
        unlimited();
        closing = true;
        boolean bodyless = request != null && request.method().name().equals("HEAD");
        write(reply, bodyless, true, HttpVersion.HTTP_1_1).addListener(done -> linger());
    }

    void reply(Exchange answered, Reply reply) {
        if (exchange != answered) {
            return;
        }
        boolean last = isLast(answered);
        ChannelFuture written =
                write(reply, answered.isHead(), last, answered.request().protocolVersion());
        over(written, last);
    }

    private boolean isLast(Exchange answered) {
        return !HttpUtil.isKeepAlive(answered.request()) || server.isStopping() || inputEnded;
    }

    private ChannelFuture write(Reply reply, boolean bodyless, boolean last, HttpVersion version) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                reply.status(),
                bodyless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply.body()));
        reply.headers().forEach(response.headers()::set);
        complete(response, last, version);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        return context().writeAndFlush(response);
    }

    @SuppressWarnings("JavaUtilDate") // What Netty writes takes one, and nothing else is done with it.
    private void complete(HttpResponse response, boolean last, HttpVersion version) {
        response.headers().set(HttpHeaderNames.DATE, DateFormatter.format(new Date()));
        HttpServer.STANDARD_HEADERS.forEach(response.headers()::set);
        for (Map.Entry<String, String> header : security.headers().entrySet()) {
            response.headers().set(header.getKey(), header.getValue());
        }
        if (last) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (version.equals(HttpVersion.HTTP_1_0)) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    void begin(Exchange answered, String contentType) {
        if (exchange != answered) {
            return;
        }
        begun = true;
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        boolean chunked = answered.request().protocolVersion().equals(HttpVersion.HTTP_1_1);
        complete(response, !chunked || isLast(answered), answered.request().protocolVersion());
        HttpUtil.setTransferEncodingChunked(response, chunked);
        context().writeAndFlush(response);
    }

    void write(Exchange answered, ByteBuf bytes, CompletableFuture<Void> written) {
        if (exchange != answered || !begun) {
            bytes.release();
            written.completeExceptionally(new ClosedChannelException());
            return;
        }
        context().writeAndFlush(new DefaultHttpContent(bytes)).addListener(done -> {
            if (done.isSuccess()) {
                written.complete(null);
            } else {
                written.completeExceptionally(done.cause());
            }
        });
    }

    void end(Exchange answered, boolean whole) {
        if (exchange != answered || !begun) {
            return;
        }
        if (!whole) {
            context().close();
            return;
        }
        boolean last = isLast(answered) || answered.request().protocolVersion().equals(HttpVersion.HTTP_1_0);
        over(context().writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT), last);
    }

    private void over(ChannelFuture written, boolean last) {
        exchange = null;
        closing |= last;
        written.addListener(done -> {
            if (!done.isSuccess()) {
                context().close();
            } else if (last) {
                linger();
            } else {
                next();
            }
        });
    }

    private void next() {
        if (closing) {
            return;
        }
        if (server.isStopping() && held.isEmpty()) {
            closing = true;
            linger();
            return;
        }
        awaitRequest();
    }

    private void linger() {
        if (!context().channel().isActive()) {
            return;
        }
        SslHandler tls = context().pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (context().channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        if (inputEnded) {
            context().close();
            return;
        }
        context().channel().config().setAutoRead(true);
        limit(Duration.ofMillis(LINGER_MILLIS), () -> context().close());
    }

    /** The server is to end: what is under way may end, nothing new begins. */
    void stop() {
        if (exchange == null && head == null && !closing && !coming) {
            if (used) {
                closing = true;
                linger();
            } else {
                // Its first request may be on the way.
                limit(FIRST_REQUEST, this::onIdle);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            Exchange current = exchange;
            if (current == null) {
                ctx.close();
            } else if (begun) {
                current.gone().complete(null);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        unlimited();
        forgetRequest();
        closing = true;
        take();
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.gone().complete(null);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A client that went, no handshake, or nothing taken in time: nobody is left to be told.
        ctx.close();
    }
}
