package io.github.nettyping.server;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.cli.format.JsonLines;
import io.github.nettyping.cli.output.Output;
import io.github.nettyping.cli.target.NameLookup;
import io.github.nettyping.internal.VisibleText;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.server.http.Exchange;
import io.github.nettyping.server.http.Reply;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.target.Targets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code /api/v1/sweep}: asks every host of a set once, and tells the results as they come, a line of JSON each. A sweep has
 * an event loop of its own: while its client does not read, that waits, and the sweep with it. Safe for use by many
 * threads.
 */
final class SweepEndpoint {

    /** Each is a thread and two sockets with large buffers. */
    private static final int MOST = 4;

    /** Parts of the output that may be on their way to the client: each up to 64 KiB. */
    private static final int MOST_PARTS = 4;

    private static final long FLUSH_MILLIS = 50;
    private static final long POLL_MILLIS = 100;

    private final PingServer server;
    private final NameLookup names;
    private final Executor workers;
    private final AtomicInteger running = new AtomicInteger();

    SweepEndpoint(PingServer server, NameLookup names, Executor workers) {
        this.server = server;
        this.names = names;
        this.workers = workers;
    }

    void answer(Exchange exchange) {
        SweepRequest request;
        try {
            request = SweepRequest.of(exchange.body());
        } catch (IllegalArgumentException e) {
            exchange.reply(Reply.bad(VisibleText.of(String.valueOf(e.getMessage()))));
            return;
        }
        Permitted permitted = server.state().permitted();
        Optional<IpAddress> refused = permitted.refused(request.targets().addresses());
        if (refused.isPresent()) {
            exchange.reply(forbidden(refused.get().toString()));
            return;
        }
        if (running.incrementAndGet() > MOST) {
            running.decrementAndGet();
            exchange.reply(Reply.busy(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many sweeps at once"));
            return;
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.whenComplete((nothing, failure) -> running.decrementAndGet());
        Map<String, CompletableFuture<List<InetAddress>>> asked = new HashMap<>();
        request.targets().names().forEach(name -> asked.put(name, names.addresses(name)));
        CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .whenComplete((nothing, failure) -> {
                    try {
                        workers.execute(() -> begin(exchange, request, asked, permitted, over));
                    } catch (RejectedExecutionException e) {
                        exchange.reply(Reply.busy(HttpResponseStatus.SERVICE_UNAVAILABLE, "too much to do"));
                        over.complete(null);
                    }
                });
    }

    private static Reply forbidden(String target) {
        return Reply.line(
                HttpResponseStatus.FORBIDDEN,
                VisibleText.of(target) + " may not be asked (expected: targets of --allow, or configured)");
    }

    /** All names have an answer. */
    private void begin(
            Exchange exchange,
            SweepRequest request,
            Map<String, CompletableFuture<List<InetAddress>>> asked,
            Permitted permitted,
            CompletableFuture<Void> over) {
        try {
            Map<IpAddress, String> named = new HashMap<>();
            Targets.Builder builder = Targets.builder().add(request.targets().addresses());
            for (Map.Entry<String, CompletableFuture<List<InetAddress>>> name : asked.entrySet()) {
                IpAddress address = IpAddress.of(name.getValue().join().get(0));
                if (!permitted.permits(name.getKey()) && !permitted.permits(address)) {
                    exchange.reply(forbidden(name.getKey()));
                    over.complete(null);
                    return;
                }
                named.put(address, name.getKey());
                builder.add(address);
            }
            new Running(exchange, named, over).begin(builder.build(), request);
        } catch (CompletionException e) {
            exchange.reply(Reply.bad("a name was not found: "
                    + VisibleText.of(String.valueOf(
                            e.getCause() == null ? e : e.getCause().getMessage()))));
            over.complete(null);
        } catch (RuntimeException e) {
            // No socket, most likely, of which the message says what helps.
            exchange.reply(
                    Reply.line(HttpResponseStatus.SERVICE_UNAVAILABLE, VisibleText.of(String.valueOf(e.getMessage()))));
            over.complete(null);
        }
    }

    /** One sweep under way. Its results come on its own event loop, whose thread waits while the client is slow. */
    private static final class Running implements Output.Sink {

        private final Exchange exchange;
        private final Map<IpAddress, String> names;
        private final CompletableFuture<Void> over;
        private final Semaphore room = new Semaphore(MOST_PARTS);
        private volatile boolean gone;

        Running(Exchange exchange, Map<IpAddress, String> names, CompletableFuture<Void> over) {
            this.exchange = exchange;
            this.names = names;
            this.over = over;
        }

        void begin(Targets targets, SweepRequest request) {
            EventLoopGroup group = IcmpEventLoops.newGroup(1, "nettyping-sweep");
            over.whenComplete((nothing, failure) -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS));
            EventLoop loop = group.next();
            CompletableFuture<Void> stop = new CompletableFuture<>();
            Output output = new Output(
                    this, task -> loop.schedule(task, FLUSH_MILLIS, TimeUnit.MILLISECONDS), () -> stop.complete(null));
            JsonLines lines = new JsonLines(output);
            Sweep sweep = Sweep.start(
                    group,
                    targets,
                    request.options(),
                    outcome -> lines.target(outcome, names.get(outcome.probe().target())));
            // Its results are written in 50 ms at the earliest, after this.
            exchange.begin("application/x-ndjson");
            exchange.gone().thenRun(() -> {
                gone = true;
                stop.complete(null);
            });
            stop.thenRun(sweep::stop);
            sweep.completion()
                    .whenComplete((summary, failure) -> loop.execute(() -> {
                        output.flush();
                        exchange.end(failure == null && !stop.isDone());
                        over.complete(null);
                    }));
        }

        @Override
        public int write(ByteBuffer bytes, int position, int limit) throws IOException {
            try {
                while (!room.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    if (gone) {
                        throw new IOException("the client has gone");
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            byte[] part = new byte[limit - position];
            bytes.get(position, part);
            ByteBuf content = Unpooled.wrappedBuffer(part);
            exchange.write(content).whenComplete((nothing, failure) -> {
                room.release();
                gone |= failure != null;
            });
            return part.length;
        }
    }
}
