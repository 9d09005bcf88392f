package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.LoopFuture;
import io.github.nettyping.internal.engine.PingerChannels;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.ProbeChannel;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.Timestamps;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.BlockingOperationException;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Single pings on real sockets: of a namespace without a way out, or raw ones of the machine's own loopback. */
@RequiresNamespaces
class PingerIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final InetAddress LOOPBACK = Packets.address("127.0.0.1");
    private static final String MANY_IPV6 = "fd00:19::";
    private static final String SILENT = "10.8.0.0/16";
    private static final int MANY = 10_000;
    private static final int THREADS = 8;

    private static Namespace namespace;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
        namespace.answerAll(MANY_IPV6 + "/112");
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

    private static ProbeOptions once(Duration timeout) {
        return ProbeOptions.builder().timeout(timeout).attempts(1).build();
    }

    @Test
    @RequiresRawSockets
    void threeLinesPingTheMachinesOwnLoopback() throws Exception {
        try (Pinger pinger = Pinger.builder().socketPolicy(SocketPolicy.RAW).open()) {
            assertThat(get(pinger.ping(LOOPBACK))).isInstanceOf(Replied.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onePingerAsksHostsOfBothFamilies(SocketPolicy policy) throws Exception {
        try (Pinger pinger = open(Pinger.builder().socketPolicy(policy))) {
            CompletableFuture<ProbeOutcome> ipv4 = pinger.ping(LOOPBACK);
            CompletableFuture<ProbeOutcome> ipv6 = pinger.ping(Packets.address("::1"));

            assertThat(get(ipv4)).isInstanceOf(Replied.class);
            assertThat(get(ipv6)).isInstanceOf(Replied.class);
            assertThat(get(pinger.statistics()).replies()).isEqualTo(2);
        }
    }

    // Very many at once.

    private static InetAddress ipv4(int number) {
        return IpAddress.ofIpv4(0x7f00_0001 + number).toInetAddress();
    }

    private static InetAddress ipv6(int number) {
        return new IpAddress(0xfd00_0019_0000_0000L, number, 0).toInetAddress();
    }

    /** Asks from all threads at once, each host exactly once, and checks that each gets its own outcome, once. */
    private static void askManyHosts(Pinger pinger, IntFunction<InetAddress> hosts) throws Exception {
        AtomicInteger completions = new AtomicInteger();
        List<CompletableFuture<ProbeOutcome>> futures = new ArrayList<>();
        for (List<CompletableFuture<ProbeOutcome>> ofOneThread : inThreads(thread -> {
            List<CompletableFuture<ProbeOutcome>> own = new ArrayList<>();
            for (int i = thread; i < MANY; i += THREADS) {
                InetAddress host = hosts.apply(i);
                own.add(pinger.ping(host).thenApply(outcome -> {
                    completions.incrementAndGet();
                    assertThat(outcome.probe().target()).isEqualTo(IpAddress.of(host));
                    assertThat(((Replied) outcome).from()).isEqualTo(IpAddress.of(host));
                    return outcome;
                }));
            }
            return own;
        })) {
            futures.addAll(ofOneThread);
        }
        for (CompletableFuture<ProbeOutcome> future : futures) {
            assertThat(get(future)).isInstanceOf(Replied.class);
        }
        CorrelatorStatistics statistics = get(pinger.statistics());

        assertThat(completions).hasValue(MANY);
        assertThat(statistics.replies()).isEqualTo(MANY);
        assertThat(statistics.inFlight()).isZero();
    }

    private static <T> List<T> inThreads(IntFunction<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(THREADS);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                running.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return task.apply(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @RequiresRawSockets
    void tenThousandHostsOfTheMachinesOwnLoopbackEachGetTheirOwnOutcome() throws Exception {
        try (Pinger pinger = Pinger.builder().socketPolicy(SocketPolicy.RAW).open()) {
            askManyHosts(pinger, PingerIT::ipv4);
        }
    }

    @ParameterizedTest
    @CsvSource({"RAW, IPV4", "RAW, IPV6", "DGRAM, IPV4", "DGRAM, IPV6"})
    void tenThousandHostsEachGetTheirOwnOutcome(SocketPolicy policy, IpFamily family) throws Exception {
        try (Pinger pinger = open(Pinger.builder().socketPolicy(policy).families(family))) {
            askManyHosts(pinger, family == IpFamily.IPV4 ? PingerIT::ipv4 : PingerIT::ipv6);
        }
    }

    // The window.

    @ParameterizedTest
    @CsvSource({"RAW, 56", "DGRAM, 56", "DGRAM, 1400"})
    void aSmallReceiveBufferLosesNoReply(SocketPolicy policy, int payloadBytes) throws Exception {
        ProbeOptions options = ProbeOptions.builder().payloadBytes(payloadBytes).build();
        try (Pinger pinger = open(Pinger.builder().socketPolicy(policy).receiveBufferBytes(4_096))) {
            List<CompletableFuture<ProbeOutcome>> futures = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                futures.add(pinger.ping(ipv4(i), options));
            }
            for (CompletableFuture<ProbeOutcome> future : futures) {
                assertThat(get(future)).isInstanceOf(Replied.class);
            }

            assertThat(get(pinger.statistics()).probesSent()).as("none twice").isEqualTo(2_000);
        }
    }

    @Test
    @RequiresTun
    void aTimeoutCountsFromTheSendingNotFromTheCall() throws Exception {
        ProbeOptions options = once(Duration.ofMillis(100));
        try (Pinger pinger = open(Pinger.builder().maxInFlight(1));
                TunResponder tun = TunResponder.open(namespace, Behaviours.silent(), SILENT)) {
            for (int i = 0; i < 5; i++) {
                var unused = pinger.ping(Packets.address("10.8.0." + i), options);
            }
            // By now its time would be over five times.
            assertThat(get(pinger.ping(LOOPBACK, options))).isInstanceOf(Replied.class);
            assertThat(tun.probes()).isEqualTo(5);
        }
    }

    @Test
    @RequiresTun
    void whatFindsNoRoomToWaitIsNotSent() throws Exception {
        try (Pinger pinger = open(Pinger.builder().maxInFlight(1).maxWaiting(0));
                TunResponder tun = TunResponder.open(namespace, Behaviours.silent(), SILENT)) {
            CompletableFuture<ProbeOutcome> silent = pinger.ping(Packets.address("10.8.0.1"));
            ProbeOutcome outcome = get(pinger.ping(LOOPBACK));

            assertThat(outcome).isInstanceOfSatisfying(NotSent.class, notSent -> assertThat(notSent.reason())
                    .isEqualTo(NotSent.Reason.NO_FREE_SLOT));
            assertThat(silent).isNotDone();
            Await.until("the first was sent", PATIENCE, () -> tun.probes() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void largePayloadsComeBackWholeAlsoAfterSmallOnes(SocketPolicy policy) throws Exception {
        try (Pinger pinger = open(Pinger.builder().socketPolicy(policy))) {
            for (int payloadBytes : new int[] {0, 56, 4_000, 65_507}) {
                ProbeOutcome outcome = get(pinger.ping(
                        LOOPBACK,
                        ProbeOptions.builder().payloadBytes(payloadBytes).build()));

                assertThat(outcome).isInstanceOfSatisfying(Replied.class, reply -> assertThat(reply.icmpBytes())
                        .isEqualTo(8 + payloadBytes));
            }
            assertThat(get(pinger.statistics()).damaged()).isZero();
        }
    }

    // Giving up.

    @Test
    @RequiresTun
    void cancellingFreesTheSlotAndTheNextProbeGoesOut() throws Exception {
        try (Pinger pinger = open(Pinger.builder().maxInFlight(1));
                TunResponder tun = TunResponder.open(namespace, Behaviours.silent(), SILENT)) {
            CompletableFuture<ProbeOutcome> silent =
                    pinger.ping(Packets.address("10.8.0.1"), once(Duration.ofHours(1)));
            CompletableFuture<ProbeOutcome> next = pinger.ping(LOOPBACK);
            Await.until("the first is out", PATIENCE, () -> tun.probes() == 1);
            silent.cancel(false);

            assertThat(get(next)).isInstanceOf(Replied.class);
            assertThat(get(pinger.statistics()).inFlight()).isZero();
        }
    }

    @Test
    @RequiresTun
    void aTimeLimitOfTheFutureGivesTheProbeUp() throws Exception {
        try (Pinger pinger = open(Pinger.builder().maxInFlight(1));
                TunResponder tun = TunResponder.open(namespace, Behaviours.silent(), SILENT)) {
            CompletableFuture<ProbeOutcome> silent = pinger.ping(Packets.address("10.8.0.1"), once(Duration.ofHours(1)))
                    .orTimeout(50, TimeUnit.MILLISECONDS);

            assertThat(get(pinger.ping(LOOPBACK))).isInstanceOf(Replied.class);
            assertThat(silent).isCompletedExceptionally();
            assertThat(tun.probes()).isOne();
        }
    }

    @Test
    @RequiresTun
    void whatIsCancelledWhileItWaitsIsNeverSent() throws Exception {
        try (Pinger pinger = open(Pinger.builder().maxInFlight(1));
                TunResponder tun = TunResponder.open(namespace, Behaviours.silent(), SILENT)) {
            CompletableFuture<ProbeOutcome> first = pinger.ping(Packets.address("10.8.0.1"), once(Duration.ofHours(1)));
            List<CompletableFuture<ProbeOutcome>> waiting = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                waiting.add(pinger.ping(Packets.address("10.8.0.2")));
            }
            Await.until("the first is out", PATIENCE, () -> tun.probes() == 1);
            waiting.forEach(future -> future.cancel(false));
            first.cancel(false);
            assertThat(get(pinger.ping(LOOPBACK))).isInstanceOf(Replied.class);

            assertThat(tun.probes()).isOne();
            assertThat(get(pinger.statistics()).probesSent()).isEqualTo(2);
        }
    }

    // On the event loop.

    @Test
    void waitingOnTheEventLoopThrowsInsteadOfBlockingForEver() throws Exception {
        try (Pinger pinger = open(Pinger.builder())) {
            CompletableFuture<Throwable> thrown = onLoop(
                    pinger,
                    () -> catchThrowable(() ->
                            pinger.ping(LOOPBACK).thenApply(outcome -> outcome).join()));

            assertThat(get(thrown)).isInstanceOf(BlockingOperationException.class);
        }
    }

    /** Runs code on the event loop: as the listener of a series. */
    private static <T> CompletableFuture<T> onLoop(Pinger pinger, Callable<T> code) {
        CompletableFuture<T> result = new CompletableFuture<>();
        PingSeries series =
                pinger.series(LOOPBACK, PingOptions.builder().count(1).build(), ignored -> {
                    try {
                        result.complete(code.call());
                    } catch (Throwable t) {
                        result.completeExceptionally(t);
                    }
                });
        assertThat(series.completion()).isNotNull();
        return result;
    }

    @Test
    void listenersMayPingAgain() throws Exception {
        try (Pinger pinger = open(Pinger.builder().maxInFlight(1))) {
            CompletableFuture<ProbeOutcome> chain = pinger.ping(ipv4(0));
            for (int i = 1; i < 100; i++) {
                int number = i;
                chain = chain.thenCompose(outcome -> pinger.ping(ipv4(number)));
            }

            assertThat(get(chain)).isInstanceOfSatisfying(Replied.class, reply -> assertThat(reply.from())
                    .isEqualTo(IpAddress.of(ipv4(99))));
        }
    }

    @Test
    void canBeOpenedAndUsedOnItsEventLoop() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "user");
        try {
            EventLoop loop = group.next();
            // A thread starts in the namespace of the thread that starts it.
            CompletableFuture<Pinger> opened = new CompletableFuture<>();
            namespace.call(() -> loop.submit(
                            () -> opened.complete(Pinger.builder().group(loop).open()))
                    .sync());
            CompletableFuture<ProbeOutcome> outcome = new CompletableFuture<>();
            loop.execute(() -> opened.join().ping(LOOPBACK).thenAccept(outcome::complete));

            assertThat(get(outcome)).isInstanceOf(Replied.class);
            opened.join().close();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void openedOnOneOfSeveralEventLoopsItTakesThatOne() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(2, "user");
        try {
            // A loop's thread starts in the namespace of the thread that gives it the first task.
            List<EventLoop> loops = List.of(group.next(), group.next());
            for (EventLoop loop : loops) {
                CompletableFuture<Boolean> there = new CompletableFuture<>();
                CompletableFuture<Pinger> opened = new CompletableFuture<>();
                namespace.call(() -> loop.submit(() -> {
                            opened.complete(Pinger.builder().group(group).open());
                            opened.join().ping(LOOPBACK).thenAccept(outcome -> there.complete(loop.inEventLoop()));
                        })
                        .sync());
                try (Pinger pinger = get(opened)) {
                    assertThat(get(there)).isTrue();
                    assertThat(get(pinger.statistics()).replies()).isOne();
                }
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    // The observer.

    /** Counts what it is told, and throws each time if it is to. */
    private static final class CountingObserver implements ProbeObserver {
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger outcomes = new AtomicInteger();
        private final AtomicReference<Integer> inFlight = new AtomicReference<>();
        private final AtomicInteger mostInFlight = new AtomicInteger();
        private final boolean throwing;

        CountingObserver(boolean throwing) {
            this.throwing = throwing;
        }

        private void fail() {
            if (throwing) {
                throw new IllegalStateException("an observer's own trouble");
            }
        }

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            sent.incrementAndGet();
            fail();
        }

        @Override
        public void onOutcome(ProbeOutcome outcome) {
            outcomes.incrementAndGet();
            fail();
        }

        @Override
        public void onInFlight(int probes) {
            inFlight.set(probes);
            mostInFlight.accumulateAndGet(probes, Math::max);
            fail();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theObserverSeesAllProbesOfBothFamiliesAndDisturbsNoneIfItThrows(boolean throwing) throws Exception {
        CountingObserver observer = new CountingObserver(throwing);
        try (Pinger pinger = open(Pinger.builder().observer(observer))) {
            CompletableFuture<Integer> both = onLoop(pinger, () -> {
                List<CompletableFuture<ProbeOutcome>> futures = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    futures.add(pinger.ping(LOOPBACK));
                    futures.add(pinger.ping(Packets.address("::1")));
                }
                return futures.size();
            });
            assertThat(get(both)).isEqualTo(20);
            Await.until("all outcomes", PATIENCE, () -> observer.outcomes.get() == 21);

            assertThat(get(pinger.statistics()).replies()).isEqualTo(21);
            assertThat(observer.sent).hasValue(21);
            assertThat(observer.inFlight).hasValue(0);
            assertThat(observer.mostInFlight).as("of both families together").hasValue(20);
        }
    }

    // Arguments and refusals.

    @Test
    void saysWhichArgumentIsWrong() throws Exception {
        try (Pinger pinger = open(Pinger.builder().families(IpFamily.IPV4))) {
            assertThatThrownBy(() -> pinger.ping(Packets.address("224.0.0.1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("pingGroup");
            assertThatThrownBy(() -> pinger.ping(
                            LOOPBACK,
                            ProbeOptions.builder().severalReplies(true).build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("pingGroup");
            assertThatThrownBy(() -> pinger.ping(Packets.address("::1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("::1");
            assertThatThrownBy(() -> pinger.ping(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(
                            () -> pinger.series(LOOPBACK, PingOptions.builder().build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("count");
        }
    }

    @Test
    void opensNothingIfNoFamilyIsPermitted() throws Exception {
        try (Namespace closed = Namespace.createWithoutPingSockets()) {
            assertThatThrownBy(() -> closed.call(() ->
                            Pinger.builder().socketPolicy(SocketPolicy.DGRAM).open()))
                    .isInstanceOf(IcmpUnavailableException.class)
                    .hasMessageContaining("ping_group_range")
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        }
    }

    /** No way is known to forbid a process one family alone, so each socket is opened in a namespace of its own. */
    @Test
    void aFamilyWithoutASocketIsNotSentForWhatTheKernelSaid() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "user");
        try (Namespace closed = Namespace.createWithoutPingSockets()) {
            PingerCore core = new PingerCore(group.next());
            CountingObserver observer = new CountingObserver(false);
            ProbeChannelOptions options = ProbeChannelOptions.of(
                    SweepOptions.builder()
                            .socketPolicy(SocketPolicy.DGRAM)
                            .build()
                            .sockets(),
                    16,
                    Timestamps.RECEIVE);
            PingerChannels channels = new PingerChannels(
                    core,
                    EnumSet.allOf(IpFamily.class),
                    (family, laneObserver) -> uncheckedCall(
                            family == IpFamily.IPV6 ? closed : namespace,
                            () -> new ProbeChannel(family, options.observedBy(laneObserver))),
                    1,
                    observer,
                    new SharedObserver.InFlight());
            channels.open(true);
            IpAddress target = IpAddress.of(Packets.address("::1"));
            LoopFuture<ProbeOutcome> refused = new LoopFuture<>(core.loop());
            core.begin(new PingRequest(core.sender(target), target, ProbeOptions.defaults(), refused));
            IpAddress other = IpAddress.of(LOOPBACK);
            LoopFuture<ProbeOutcome> sent = new LoopFuture<>(core.loop());
            core.begin(new PingRequest(core.sender(other), other, ProbeOptions.defaults(), sent));

            assertThat(get(refused)).isInstanceOfSatisfying(NotSent.class, outcome -> {
                assertThat(outcome.reason()).isEqualTo(NotSent.Reason.REFUSED_BY_KERNEL);
                assertThat(outcome.cause().orElseThrow().errnoName()).isEqualTo("EACCES");
                assertThat(outcome.attempts()).isZero();
            });
            assertThat(get(sent)).isInstanceOf(Replied.class);
            assertThat(observer.outcomes).hasValue(2);
            core.loop().execute(() -> core.close(new ClosedChannelException()));
            core.end().join();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static <T> T uncheckedCall(Namespace where, Callable<T> code) {
        try {
            return where.call(code);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @RequiresTun
    void timesOutWithoutDisturbingOthers() throws Exception {
        var behaviour = Behaviours.byAddressBits(bits -> (bits & 1) == 0 ? Replies.echo() : Behaviours.silent());
        try (Pinger pinger = open(Pinger.builder());
                TunResponder tun = TunResponder.open(namespace, behaviour, SILENT)) {
            Map<InetAddress, CompletableFuture<ProbeOutcome>> futures = new HashMap<>();
            for (int i = 0; i < 200; i++) {
                InetAddress host = Packets.address("10.8.1." + i);
                futures.put(host, pinger.ping(host, once(Duration.ofMillis(300))));
            }
            for (var entry : futures.entrySet()) {
                boolean live = (IpAddress.of(entry.getKey()).low() & 1) == 0;
                assertThat(get(entry.getValue()).kind())
                        .isEqualTo(live ? ProbeOutcome.Kind.REPLIED : ProbeOutcome.Kind.TIMED_OUT);
            }
            assertThat(tun.probes()).isEqualTo(200);
        }
    }
}
