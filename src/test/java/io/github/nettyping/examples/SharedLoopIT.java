package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.RequiresRawSockets;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A sweep and a server on one event loop: neither starves the other. The times are printed, not asserted. */
@RequiresRawSockets
@Isolated("sets the level of leak detection, and measures latency")
class SharedLoopIT {

    private static final int IDLE_REQUESTS = 5_000;
    private static final int WARM_UP_REQUESTS = 5_000;
    private static final int TARGETS = 100_000;
    private static final int PROBES_PER_SECOND = 50_000;

    private ResourceLeakDetector.Level leakDetection;
    private EventLoopGroup group;
    private HttpClient client;

    @BeforeEach
    void startServer() throws IOException {
        // As in production: at the tests' level each use of a buffer costs a stack trace, and the loop does not keep
        // up.
        leakDetection = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        client = new HttpClient(HttpServer.start(group, EmptyAnswer::new));
    }

    @AfterEach
    void stopServer() throws IOException {
        client.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        ResourceLeakDetector.setLevel(leakDetection);
    }

    private static final class EmptyAnswer extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            ctx.writeAndFlush(HttpServer.response(""), ctx.voidPromise());
        }
    }

    /** Sends one request after another until told to stop, and returns how long each took, in nanoseconds. */
    private long[] requestWhile(BooleanSupplier condition) throws IOException {
        LongStream.Builder nanos = LongStream.builder();
        while (condition.getAsBoolean()) {
            long start = System.nanoTime();
            assertThat(client.get("/").statusLine()).isEqualTo("HTTP/1.1 200 OK");
            nanos.add(System.nanoTime() - start);
        }
        return nanos.build().sorted().toArray();
    }

    private long[] request(int times) throws IOException {
        AtomicInteger left = new AtomicInteger(times);
        return requestWhile(() -> left.getAndDecrement() > 0);
    }

    private static String micros(long[] sorted) {
        return String.format(
                Locale.ROOT,
                "%d requests, p50 %d us, p99 %d us, max %d us",
                sorted.length,
                sorted[sorted.length / 2] / 1_000,
                sorted[sorted.length * 99 / 100] / 1_000,
                sorted[sorted.length - 1] / 1_000);
    }

    @Test
    void serverAnswersEveryRequestWhileItsLoopSendsFiftyThousandProbesASecond() throws Exception {
        request(WARM_UP_REQUESTS);
        long[] idle = request(IDLE_REQUESTS);

        AtomicInteger alive = new AtomicInteger();
        Sweep sweep = Sweep.start(
                group,
                Targets.builder().limit(TARGETS).add("127.0.0.0/8").build(),
                SweepOptions.builder()
                        .socketPolicy(SocketPolicy.RAW)
                        .probesPerSecond(PROBES_PER_SECOND)
                        .build(),
                outcome -> alive.addAndGet(outcome instanceof Replied ? 1 : 0));
        long[] busy = requestWhile(() -> !sweep.completion().isDone());
        SweepSummary summary = sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        System.out.printf(
                Locale.ROOT,
                "SharedLoopIT: idle %s; at %.0f probes a second %s%n",
                micros(idle),
                summary.probesPerSecond().orElseThrow(),
                micros(busy));
        assertThat(alive).hasValue(TARGETS);
        assertThat(summary.statistics().replies()).isEqualTo(TARGETS);
        assertThat(summary.probesPerSecond().orElseThrow()).isLessThan(1.05 * PROBES_PER_SECOND);
        assertThat(Duration.ofNanos(summary.elapsedNanos())).isGreaterThan(Duration.ofMillis(1_900));
        // A request never waits for the sweep's end.
        assertThat(busy.length).isGreaterThan(100);
        assertThat(Arrays.stream(busy).max().orElseThrow()).isLessThan(summary.elapsedNanos());
    }
}
