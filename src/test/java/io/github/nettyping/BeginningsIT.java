package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.load.Load;
import io.github.nettyping.load.LoadListener;
import io.github.nettyping.load.LoadOptions;
import io.github.nettyping.load.LoadSummary;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.github.nettyping.trace.Trace;
import io.github.nettyping.trace.TraceOptions;
import io.github.nettyping.trace.TraceSummary;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.BlockingOperationException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sweeps, traces and loads are begun, awaited and ended alike, be it by a pinger or by a group of event loops. */
@RequiresTun
class BeginningsIT {

    private static final Targets HERE = Targets.parse("127.0.0.1");
    private static final Targets SILENT = Targets.parse("10.8.0.0/28");
    private static final Duration LONG = Duration.ofMinutes(10);

    private static Namespace namespace;
    private static TunResponder tun;
    private static EventLoopGroup group;

    /** What each of the three hands out. */
    private record Handle(CompletableFuture<?> completion, Runnable stop) {

        Object end() throws Exception {
            return completion.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** What is begun. */
    enum Kind {
        SWEEP {
            @Override
            Handle begin(EventLoopGroup loops, Targets targets, Runnable told) {
                Sweep sweep = Sweep.start(loops, targets, sweepOptions(targets), outcome -> told.run());
                return new Handle(sweep.completion(), sweep::stop);
            }

            @Override
            Handle begin(Pinger pinger, Targets targets, Runnable told) {
                Sweep sweep = pinger.sweep(targets, sweepOptions(targets), outcome -> told.run());
                return new Handle(sweep.completion(), sweep::stop);
            }
        },
        TRACE {
            @Override
            Handle begin(EventLoopGroup loops, Targets targets, Runnable told) {
                Trace trace = Trace.start(loops, targets, traceOptions(targets), result -> told.run());
                return new Handle(trace.completion(), trace::stop);
            }

            @Override
            Handle begin(Pinger pinger, Targets targets, Runnable told) {
                Trace trace = pinger.trace(targets, traceOptions(targets), result -> told.run());
                return new Handle(trace.completion(), trace::stop);
            }
        },
        LOAD {
            @Override
            Handle begin(EventLoopGroup loops, Targets targets, Runnable told) {
                Load load = Load.start(loops, targets, loadOptions(targets), (outcome, lag) -> told.run());
                return new Handle(load.completion(), load::stop);
            }

            @Override
            Handle begin(Pinger pinger, Targets targets, Runnable told) {
                Load load = pinger.load(targets, loadOptions(targets), (outcome, lag) -> told.run());
                return new Handle(load.completion(), load::stop);
            }
        };

        /** Begins with sockets of its own. */
        abstract Handle begin(EventLoopGroup loops, Targets targets, Runnable told);

        /** Begins what ends with a pinger. */
        abstract Handle begin(Pinger pinger, Targets targets, Runnable told);
    }

    private static Duration timeout(Targets targets) {
        return targets == SILENT ? LONG : Duration.ofSeconds(10);
    }

    private static SweepOptions sweepOptions(Targets targets) {
        return SweepOptions.builder()
                .probe(ProbeOptions.builder().timeout(timeout(targets)).build())
                .build();
    }

    private static TraceOptions traceOptions(Targets targets) {
        return TraceOptions.builder().timeout(timeout(targets)).build();
    }

    private static LoadOptions loadOptions(Targets targets) {
        return LoadOptions.builder()
                .probe(ProbeOptions.builder()
                        .timeout(timeout(targets))
                        .attempts(1)
                        .build())
                .warmUp(Duration.ZERO)
                .duration(targets == SILENT ? LONG : Duration.ofMillis(50))
                .build();
    }

    private static boolean wasStopped(Object summary) {
        if (summary instanceof SweepSummary sweep) {
            return sweep.stopped();
        }
        return summary instanceof TraceSummary trace ? trace.stopped() : ((LoadSummary) summary).stopped();
    }

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
        tun = TunResponder.open(namespace, Behaviours.silent(), "10.8.0.0/16");
        group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        tun.close();
        namespace.close();
    }

    private static Pinger openPinger() throws Exception {
        return namespace.call(() -> Pinger.builder().group(group).open());
    }

    @ParameterizedTest
    @EnumSource
    void theListenerHearsAllBeforeTheSummaryComes(Kind kind) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        Handle own = namespace.call(() -> kind.begin(group, HERE, () -> told.add("own")));
        assertThat(wasStopped(own.end())).isFalse();
        assertThat(told).isNotEmpty();
        told.clear();
        try (Pinger pinger = openPinger()) {
            Handle pingers = namespace.call(() -> kind.begin(pinger, HERE, () -> told.add("pinger's")));
            assertThat(wasStopped(pingers.end())).isFalse();
        }
        assertThat(told).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStoppedCompletesAndSaysSo(Kind kind) throws Exception {
        Handle own = namespace.call(() -> kind.begin(group, SILENT, () -> {}));
        own.stop().run();
        assertThat(wasStopped(own.end())).isTrue();
        try (Pinger pinger = openPinger()) {
            Handle pingers = namespace.call(() -> kind.begin(pinger, SILENT, () -> {}));
            pingers.stop().run();
            assertThat(wasStopped(pingers.end())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePingersCloseStopsIt(Kind kind) throws Exception {
        Pinger pinger = openPinger();
        Handle begun = namespace.call(() -> kind.begin(pinger, SILENT, () -> {}));
        pinger.close();

        assertThat(wasStopped(begun.end())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aClosedPingerBeginsNothing(Kind kind) throws Exception {
        Pinger pinger = openPinger();
        pinger.close();
        Handle begun = namespace.call(() -> kind.begin(pinger, HERE, () -> {}));

        assertThatThrownBy(begun::end)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
        begun.stop().run();
    }

    @ParameterizedTest
    @EnumSource
    void waitingOnItsEventLoopThrows(Kind kind) throws Exception {
        EventLoop loop = group.next();
        Handle begun = namespace.call(() -> kind.begin(loop, SILENT, () -> {}));

        assertThat(loop.submit(() -> {
                            try {
                                begun.completion().join();
                                return false;
                            } catch (BlockingOperationException e) {
                                return true;
                            }
                        })
                        .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        begun.stop().run();
        begun.end();
    }

    @ParameterizedTest
    @EnumSource
    void whoCompletesTheFutureStopsIt(Kind kind) throws Exception {
        Handle begun = namespace.call(() -> kind.begin(group, SILENT, () -> {}));
        // A ping socket is listed once it is bound, which is done on the event loop.
        Await.until("it has sockets", Await.LIMIT, () -> sockets() > 0);
        begun.completion().cancel(false);

        Await.until("its sockets are closed", Await.LIMIT, () -> sockets() == 0);
    }

    /** Returns how many sockets for ICMP over IPv4 the namespace has. */
    private static long sockets() {
        try {
            return namespace.call(() -> {
                long lines = 0;
                for (String table : List.of("icmp", "raw")) {
                    lines += Files.readAllLines(Path.of("/proc/thread-self/net", table))
                                    .size()
                            - 1;
                }
                return lines;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGroupThatEndsEndsIt(Kind kind) throws Exception {
        EventLoopGroup own = IcmpEventLoops.newGroup(1, "own");
        Handle begun = namespace.call(() -> kind.begin(own, SILENT, () -> {}));
        own.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();

        assertThatThrownBy(begun::end)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedChannelException.class);
    }

    /** As one that always names its least busy loop. */
    @Test
    void aGroupMayNameTheSameEventLoopTwice() throws Exception {
        EventLoopGroup stubborn = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory()) {
            @Override
            public IoEventLoop next() {
                return (IoEventLoop) iterator().next();
            }
        };
        SweepOptions sweep = SweepOptions.builder().loops(2).build();
        LoadOptions load = loadOptions(HERE).toBuilder().loops(2).build();
        try {
            assertThat(namespace
                            .call(() -> Sweep.start(stubborn, HERE, sweep, outcome -> {}))
                            .completion()
                            .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .loops())
                    .isEqualTo(2);
            assertThat(namespace
                            .call(() -> Load.start(stubborn, HERE, load, LoadListener.NONE))
                            .completion()
                            .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .loops())
                    .isEqualTo(2);
        } finally {
            stubborn.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void aTraceOfTargetsThatComeOneByOneHasSocketsOfItsOwnToo() throws Exception {
        TraceSummary summary = namespace
                .call(() -> Trace.start(
                        group,
                        () -> Stream.of("127.0.0.1", "127.0.0.2")
                                .map(Packets::address)
                                .iterator(),
                        traceOptions(HERE),
                        result -> {}))
                .completion()
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(summary.targets()).isEqualTo(2);
        assertThat(summary.answers()).isEqualTo(6);
    }

    @Test
    void aTraceOfItsOwnFindsThePathMtu() throws Exception {
        int[] found = new int[1];
        TraceOptions options = TraceOptions.builder().pathMtu(true).build();
        namespace
                .call(() -> Trace.start(
                        group,
                        HERE,
                        options,
                        result -> found[0] = result.pathMtu().orElseThrow()))
                .completion()
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        // That of the loopback interface, or as much as a packet can have.
        assertThat(found[0]).isEqualTo(65_535);
    }

    @Test
    void aTraceOfNobodyEndsAtOnce() throws Exception {
        TraceSummary summary = Trace.start(group, Targets.builder().build(), TraceOptions.defaults(), result -> {})
                .completion()
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(summary.targets()).isZero();
        assertThat(summary.stopped()).isFalse();
    }
}
