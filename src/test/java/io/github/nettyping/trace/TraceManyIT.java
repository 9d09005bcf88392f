package io.github.nettyping.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.Pinger;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.github.nettyping.trace.TraceResult.Ending;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand ways at once, each with routers of its own, over one channel. */
@RequiresTun
@Isolated("measures the heap")
class TraceManyIT {

    private static final int TARGETS = 10_000;
    private static final int FIRST_TARGET = 198 << 24 | 18 << 16;
    private static final Duration LIMIT = Await.LIMIT;

    /** What a trace under way may take of the heap: two dozen hops, and what it has to do with them. */
    private static final long MAX_BYTES_PER_TARGET = 8_192;

    private static int bits(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static int routersBefore(InetAddress target) {
        return 2 + (bits(target) & 3);
    }

    /** Returns 10.HOP.x.y for a target a.b.x.y. */
    private static InetAddress router(InetAddress target, int hop) {
        return IpAddress.ofIpv4(10 << 24 | hop << 16 | (bits(target) & 0xffff)).toInetAddress();
    }

    private static List<List<IpAddress>> way(InetAddress target) {
        List<List<IpAddress>> way = new ArrayList<>();
        for (int hop = 1; hop <= routersBefore(target); hop++) {
            way.add(List.of(IpAddress.of(router(target, hop))));
        }
        way.add(List.of(IpAddress.of(target)));
        return way;
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @ParameterizedTest
    @EnumSource(names = {"DGRAM", "RAW"})
    void findsTenThousandWaysAtOnceOverOneChannel(SocketPolicy policy) throws Exception {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger firstCycles = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ConcurrentLinkedQueue<TraceResult> results = new ConcurrentLinkedQueue<>();
        Iterable<InetAddress> targets = () -> IntStream.range(0, TARGETS)
                .mapToObj(i -> {
                    most.accumulateAndGet(begun.incrementAndGet() - results.size(), Math::max);
                    return IpAddress.ofIpv4(FIRST_TARGET + i).toInetAddress();
                })
                .iterator();
        // The second cycle begins when all targets have begun the first one.
        TraceOptions options = TraceOptions.builder()
                .timeout(Duration.ofSeconds(5))
                .parallelTargets(TARGETS)
                .parallelHops(2)
                .probesPerHop(1)
                .cycles(2)
                .interval(Duration.ofSeconds(6))
                .build();
        TraceListener listener = new TraceListener() {
            @Override
            public void onCycle(int cycle, TraceResult soFar) {
                if (cycle == 1) {
                    firstCycles.incrementAndGet();
                }
            }

            @Override
            public void onResult(TraceResult result) {
                results.add(result);
            }
        };
        try (Namespace namespace = Namespace.create();
                TunResponder network = TunResponder.open(
                        namespace,
                        Behaviours.paths(Replies.echo(), TraceManyIT::routersBefore, TraceManyIT::router),
                        "198.18.0.0/16");
                Pinger pinger = namespace.call(
                        () -> Pinger.builder().socketPolicy(policy).open())) {
            long before = usedBytes();
            Trace trace = pinger.trace(targets, options, listener);
            Await.until("the first cycle of all targets", LIMIT, () -> firstCycles.get() == TARGETS);
            long perTarget = (usedBytes() - before) / TARGETS;
            TraceSummary summary = trace.completion().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(summary.probesSent()).isEqualTo(network.probes());
            assertThat(most).hasValue(TARGETS);
            assertThat(summary.endings()).containsEntry(Ending.REACHED, (long) TARGETS);
            assertThat(results).hasSize(TARGETS).allSatisfy(result -> {
                assertThat(result.hops().stream().map(Hop::from).toList())
                        .isEqualTo(way(result.target().toInetAddress()));
                assertThat(result.hops()).allMatch(hop -> hop.sent() == 2 && hop.received() == 2);
            });
            assertThat(perTarget).isLessThan(MAX_BYTES_PER_TARGET);
        }
    }
}
