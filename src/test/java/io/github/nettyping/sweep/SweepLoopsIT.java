package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.probe.Unreachable;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.BlockingOperationException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sweeps on several event loops, inside namespaces without a way out. */
@RequiresNamespaces
class SweepLoopsIT {

    private static final int MANY = 65_536;

    private static Namespace namespace;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
        group = IcmpEventLoops.newGroup(3, "loops");
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }

    /** What one sweep gave, and which threads told it. */
    private record Result(SweepSummary summary, List<ProbeOutcome> outcomes, Set<Thread> threads) {

        <T extends ProbeOutcome> List<T> of(Class<T> type) {
            return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
        }

        long targets() {
            return outcomes.stream()
                    .map(outcome -> outcome.probe().target())
                    .distinct()
                    .count();
        }
    }

    private static Result sweep(Namespace where, String word, SweepOptions.Builder options) throws Exception {
        Targets targets = Targets.builder().allAddresses(true).add(word).build();
        Queue<ProbeOutcome> outcomes = new ConcurrentLinkedQueue<>();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Sweep sweep = where.call(() -> Sweep.start(group, targets, options.build(), outcome -> {
            outcomes.add(outcome);
            threads.add(Thread.currentThread());
        }));
        return new Result(
                sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS), List.copyOf(outcomes), threads);
    }

    private static Result sweep(String word, SweepOptions.Builder options) throws Exception {
        return sweep(namespace, word, options);
    }

    private static SweepOptions.Builder options(SocketPolicy policy, int loops) {
        return SweepOptions.builder().socketPolicy(policy).loops(loops);
    }

    private static ProbeOptions once(Duration timeout) {
        return ProbeOptions.builder().timeout(timeout).attempts(1).build();
    }

    private static long all(CorrelatorStatistics.Rejected rejected) {
        return rejected.token()
                + rejected.identifier()
                + rejected.type()
                + rejected.checksum()
                + rejected.malformed()
                + rejected.wrongSource()
                + rejected.quote();
    }

    @ParameterizedTest
    @CsvSource({"DGRAM, 2", "DGRAM, 3", "RAW, 2", "RAW, 3"})
    void everyTargetIsAskedOnceByOneOfTheLoops(SocketPolicy policy, int loops) throws Exception {
        Result result = sweep("127.0.0.0/16", options(policy, loops));

        CorrelatorStatistics statistics = result.summary().statistics();
        assertThat(result.of(Replied.class)).hasSize(MANY);
        assertThat(result.targets()).isEqualTo(MANY);
        assertThat(result.summary().loops()).isEqualTo(loops);
        assertThat(result.summary().targets()).isEqualTo(MANY);
        assertThat(statistics.outcomes().replied()).isEqualTo(MANY);
        assertThat(statistics.replies()).isEqualTo(MANY);
        assertThat(statistics.probesSent()).isEqualTo(MANY + statistics.furtherTries());
        assertThat(all(statistics.rejected()))
                .as("taken for a lie by another loop")
                .isZero();
        assertThat(statistics.inFlight()).isZero();
        assertThat(result.summary().localDrops()).isZero();
    }

    @Test
    void aSingleTargetIsAskedByOneOfThem() throws Exception {
        Result result = sweep("127.0.0.1", options(SocketPolicy.DGRAM, 3));

        assertThat(result.of(Replied.class)).hasSize(1);
        assertThat(result.summary().loops()).isEqualTo(3);
    }

    @Test
    void anEmptySetEndsAtOnce() throws Exception {
        Targets none = Targets.builder().build();
        Sweep sweep = namespace.call(
                () -> Sweep.start(group, none, options(SocketPolicy.DGRAM, 2).build(), outcome -> {}));

        assertThat(sweep.completion()
                        .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)
                        .statistics()
                        .probesSent())
                .isZero();
    }

    @Test
    void theWindowIsTheSumOfAllLoops() throws Exception {
        AtomicInteger most = new AtomicInteger();
        ProbeObserver observer = new ProbeObserver() {
            @Override
            public void onInFlight(int probes) {
                most.accumulateAndGet(probes, Math::max);
            }
        };
        Result result = sweep(
                "127.0.0.0/20", options(SocketPolicy.DGRAM, 3).maxInFlight(100).observer(observer));

        assertThat(result.of(Replied.class)).hasSize(4_096);
        assertThat(result.summary().maxInFlight()).isEqualTo(100);
        assertThat(most.get()).isBetween(1, 100);
    }

    @Test
    void noMoreLoopsAreUsedThanMayHaveProbesInFlight() throws Exception {
        Result result = sweep("127.0.0.0/28", options(SocketPolicy.DGRAM, 3).maxInFlight(2));

        assertThat(result.of(Replied.class)).hasSize(16);
        assertThat(result.summary().loops()).isEqualTo(2);
        assertThat(result.summary().maxInFlight()).isEqualTo(2);
    }

    /** Counts, and notes the number in flight told last. */
    private static final class Meter implements ProbeObserver {
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong outcomes = new AtomicLong();
        private volatile int inFlight = -1;

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            sent.incrementAndGet();
        }

        @Override
        public void onOutcome(ProbeOutcome outcome) {
            outcomes.incrementAndGet();
        }

        @Override
        public void onInFlight(int probes) {
            inFlight = probes;
        }
    }

    @Test
    void theNumberInFlightToldLastIsTheLastOne() throws Exception {
        Meter meter = new Meter();
        Result result = sweep("127.0.0.0/18", options(SocketPolicy.DGRAM, 3).observer(meter));

        assertThat(meter.outcomes).hasValue(16_384);
        assertThat(meter.sent).hasValue(result.summary().statistics().probesSent());
        assertThat(meter.inFlight).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    @RequiresTun
    void silentAndRefusedHostsAreToldFromLiveOnes(SocketPolicy policy) throws Exception {
        IcmpError refusal = IcmpError.unreachable(1, Packets.address("10.9.9.9"));
        // Of four addresses two live, one is silent, one is refused.
        var behaviour = Behaviours.byAddressBits(
                bits -> (bits & 1) == 0 ? Replies.echo() : (bits & 2) == 0 ? refusal : Behaviours.silent());
        try (TunResponder tun = TunResponder.open(namespace, behaviour, "10.3.0.0/16")) {
            Result result = sweep("10.3.0.0/19", options(policy, 3).probe(once(Duration.ofMillis(700))));

            assertThat(result.of(Replied.class))
                    .hasSize(4_096)
                    .allMatch(reply -> (reply.from().low() & 1) == 0);
            assertThat(result.of(Unreachable.class))
                    .hasSize(2_048)
                    .allMatch(outcome -> (outcome.probe().target().low() & 3) == 1);
            assertThat(result.of(TimedOut.class))
                    .hasSize(2_048)
                    .allMatch(outcome -> (outcome.probe().target().low() & 3) == 3);
            assertThat(result.targets()).isEqualTo(8_192);
            assertThat(result.summary().statistics().icmpErrors()).isEqualTo(2_048);
            assertThat(all(result.summary().statistics().rejected()))
                    .as("taken for a lie by another loop")
                    .isZero();
            assertThat(tun.probes()).isEqualTo(8_192);
        }
    }

    @Test
    @RequiresTun
    void eachLoopTriesItsSilentHostsAgain() throws Exception {
        var behaviour = Behaviours.byAttempt(Behaviours.silent(), Replies.echo());
        try (TunResponder tun = TunResponder.open(namespace, behaviour, "10.4.0.0/22")) {
            Result result = sweep(
                    "10.4.0.0/24",
                    options(SocketPolicy.DGRAM, 3)
                            .probe(ProbeOptions.builder()
                                    .timeout(Duration.ofMillis(200))
                                    .attempts(3)
                                    .build()));

            assertThat(result.of(Replied.class)).hasSize(256).allMatch(reply -> reply.attempt() == 2);
            assertThat(result.summary().statistics().furtherTries()).isEqualTo(256);
            assertThat(tun.probes()).isEqualTo(512);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 4000", "3, 20000"})
    void theLoopsKeepTheRateTogether(int loops, long rate) throws Exception {
        Result result = sweep(
                "127.0.0.0/20",
                options(SocketPolicy.DGRAM, loops).probesPerSecond(rate).probe(once(Duration.ofSeconds(1))));

        assertThat(result.of(Replied.class)).hasSize(4_096);
        assertThat(result.threads()).as("loops that had targets").hasSize(loops);
        assertThat(result.summary().probesPerSecond().orElseThrow()).isLessThan(1.05 * rate);
    }

    @Test
    void aStopInTheMiddleStopsAllLoops() throws Exception {
        Targets targets = Targets.parse("127.0.0.0/16");
        AtomicInteger outcomes = new AtomicInteger();
        SweepOptions options =
                options(SocketPolicy.DGRAM, 3).probesPerSecond(3_000).build();
        Sweep sweep = namespace.call(() -> Sweep.start(group, targets, options, outcome -> outcomes.incrementAndGet()));
        Await.until("some outcomes", Await.LIMIT, () -> outcomes.get() >= 30);
        sweep.stop();
        SweepSummary summary = sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(summary.stopped()).isTrue();
        assertThat(outcomes).as("told before the end").hasValueLessThan(65_534);
        assertThat(summary.statistics().replies()).isEqualTo(outcomes.get());
    }

    @Test
    void theFailureOfOneLoopEndsAll() throws Exception {
        EventLoopGroup own = IcmpEventLoops.newGroup(2, "failing");
        try {
            Targets targets = Targets.parse("127.0.0.0/16");
            AtomicInteger outcomes = new AtomicInteger();
            SweepOptions options =
                    options(SocketPolicy.DGRAM, 2).probesPerSecond(3_000).build();
            Sweep sweep =
                    namespace.call(() -> Sweep.start(own, targets, options, outcome -> outcomes.incrementAndGet()));
            Await.until("some outcomes", Await.LIMIT, () -> outcomes.get() >= 30);
            own.next().shutdownGracefully(0, 1, TimeUnit.SECONDS);

            assertThatThrownBy(() -> sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ClosedChannelException.class);
        } finally {
            own.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void waitingForTheEndOnAnyOfItsLoopsThrows() throws Exception {
        CompletableFuture<Sweep> started = new CompletableFuture<>();
        Map<Thread, Boolean> thrown = new ConcurrentHashMap<>();
        Sweep sweep = namespace.call(() -> Sweep.start(
                group,
                Targets.parse("127.0.0.0/20"),
                options(SocketPolicy.DGRAM, 3).build(),
                outcome -> {
                    Sweep current = started.join();
                    try {
                        current.completion().join();
                    } catch (BlockingOperationException e) {
                        thrown.put(Thread.currentThread(), true);
                    }
                }));
        started.complete(sweep);
        sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(thrown).hasSize(3);
    }

    @Test
    void aGroupWithTooFewLoopsIsRefused() {
        assertThatThrownBy(() -> Sweep.start(
                        group,
                        Targets.parse("127.0.0.1"),
                        options(SocketPolicy.DGRAM, 4).build(),
                        outcome -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loops: 4 (expected: at most 3");
    }

    /** Counters of the protocol ICMP of a namespace, by the names of /proc/net/snmp. */
    private static Map<String, Long> icmpCounters(Namespace where) {
        List<String[]> lines = where.exec("cat", "/proc/net/snmp")
                .lines()
                .filter(line -> line.startsWith("Icmp: "))
                .map(line -> line.split(" ", -1))
                .toList();
        Map<String, Long> counters = new HashMap<>();
        for (int i = 1; i < lines.get(0).length; i++) {
            counters.put(lines.get(0)[i], Long.parseLong(lines.get(1)[i]));
        }
        return counters;
    }

    /** Returns how many echo requests ping sockets send to this host when they are opened, to learn what they can do. */
    private static long sentByOpening(SocketPolicy policy, int loops) throws Exception {
        try (Namespace fresh = Namespace.create()) {
            Targets none = Targets.parse("127.0.0.1");
            Sweep sweep = fresh.call(
                    () -> Sweep.start(group, none, options(policy, loops).build(), outcome -> {}));
            SweepSummary summary = sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
            return icmpCounters(fresh).get("OutEchos") - summary.statistics().probesSent();
        }
    }

    @ParameterizedTest
    @CsvSource({"DGRAM, 1", "DGRAM, 2", "RAW, 1", "RAW, 2"})
    void countsAreThoseOfTheKernel(SocketPolicy policy, int loops) throws Exception {
        long opening = sentByOpening(policy, loops);
        try (Namespace fresh = Namespace.create()) {
            Targets targets =
                    Targets.builder().allAddresses(true).add("127.0.0.0/16").build();
            AtomicLong lastReply = new AtomicLong(Long.MIN_VALUE);
            AtomicLong firstSent = new AtomicLong(Long.MAX_VALUE);
            ProbeObserver observer = new ProbeObserver() {
                @Override
                public void onSent(Probe probe, int attempt, long sentAtNanos) {
                    firstSent.accumulateAndGet(sentAtNanos, Math::min);
                }
            };
            SweepOptions options = options(policy, loops).observer(observer).build();
            Sweep sweep = fresh.call(() -> Sweep.start(group, targets, options, outcome -> {
                if (outcome instanceof Replied reply) {
                    lastReply.accumulateAndGet(reply.sentAtNanos() + reply.rttNanos(), Math::max);
                }
            }));
            SweepSummary summary = sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
            Map<String, Long> kernel = icmpCounters(fresh);

            CorrelatorStatistics statistics = summary.statistics();
            assertThat(statistics.probesSent()).isEqualTo(kernel.get("OutEchos") - opening);
            assertThat(statistics.replies()).isEqualTo(MANY);
            // A try too many has its reply too.
            assertThat(statistics.replies() + statistics.duplicates() + statistics.late())
                    .isEqualTo(kernel.get("InEchoReps") - opening);
            if (policy == SocketPolicy.RAW) {
                assertThat(opening).isZero();
            }
            // From the first packet to the kernel's stamp of the last reply; the summary's clock also has the way of
            // that
            // reply through the receive buffer.
            double wall = MANY / ((lastReply.get() - firstSent.get()) / 1e9);
            assertThat(summary.roundTripsPerSecond().orElseThrow()).isBetween(0.5 * wall, 1.02 * wall);
        }
    }

    @Test
    void addressesAreAskedInAscendingOrderWithinEachChunk() throws Exception {
        Map<Thread, List<IpAddress>> sent = new ConcurrentHashMap<>();
        ProbeObserver observer = new ProbeObserver() {
            @Override
            public void onSent(Probe probe, int attempt, long sentAtNanos) {
                sent.computeIfAbsent(Thread.currentThread(), thread -> new ArrayList<>())
                        .add(probe.target());
            }
        };
        sweep("127.0.0.0/22", options(SocketPolicy.DGRAM, 2).observer(observer));

        assertThat(sent.values()).allSatisfy(addresses -> assertThat(addresses)
                .isSortedAccordingTo((a, b) -> Long.compare(a.low(), b.low())));
    }
}
