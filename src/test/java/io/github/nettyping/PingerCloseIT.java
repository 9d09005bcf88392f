package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.channel.SocketSettings;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.internal.engine.PingerCore;
import io.github.nettyping.internal.engine.ProbeChannelOptions;
import io.github.nettyping.internal.engine.SharedObserver;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.Timestamps;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepStarter;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However a pinger ends, everything it began ends with it, and nothing is left of it: no descriptor, no thread. */
@RequiresNamespaces
@RequiresTun
@Isolated("counts the process's descriptors and threads")
class PingerCloseIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final InetAddress LOOPBACK = Packets.address("127.0.0.1");
    private static final InetAddress SILENT = Packets.address("10.8.0.1");
    private static final ProbeOptions LONG =
            ProbeOptions.builder().timeout(Duration.ofHours(1)).build();
    private static final int THREADS = 8;

    private static Namespace namespace;
    private static TunResponder tun;

    private final AtomicReference<Thread> loopThread = new AtomicReference<>();
    private final AtomicInteger outcomes = new AtomicInteger();
    private final Pinger.Builder builder = Pinger.builder().observer(new ProbeObserver() {
        @Override
        public void onOutcome(ProbeOutcome outcome) {
            outcomes.incrementAndGet();
        }

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            loopThread.set(Thread.currentThread());
        }
    });
    private long descriptorsBefore;

    @BeforeAll
    static void open() throws Exception {
        namespace = Namespace.create();
        tun = TunResponder.open(namespace, Behaviours.silent(), "10.8.0.0/16");
        // What is loaded once stays.
        try (Pinger pinger = namespace.call(() -> Pinger.builder().open())) {
            get(pinger.ping(LOOPBACK));
        }
    }

    @AfterAll
    static void close() {
        tun.close();
        namespace.close();
    }

    @BeforeEach
    void count() throws IOException {
        descriptorsBefore = descriptors();
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until("no descriptor is left", PATIENCE, () -> descriptors() == descriptorsBefore);
    }

    /** Sockets, epoll sets and what belongs to them; files come and go as classes are loaded. */
    private static long descriptors() {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(PingerCloseIT::isSocketOrEpoll).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isSocketOrEpoll(Path descriptor) {
        try {
            String kind = Files.readSymbolicLink(descriptor).toString();
            return kind.startsWith("socket:") || kind.startsWith("anon_inode:");
        } catch (IOException e) {
            // It was the one of the listing.
            return false;
        }
    }

    private Pinger openPinger() throws Exception {
        return namespace.call(builder::open);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void assertClosed(CompletableFuture<?> future) {
        assertThatThrownBy(() -> get(future))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
    }

    private void assertLoopThreadEnds() {
        Await.until("the thread ends", PATIENCE, () -> !loopThread.get().isAlive());
    }

    // With its own event loop.

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void closingInTheMiddleOfTenThousandPingsCompletesThemAll(SocketPolicy policy) throws Exception {
        Pinger pinger = namespace.call(() -> builder.socketPolicy(policy).open());
        List<List<CompletableFuture<ProbeOutcome>>> futures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            List<CompletableFuture<ProbeOutcome>> own = new ArrayList<>();
            futures.add(own);
            int first = t;
            threads.add(new Thread(() -> {
                for (int i = first; i < 10_000; i += THREADS) {
                    boolean silent = i % 16 == first;
                    own.add(pinger.ping(
                            silent ? SILENT : IpAddress.ofIpv4(0x7f00_0001 + i).toInetAddress(),
                            silent ? LONG : ProbeOptions.defaults()));
                }
            }));
        }
        threads.forEach(Thread::start);
        Await.until("many replies", PATIENCE, () -> outcomes.get() >= 1_000);
        pinger.close();
        for (Thread thread : threads) {
            thread.join(PATIENCE.toMillis());
        }

        AtomicInteger closed = new AtomicInteger();
        AtomicInteger replied = new AtomicInteger();
        futures.stream().flatMap(List::stream).forEach(future -> {
            assertThat(future).isDone();
            future.whenComplete((outcome, failure) -> {
                if (failure == null) {
                    assertThat(outcome).isInstanceOf(Replied.class);
                    replied.incrementAndGet();
                } else {
                    assertThat(failure).isInstanceOf(ClosedChannelException.class);
                    closed.incrementAndGet();
                }
            });
        });
        assertThat(closed.get() + replied.get()).isEqualTo(10_000);
        assertThat(closed).as("at least the silent ones").hasValueGreaterThanOrEqualTo(5_000);
        assertThat(replied).hasValueGreaterThanOrEqualTo(1_000);
        assertLoopThreadEnds();
    }

    @Test
    void whenCloseReturnsTheThreadHasEndedAndWhatComesLaterFails() throws Exception {
        Pinger pinger = openPinger();
        get(pinger.ping(LOOPBACK));
        pinger.close();

        assertLoopThreadEnds();
        assertClosed(pinger.ping(LOOPBACK));
        assertClosed(pinger.ping(Packets.address("::1")));
        assertClosed(pinger.statistics());
        assertClosed(pinger.series(LOOPBACK, PingOptions.builder().count(1).build()));
        assertClosed(pinger.series(LOOPBACK, PingOptions.builder().build(), result -> {})
                .completion());
        assertClosed(namespace.call(() -> pinger.pingGroup(Packets.address("127.255.255.255"), LONG)));
        assertClosed(namespace
                .call(() -> pinger.sweep(
                        Targets.parse("127.0.0.1"), SweepOptions.builder().build(), outcome -> {}))
                .completion());
        SignalRecorder subscriber = new SignalRecorder();
        pinger.publisher(LOOPBACK, PingOptions.builder().build()).subscribe(subscriber);
        assertThat(subscriber.signals).containsExactly("subscribe", "error ClosedChannelException");
    }

    /** Asks for everything at once. */
    private static final class SignalRecorder implements Flow.Subscriber<PingResult> {
        private final List<String> signals = new CopyOnWriteArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            signals.add("subscribe");
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(PingResult result) {
            signals.add("next " + result.sequence());
        }

        @Override
        public void onError(Throwable cause) {
            signals.add("error " + cause.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    @Test
    void closingEndsEverythingThatIsUnderWay() throws Exception {
        Pinger pinger = openPinger();
        PingOptions endless =
                PingOptions.builder().probe(LONG).interval(Duration.ofMillis(1)).build();
        PingOptions counted = PingOptions.builder().probe(LONG).count(1).build();
        List<PingResult> results = new CopyOnWriteArrayList<>();
        PingSeries series = pinger.series(LOOPBACK, endless, results::add);
        CompletableFuture<List<PingResult>> list = pinger.series(SILENT, counted);
        SignalRecorder subscriber = new SignalRecorder();
        pinger.publisher(SILENT, endless).subscribe(subscriber);
        CompletableFuture<GroupOutcome> group =
                namespace.call(() -> pinger.pingGroup(Packets.address("10.8.255.255"), LONG));
        Sweep sweep = namespace.call(() -> pinger.sweep(
                Targets.parse("10.8.0.0/24"), SweepOptions.builder().probe(LONG).build(), outcome -> {}));
        CompletableFuture<ProbeOutcome> ping = pinger.ping(SILENT, LONG);
        long probesBefore = tun.probes();
        Await.until("some results", PATIENCE, () -> results.size() >= 10);
        Await.until("all probes of the sweep", PATIENCE, () -> tun.probes() > probesBefore);
        pinger.close();

        assertThat(series.completion()).isCompleted();
        assertThat(series.completion().join().received()).isGreaterThanOrEqualTo(10);
        assertThat(sweep.completion()).isCompleted();
        assertThat(sweep.completion().join().stopped()).isTrue();
        assertThat(list).isCompletedExceptionally();
        assertThat(group).isCompletedExceptionally();
        assertThat(ping).isCompletedExceptionally();
        assertClosed(list);
        assertClosed(group);
        assertClosed(ping);
        assertThat(subscriber.signals).containsExactly("subscribe", "error ClosedChannelException");
        assertLoopThreadEnds();
    }

    @Test
    void closingOnTheEventLoopReturnsAtOnceAndIsDoneNext() throws Exception {
        Pinger pinger = openPinger();
        CompletableFuture<ProbeOutcome> pending = pinger.ping(SILENT, LONG);
        CompletableFuture<Boolean> doneWhenCloseReturned = new CompletableFuture<>();
        pinger.series(LOOPBACK, PingOptions.builder().count(1).build(), result -> {
            pinger.close();
            doneWhenCloseReturned.complete(pending.isDone());
        });

        assertThat(get(doneWhenCloseReturned)).isFalse();
        assertClosed(pending);
        assertLoopThreadEnds();
        pinger.close();
    }

    @Test
    void closingFromManyThreadsWaitsInEachOfThem() throws Exception {
        Pinger pinger = openPinger();
        CompletableFuture<ProbeOutcome> pending = pinger.ping(SILENT, LONG);
        List<CompletableFuture<Boolean>> closings = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            CompletableFuture<Boolean> doneWhenCloseReturned = new CompletableFuture<>();
            closings.add(doneWhenCloseReturned);
            new Thread(() -> {
                        pinger.close();
                        doneWhenCloseReturned.complete(pending.isDone());
                    })
                    .start();
        }

        for (CompletableFuture<Boolean> closing : closings) {
            assertThat(get(closing)).isTrue();
        }
        assertClosed(pending);
    }

    @Test
    void cancellingAGroupClosesItsSocket() throws Exception {
        try (Pinger pinger = openPinger()) {
            get(pinger.ping(LOOPBACK));
            long before = descriptors();
            CompletableFuture<GroupOutcome> group =
                    namespace.call(() -> pinger.pingGroup(Packets.address("10.8.255.255"), LONG));
            assertThat(descriptors()).isGreaterThan(before);
            group.cancel(false);

            Await.until("its socket is closed", PATIENCE, () -> descriptors() == before);
        }
    }

    @Test
    void groupsAndSweepsThatHaveEndedAreForgotten() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "user");
        try {
            PingerCore core = new PingerCore(group.next());
            ProbeOptions brief =
                    ProbeOptions.builder().timeout(Duration.ofMillis(50)).build();
            ProbeChannelOptions options = ProbeChannelOptions.of(SocketSettings.DEFAULTS, 16, Timestamps.RECEIVE);
            CompletableFuture<GroupOutcome> silent = namespace.call(
                    () -> new GroupSession(core, IpAddress.of(Packets.address("10.8.255.255")), brief, reply -> {})
                            .begin(options, new SharedObserver.InFlight()));
            Sweep sweep = namespace.call(() -> SweepStarter.begin(
                    core,
                    List.of(core.loop()),
                    List.of(core.loop()),
                    TargetSequence.of(Targets.parse("127.0.0.1")),
                    SweepOptions.builder().build(),
                    outcome -> {}));
            get(silent);
            get(sweep.completion());

            Await.until("both are forgotten", PATIENCE, () -> sessions(core) == 0);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static int sessions(PingerCore core) {
        return core.loop().submit(core::sessions).syncUninterruptibly().getNow();
    }

    @Test
    void closingOnTheThreadThatNettyTellsOfTerminationsReturns() throws Exception {
        Pinger pinger = openPinger();
        CompletableFuture<ProbeOutcome> pending = pinger.ping(SILENT, LONG);
        CompletableFuture<Boolean> doneWhenCloseReturned = new CompletableFuture<>();
        GlobalEventExecutor.INSTANCE.execute(() -> {
            try {
                pinger.close();
                doneWhenCloseReturned.complete(pending.isDone());
            } catch (Throwable t) {
                doneWhenCloseReturned.completeExceptionally(t);
            }
        });

        assertThat(get(doneWhenCloseReturned)).isTrue();
    }

    @Test
    void closingCanBeBegunWithoutWaitingForIt() throws Exception {
        Pinger pinger = openPinger();
        CompletableFuture<ProbeOutcome> pending = pinger.ping(SILENT, LONG);
        get(pinger.ping(LOOPBACK));
        CompletableFuture<Void> one = pinger.closeAsync();
        CompletableFuture<Void> another = pinger.closeAsync();
        get(one);

        assertThat(pending).isCompletedExceptionally();
        assertLoopThreadEnds();
        get(another);
        get(pinger.closeAsync());
    }

    // With the user's event loops.

    @Test
    void closingOnAUsersEventLoopCanBeAwaitedElsewhere() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "user");
        try {
            Pinger pinger = namespace.call(() -> builder.group(group).open());
            CompletableFuture<ProbeOutcome> pending = pinger.ping(SILENT, LONG);
            CompletableFuture<CompletableFuture<Void>> closing = new CompletableFuture<>();
            group.execute(() -> closing.complete(pinger.closeAsync()));
            get(get(closing));

            assertThat(pending).isCompletedExceptionally();
            assertThat(group.isShuttingDown()).isFalse();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void aSweepWhoseFutureTheUserCompletedIsStoppedWithOrWithoutTheCloseOfItsPinger() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "user");
        try {
            long before = descriptors();
            Pinger pinger = namespace.call(() -> builder.group(group).open());
            long ofThePinger = descriptors();
            Sweep cancelled = silentSweep(pinger);
            cancelled.completion().cancel(false);
            Await.until("its socket is closed", PATIENCE, () -> descriptors() == ofThePinger);
            CountDownLatch busy = new CountDownLatch(1);
            Sweep another = silentSweep(pinger);
            group.execute(() -> await(busy));
            CompletableFuture<Void> closed = pinger.closeAsync();
            another.completion().cancel(false);
            busy.countDown();
            get(closed);

            assertThat(descriptors()).isEqualTo(before);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static Sweep silentSweep(Pinger pinger) throws Exception {
        return namespace.call(() -> pinger.sweep(
                Targets.parse("10.8.0.0/24"), SweepOptions.builder().probe(LONG).build(), outcome -> {}));
    }

    /** An event loop whose queue holds a few tasks. */
    private static EventLoopGroup boundedLoop() {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bounded"), EpollIoHandler.newFactory()) {
            @Override
            protected EventLoop newChild(Executor executor, Object... arguments) {
                return new SingleThreadIoEventLoop(
                        this, executor, (IoHandlerFactory) arguments[0], 16, RejectedExecutionHandlers.reject(), 0);
            }
        };
    }

    @Test
    void closesThoughTheEventLoopTakesNoMoreTasksForAWhile() throws Exception {
        EventLoopGroup group = boundedLoop();
        try {
            long before = descriptors();
            Pinger pinger = namespace.call(() -> builder.group(group).open());
            CompletableFuture<ProbeOutcome> pending = pinger.ping(SILENT, LONG);
            get(pinger.ping(LOOPBACK));
            CountDownLatch busy = new CountDownLatch(1);
            group.execute(() -> await(busy));
            List<CompletableFuture<ProbeOutcome>> burst = new ArrayList<>();
            while (burst.isEmpty() || !burst.get(burst.size() - 1).isDone()) {
                burst.add(pinger.ping(LOOPBACK));
            }
            assertThat(get(burst.get(burst.size() - 1)))
                    .isInstanceOfSatisfying(NotSent.class, outcome -> assertThat(outcome.reason())
                            .isEqualTo(NotSent.Reason.NO_FREE_SLOT));
            CompletableFuture<Void> closed = CompletableFuture.runAsync(pinger::close);
            CompletableFuture<CorrelatorStatistics> statistics = pinger.statistics();
            busy.countDown();
            get(closed);

            assertThat(pending).isCompletedExceptionally();
            assertThat(burst).allMatch(CompletableFuture::isDone);
            Await.until("an answer", PATIENCE, statistics::isDone);
            Await.until("its sockets are closed", PATIENCE, () -> descriptors() == before);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closingLeavesTheUsersEventLoopsAlone() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(2, "user");
        try {
            Pinger pinger = namespace.call(() -> builder.group(group).open());
            CompletableFuture<ProbeOutcome> pending = pinger.ping(SILENT, LONG);
            get(pinger.ping(LOOPBACK));
            pinger.close();

            assertThat(pending).isCompletedExceptionally();
            assertThat(group.isShuttingDown()).isFalse();
            assertClosed(pinger.ping(LOOPBACK));
            try (Pinger another = namespace.call(() -> builder.group(group).open())) {
                assertThat(get(another.ping(LOOPBACK))).isInstanceOf(Replied.class);
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** Ways to end event loops. */
    static List<Named<Consumer<EventLoopGroup>>> shutdowns() {
        return List.of(
                Named.of("with a quiet period", group -> group.shutdownGracefully(50, 500, TimeUnit.MILLISECONDS)),
                Named.of("without one", group -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS)),
                Named.of(
                        "from the event loop",
                        group -> group.execute(() -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS))),
                Named.of("at once", PingerCloseIT::shutdown));
    }

    @SuppressWarnings("deprecation") // ExecutorService.close() of later JDKs calls it.
    private static void shutdown(EventLoopGroup group) {
        group.shutdown();
    }

    @ParameterizedTest
    @MethodSource("shutdowns")
    void shuttingTheUsersEventLoopsDownEndsEverythingAndCloseDoesNotHang(Consumer<EventLoopGroup> shutdown)
            throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "user");
        Pinger pinger = namespace.call(() -> builder.group(group).open());
        CompletableFuture<ProbeOutcome> ping = pinger.ping(SILENT, LONG);
        PingSeries series =
                pinger.series(SILENT, PingOptions.builder().probe(LONG).build(), result -> {});
        CompletableFuture<GroupOutcome> groupPing =
                namespace.call(() -> pinger.pingGroup(Packets.address("10.8.255.255"), LONG));
        Sweep sweep = namespace.call(() -> pinger.sweep(
                Targets.parse("10.8.0.0/24"), SweepOptions.builder().probe(LONG).build(), outcome -> {}));
        get(pinger.ping(LOOPBACK));
        // Pings come all the while.
        List<CompletableFuture<ProbeOutcome>> late = new CopyOnWriteArrayList<>();
        Thread asking = new Thread(() -> {
            while (!group.isTerminated()) {
                late.add(pinger.ping(LOOPBACK));
            }
            late.add(pinger.ping(LOOPBACK));
        });
        asking.start();
        shutdown.accept(group);
        group.terminationFuture().sync();
        asking.join();

        assertClosed(ping);
        assertClosed(groupPing);
        assertThat(get(series.completion()).received()).isZero();
        assertThat(sweep.completion()).isDone();
        assertThat(late).allMatch(CompletableFuture::isDone);
        assertClosed(late.get(late.size() - 1));
        pinger.close();
    }

    @Test
    void eventLoopsThatAreShutDownCannotBeUsed() throws Exception {
        EventLoopGroup group = IcmpEventLoops.newGroup(1, "user");
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

        assertThatThrownBy(() -> namespace.call(() -> builder.group(group).open()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shut down");
    }

    @Test
    void saysWhichEventLoopsItNeeds() {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            assertThatThrownBy(() -> namespace.call(() -> builder.group(group).open()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("EpollIoHandler");
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
