package io.github.nettyping.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request and the answer to it. Every request gets one: {@link #reply}, or {@link #begin} and {@link #end}. Safe for use
 * by many threads.
 */
public final class Exchange {

    private final HttpConnection connection;
    private final EventLoop loop;
    private final HttpRequest request;
    private final QueryStringDecoder query;
    private final byte[] body;
    private final InetAddress from;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    Exchange(
            HttpConnection connection,
            EventLoop loop,
            HttpRequest request,
            QueryStringDecoder query,
            byte[] body,
            InetAddress from) {
        this.connection = connection;
        this.loop = loop;
        this.request = request;
        this.query = query;
        this.body = body;
        this.from = from;
    }

    /** Returns the value of a parameter; of several, the first; empty if there is none, or without a value. */
    public Optional<String> parameter(String name) {
        List<String> values = query.parameters().getOrDefault(name, List.of());
        return values.stream().findFirst().filter(value -> !value.isEmpty());
    }

    public Optional<String> header(CharSequence name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    /** Returns the body as it came; not a copy. */
    public byte[] body() {
        return body;
    }

    public InetAddress from() {
        return from;
    }

    /** Tells whether the client takes answers compressed by gzip. */
    public boolean takesGzip() {
        for (String header : request.headers().getAll(HttpHeaderNames.ACCEPT_ENCODING)) {
            for (String coding : header.split(",", -1)) {
                String[] parts = coding.strip().split("\\s*;\\s*", -1);
                boolean refused = parts.length > 1 && parts[1].matches("q=0(?:\\.0*)?");
                if (parts[0].equalsIgnoreCase("gzip") && !refused) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Completes, on the event loop, when nobody is there any more to read an answer. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /** Answers. A second answer is none. */
    public void reply(Reply reply) {
        if (answered.compareAndSet(false, true)) {
            onLoop(() -> connection.reply(this, reply));
        }
    }

    /** Begins an answer of unknown length. */
    public void begin(String contentType) {
        if (answered.compareAndSet(false, true)) {
            onLoop(() -> connection.begin(this, contentType));
        }
    }

    /**
     * Adds to an answer that was begun.
     *
     * @param bytes is taken
     * @return completes, on the event loop, when the client's side has taken it; fails if it is gone
     */
    public CompletableFuture<Void> write(ByteBuf bytes) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        onLoop(() -> connection.write(this, bytes, written));
        return written;
    }

    /** Ends an answer that was begun; if it is not whole, so that the client can tell. */
    public void end(boolean whole) {
        onLoop(() -> connection.end(this, whole));
    }

    boolean isHead() {
        return request.method().name().equals("HEAD");
    }

    HttpRequest request() {
        return request;
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Returns the text of the body. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
