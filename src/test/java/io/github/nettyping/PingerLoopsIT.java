package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepRate;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.trace.Trace;
import io.github.nettyping.trace.TraceOptions;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pingers on several event loops, in a namespace without a way out. */
@RequiresNamespaces
class PingerLoopsIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final InetAddress LOOPBACK = Packets.address("127.0.0.1");
    private static final int LOOPS = 3;
    private static final int HOSTS = 300;

    private static Namespace namespace;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
    }

    @AfterAll
    static void close() {
        namespace.close();
    }

    private static Pinger open(Pinger.Builder builder) throws Exception {
        return namespace.call(builder::open);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static InetAddress host(int number) {
        return IpAddress.ofIpv4(0x7f00_0100 + number).toInetAddress();
    }

    /** Notes which thread sends to whom. */
    private static final class Senders implements ProbeObserver {

        private final Map<IpAddress, Set<Thread>> threads = new ConcurrentHashMap<>();
        private volatile int inFlight = -1;

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            threads.computeIfAbsent(probe.target(), target -> ConcurrentHashMap.newKeySet())
                    .add(Thread.currentThread());
        }

        @Override
        public void onInFlight(int probes) {
            inFlight = probes;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void allPingsOfATargetAreSentFromOneLoopAndTheTargetsSpread(SocketPolicy policy) throws Exception {
        Senders senders = new Senders();
        try (Pinger pinger =
                open(Pinger.builder().loops(LOOPS).socketPolicy(policy).observer(senders))) {
            List<CompletableFuture<ProbeOutcome>> pings = new ArrayList<>();
            for (int i = 0; i < 3 * HOSTS; i++) {
                pings.add(pinger.ping(host(i % HOSTS)));
            }
            for (CompletableFuture<ProbeOutcome> ping : pings) {
                assertThat(get(ping)).isInstanceOf(Replied.class);
            }

            assertThat(senders.threads).hasSize(HOSTS);
            assertThat(senders.threads.values()).allMatch(threads -> threads.size() == 1);
            Map<Thread, Integer> hosts = new ConcurrentHashMap<>();
            senders.threads.values().forEach(threads -> threads.forEach(t -> hosts.merge(t, 1, Integer::sum)));
            assertThat(hosts).hasSize(LOOPS).allSatisfy((thread, count) -> assertThat(count)
                    .as("of 300 hosts")
                    .isBetween(70, 130));
            assertThat(senders.inFlight).isZero();

            assertThat(get(pinger.statistics()).replies()).isEqualTo(3 * HOSTS);
            assertThat(get(pinger.statistics()).rejected().token()).isZero();
            assertThat(get(pinger.statistics()).rejected().identifier()).isZero();
        }
    }

    @Test
    void seriesGroupsAndTracesRunOnTheLoopOfTheirTarget() throws Exception {
        Senders senders = new Senders();
        try (Pinger pinger = open(Pinger.builder().loops(LOOPS).observer(senders))) {
            PingOptions five = PingOptions.builder()
                    .count(5)
                    .interval(Duration.ofMillis(10))
                    .build();
            for (int i = 0; i < 10; i++) {
                assertThat(get(pinger.series(host(i), five))).hasSize(5);
                assertThat(get(pinger.ping(host(i)))).isInstanceOf(Replied.class);
                assertThat(get(pinger.trace(host(i), TraceOptions.builder().build()))
                                .isReached())
                        .isTrue();
            }
            assertThat(senders.threads).hasSize(10);
            assertThat(senders.threads.values()).allMatch(threads -> threads.size() == 1);

            GroupOutcome group = get(pinger.pingGroup(
                    Packets.address("127.255.255.255"),
                    ProbeOptions.builder().timeout(Duration.ofMillis(100)).build()));
            assertThat(group.outcome()).isNotNull();
        }
    }

    @Test
    void aTraceOfManyReachesAll() throws Exception {
        try (Pinger pinger = open(Pinger.builder().loops(LOOPS))) {
            Set<IpAddress> reached = new HashSet<>();
            Trace trace = pinger.trace(
                    Targets.parse("127.0.1.0/27"),
                    TraceOptions.builder().build(),
                    result -> reached.add(result.target()));
            get(trace.completion());

            assertThat(reached).hasSize(30);
        }
    }

    @Test
    void aSweepTakesAsManyOfThePingersLoopsAsItsOptionsSay() throws Exception {
        try (Pinger pinger = open(Pinger.builder().loops(LOOPS))) {
            AtomicInteger alive = new AtomicInteger();
            Sweep sweep = namespace.call(() -> pinger.sweep(
                    Targets.parse("127.0.0.0/20"),
                    SweepOptions.builder().loops(2).build(),
                    outcome -> alive.incrementAndGet()));
            SweepSummary summary = get(sweep.completion());

            assertThat(alive).hasValue(4_094);
            assertThat(summary.loops()).isEqualTo(2);
            assertThatThrownBy(() -> pinger.sweep(
                            Targets.parse("127.0.0.1"),
                            SweepOptions.builder().loops(4).build(),
                            outcome -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("loops: 4 (expected: at most 3, as many as the pinger has;");
        }
    }

    @Test
    void closingEndsWhatIsUnderWayOnAllLoops() throws Exception {
        Pinger pinger = open(Pinger.builder().loops(LOOPS));
        AtomicInteger told = new AtomicInteger();
        Sweep sweep = namespace.call(() -> pinger.sweep(
                Targets.parse("127.0.0.0/16"),
                SweepOptions.builder().loops(LOOPS).probesPerSecond(1_000).build(),
                outcome -> told.incrementAndGet()));
        List<PingSeries> series = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            series.add(pinger.series(host(i), PingOptions.builder().build(), result -> told.incrementAndGet()));
        }
        Await.until("something has been told", PATIENCE, () -> told.get() > 20);
        pinger.close();

        assertThat(get(sweep.completion()).stopped()).isTrue();
        for (PingSeries one : series) {
            assertThat(get(one.completion()).sent()).isPositive();
        }
        for (int i = 0; i < 10; i++) {
            CompletableFuture<ProbeOutcome> late = pinger.ping(host(i));
            assertThatThrownBy(() -> get(late))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ClosedChannelException.class);
        }
        assertThatThrownBy(() -> get(pinger.statistics())).hasCauseInstanceOf(ClosedChannelException.class);
        assertThat(get(pinger.closeAsync())).isNull();
    }

    @Test
    void theEndOfOneOfItsLoopsClosesThePinger() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(2, "user");
        try (Pinger pinger = open(Pinger.builder().group(group).loops(2))) {
            group.next().shutdownGracefully(0, 1, TimeUnit.SECONDS);
            Await.until("no host can be asked", PATIENCE, () -> {
                for (int i = 0; i < 10; i++) {
                    if (catchThrowable(pinger.ping(host(i))::join) == null) {
                        return false;
                    }
                }
                return true;
            });
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void waitingOnOneOfItsLoopsForAnotherThrows() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(2, "user");
        Senders senders = new Senders();
        try (Pinger pinger = open(Pinger.builder().group(group).loops(2).observer(senders))) {
            for (int i = 0; i < 10; i++) {
                get(pinger.ping(host(i)));
            }
            Thread first = senders.threads.get(IpAddress.of(host(0))).iterator().next();
            int other = 0;
            while (senders.threads.get(IpAddress.of(host(other))).contains(first)) {
                other++;
            }
            InetAddress elsewhere = host(other);
            for (EventExecutor loop : group) {
                Throwable thrown = loop.submit(() -> catchThrowable(() -> pinger.series(
                                        elsewhere,
                                        PingOptions.builder().count(2).build())
                                .join()))
                        .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
                assertThat(thrown).isInstanceOf(BlockingOperationException.class);
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** Which loop it runs on differs from one sweep to the next. */
    @Test
    void waitingForASweepThrowsOnEveryLoopOfThePingerUntilItIsDone() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(LOOPS, "user");
        try (Pinger pinger = open(Pinger.builder().group(group).loops(LOOPS))) {
            SweepOptions options = SweepOptions.builder()
                    .socketPolicy(SocketPolicy.DGRAM)
                    .rate(SweepRate.perSecond(1))
                    .build();
            Targets slow = Targets.parse("127.0.0.0/16");
            for (int i = 0; i < LOOPS; i++) {
                Sweep sweep = namespace.call(() -> pinger.sweep(slow, options, outcome -> {}));
                for (EventExecutor loop : group) {
                    assertThat(waitOn(loop, sweep.completion())).isInstanceOf(BlockingOperationException.class);
                    assertThat(waitOn(loop, sweep.completion().thenApply(SweepSummary::targets)))
                            .isInstanceOf(BlockingOperationException.class);
                }
                sweep.stop();
                get(sweep.completion());
                for (EventExecutor loop : group) {
                    assertThat(waitOn(loop, sweep.completion())).isNull();
                }
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void aSummarySoFarIsNotWaitedForOnALoopWhichWouldHaveToMakeIt() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(2, "user");
        try {
            SweepOptions options = SweepOptions.builder()
                    .socketPolicy(SocketPolicy.DGRAM)
                    .rate(SweepRate.perSecond(1))
                    .loops(2)
                    .build();
            Sweep sweep =
                    namespace.call(() -> Sweep.start(group, Targets.parse("127.0.0.0/16"), options, outcome -> {}));
            for (EventExecutor loop : group) {
                // The others cannot answer meanwhile, or there would be nothing to wait for.
                CompletableFuture<Void> tried = new CompletableFuture<>();
                group.forEach(other -> {
                    if (other != loop) {
                        other.execute(tried::join);
                    }
                });
                Throwable thrown = get(CompletableFuture.supplyAsync(
                        () -> catchThrowable(() -> sweep.soFar().join()), loop));
                tried.complete(null);
                assertThat(thrown).isInstanceOf(BlockingOperationException.class);
            }
            sweep.stop();
            get(sweep.completion());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static Throwable waitOn(EventExecutor loop, CompletableFuture<?> future) throws Exception {
        return loop.submit(() -> catchThrowable(future::join)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void eachLoopHasItsIdentifierWhichIsThatOfItsTargets() throws Exception {
        try (Pinger pinger = open(Pinger.builder().loops(LOOPS));
                Pinger plain = open(Pinger.builder())) {
            Set<OptionalInt> identifiers = new HashSet<>();
            for (int i = 0; i < HOSTS; i++) {
                identifiers.add(pinger.identifier(host(i)));
            }
            assertThat(identifiers).hasSize(LOOPS).allMatch(OptionalInt::isPresent);
            assertThat(pinger.identifier(IpFamily.IPV4)).isEmpty();
            assertThat(plain.identifier(LOOPBACK)).isPresent().isEqualTo(plain.identifier(IpFamily.IPV4));
        }
    }

    @Test
    void ofAWindowThatIsTooSmallToShareEachLoopHasOne() throws Exception {
        try (Pinger pinger = open(Pinger.builder().loops(2).maxInFlight(1))) {
            for (int i = 0; i < 10; i++) {
                assertThat(get(pinger.ping(host(i)))).isInstanceOf(Replied.class);
            }
        }
    }

    @Test
    void aGroupWithTooFewLoopsIsRefused() {
        EventLoopGroup group = IcmpEventLoops.newGroup(2, "user");
        try {
            assertThatThrownBy(() -> open(Pinger.builder().group(group).loops(3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("loops: 3 (expected: at most 2");
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void openedOnOneOfItsLoopsItDoesNotWaitForTheOthers() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(2, "user");
        try {
            CompletableFuture<Pinger> opened = new CompletableFuture<>();
            // Raw ones of the machine, since the event loop is in its namespace.
            group.next()
                    .execute(() -> opened.complete(Pinger.builder()
                            .group(group)
                            .loops(2)
                            .socketPolicy(SocketPolicy.RAW)
                            .open()));
            try (Pinger pinger = get(opened)) {
                for (int i = 0; i < 10; i++) {
                    assertThat(get(pinger.ping(host(i)))).isInstanceOf(Replied.class);
                }
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
