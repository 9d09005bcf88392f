package io.github.nettyping.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Answers;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whole loads against hosts that answer by script. */
@RequiresTun
class LoadIT {

    private static final Targets TARGETS = Targets.parse("198.51.100.1-4");

    private static Namespace namespace;
    private static TunResponder responder;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
        responder = TunResponder.open(namespace, Replies.echo(), "198.51.100.0/24");
        group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }

    private static LoadOptions.Builder options(Duration timeout) {
        return LoadOptions.builder()
                .probe(ProbeOptions.builder().timeout(timeout).attempts(1).build())
                .warmUp(Duration.ZERO)
                .duration(Duration.ofMillis(400));
    }

    private static Load start(Behaviour behaviour, LoadOptions options, LoadListener listener) throws Exception {
        responder.behave(behaviour);
        return namespace.call(() -> Load.start(group, TARGETS, options, listener));
    }

    private static LoadSummary run(Behaviour behaviour, LoadOptions options) throws Exception {
        return start(behaviour, options, LoadListener.NONE).completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void whatIsDroppedOnTheWayIsLost() throws Exception {
        AtomicLong probes = new AtomicLong();
        LoadSummary summary = run(
                (probe, answers) -> {
                    if (probes.getAndIncrement() % 10 != 0) {
                        Replies.echo().answer(probe, answers);
                    }
                },
                options(Duration.ofSeconds(1)).build());

        assertThat(probes).hasValue(400);
        assertThat(summary.counts().sent()).isEqualTo(400);
        assertThat(summary.counts().lost()).isEqualTo(40);
        assertThat(summary.counts().received()).isEqualTo(360);
        assertThat(summary.latencies().count()).isEqualTo(360);
        assertThat(summary.sendLags().count()).isEqualTo(400);
        assertThat(summary.intervals().stream().mapToLong(LoadInterval::lost).sum())
                .isEqualTo(40);
        assertThat(summary.offeredPerSecond()).hasValue(1_000);
    }

    @Test
    void latencyIsTheWayThereAndBackAndOurOwnLateness() throws Exception {
        LoadSummary summary = run(
                Behaviours.delayed(Duration.ofMillis(20), Replies.echo()),
                options(Duration.ofSeconds(1)).build());

        assertThat(summary.counts().received()).isEqualTo(400);
        assertThat(summary.roundTrips().minNanos().getAsLong()).isGreaterThanOrEqualTo(20_000_000);
        double sum = summary.roundTrips().meanNanos().getAsDouble()
                + summary.sendLags().meanNanos().getAsDouble();
        // And the time from the system call to the packet's departure, where the round trip begins.
        assertThat(summary.latencies().meanNanos().getAsDouble()).isBetween(sum * 0.9999, sum + 15_000_000);
    }

    @Test
    void waitingForItThrowsOnEveryLoopOfTheGroupUntilItIsDone() throws Exception {
        Load load = start(
                Replies.echo(),
                options(Duration.ofSeconds(1)).duration(Duration.ofHours(1)).build(),
                LoadListener.NONE);
        for (EventExecutor loop : group) {
            assertThat(waitOn(loop, load)).isInstanceOf(BlockingOperationException.class);
        }
        load.stop();
        load.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        for (EventExecutor loop : group) {
            assertThat(waitOn(loop, load)).isNull();
        }
    }

    private static Throwable waitOn(EventExecutor loop, Load load) throws Exception {
        return loop.submit(() -> catchThrowable(() -> load.completion().join()))
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Neither the probes that should have gone out meanwhile are missing, nor does their wait. */
    @Test
    void aPauseOfTheLoopIsInTheLatencies() throws Exception {
        AtomicBoolean paused = new AtomicBoolean();
        LoadSummary summary = start(
                        Replies.echo(), options(Duration.ofSeconds(1)).build(), (outcome, lag) -> {
                            if (!paused.getAndSet(true)) {
                                long end = System.nanoTime() + 100_000_000;
                                while (System.nanoTime() - end < 0) {
                                    LockSupport.parkNanos(end - System.nanoTime());
                                }
                            }
                        })
                .completion()
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(summary.counts().received()).isEqualTo(400);
        assertThat(summary.latencies().maxNanos().getAsLong()).isGreaterThan(95_000_000);
        assertThat(summary.sendLags().maxNanos().getAsLong()).isGreaterThan(95_000_000);
        // A hundred probes were due in that time, evenly: half of them waited for more than half of it.
        assertThat(summary.latencies().percentileNanos(87).getAsLong()).isGreaterThan(40_000_000);
        assertThat(summary.loopStalls().longestNanos()).isGreaterThan(90_000_000);
        assertThat(summary.loopStalls().count()).isPositive();
    }

    @Test
    void waitingForAFullWindowIsLatenessAndWhatIsNeverSentIsTold() throws Exception {
        LoadSummary summary = run(
                Behaviours.silent(),
                options(Duration.ofMillis(100)).maxInFlight(10).build());

        LoadSummary.Counts counts = summary.counts();
        assertThat(summary.maxInFlight()).isEqualTo(10);
        assertThat(counts.lost()).isEqualTo(counts.sent()).isLessThan(200);
        assertThat(counts.sent() + counts.unsent()).isEqualTo(400);
        assertThat(summary.sendLags().maxNanos().getAsLong()).isGreaterThan(90_000_000);
        assertThat(summary.silentTargets()).isEqualTo(4);
        assertThat(summary.latencies().maxNanos()).isEmpty();
    }

    @Test
    void warmUpIsSentAndNotCounted() throws Exception {
        long before = responder.probes();
        List<Long> heard = new ArrayList<>();
        LoadSummary summary = start(
                        Replies.echo(),
                        options(Duration.ofSeconds(1))
                                .warmUp(Duration.ofMillis(200))
                                .build(),
                        (outcome, lag) -> heard.add(lag.orElseThrow()))
                .completion()
                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(responder.probes() - before).isEqualTo(600);
        assertThat(summary.counts().received()).isEqualTo(400);
        assertThat(heard).hasSize(400);
    }

    @Test
    void loopsShareTheRate() throws Exception {
        LoadSummary summary =
                run(Replies.echo(), options(Duration.ofSeconds(1)).loops(2).build());

        assertThat(summary.counts().received()).isEqualTo(400);
        assertThat(summary.loops()).isEqualTo(2);
        assertThat(summary.silentTargets()).isZero();
        assertThatThrownBy(() -> run(
                        Replies.echo(), options(Duration.ofSeconds(1)).loops(3).build()))
                .hasMessage("loops: 3 (expected: at most 2, as many as the group has; make it with 3 threads or more)");
    }

    @Test
    void repliesCanSetThePace() throws Exception {
        LoadSummary summary = run(
                Replies.echo(),
                options(Duration.ofSeconds(2))
                        .asFastAsRepliesReturn()
                        .maxInFlight(64)
                        .build());

        assertThat(summary.counts().received()).isGreaterThan(64);
        assertThat(summary.counts().sent())
                .isEqualTo(summary.counts().received() + summary.counts().lost());
        assertThat(summary.offeredPerSecond()).isEmpty();
        assertThat(summary.sendLags().count()).isZero();
        assertThat(summary.latencies().maxNanos())
                .isEqualTo(summary.roundTrips().maxNanos());
    }

    @Test
    void aStoppedLoadTellsWhatIsKnown() throws Exception {
        long before = responder.probes();
        Load load = start(
                Behaviours.silent(),
                options(Duration.ofSeconds(30)).duration(Duration.ofSeconds(60)).build(),
                LoadListener.NONE);
        Await.until("some probes are out", Await.LIMIT, () -> responder.probes() - before > 20);
        load.stop();
        LoadSummary summary = load.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(summary.stopped()).isTrue();
        assertThat(summary.counts().unfinished())
                .isGreaterThan(20)
                .isEqualTo(summary.counts().sent());
        assertThat(summary.counts().lost()).isZero();
    }

    @Test
    void searchEndsNearWhatAHostBears() throws Exception {
        List<LoadSearch.Trial> trials = new ArrayList<>();
        LoadSearch.Result result = search(trials);
        // Where others have the processors, this machine may be the limit, and is told to be.
        for (int i = 0; i < 2 && result.limit().equals(Optional.of(LoadSearch.Limit.SENDER)); i++) {
            trials.clear();
            result = search(trials);
        }

        assertThat(result.limit()).hasValue(LoadSearch.Limit.LOSS);
        assertThat(result.probesPerSecond().getAsLong()).isBetween(1_000L, 4_700L);
        assertThat(result.last().counts().lost()).isZero();
        assertThat(result.trials()).isEqualTo(trials.size());
        assertThat(trials.get(trials.size() - 1).confirmation()).isTrue();
    }

    private static LoadSearch.Result search(List<LoadSearch.Trial> trials) throws Exception {
        responder.behave(atMost(4_000));
        return namespace.call(() -> new LoadSearch(
                        group,
                        TARGETS,
                        options(Duration.ofMillis(600))
                                .warmUp(Duration.ofMillis(100))
                                .duration(Duration.ofMillis(600))
                                .build(),
                        new LoadSearchOptions(1_000, 64_000, 0.3, Duration.ofMillis(400)),
                        trials::add)
                .run());
    }

    /** A host that drops what exceeds a rate, of which it takes 60 ms' worth at once. */
    private static Behaviour atMost(long perSecond) {
        double depth = perSecond * 0.06;
        return new Behaviour() {
            private double tokens = depth;
            private long last = System.nanoTime();

            @Override
            public void answer(ProbePacket probe, Answers answers) {
                long now = System.nanoTime();
                tokens = Math.min(depth, tokens + (now - last) * 1e-9 * perSecond);
                last = now;
                if (tokens >= 1) {
                    tokens--;
                    Replies.echo().answer(probe, answers);
                }
            }
        };
    }
}
