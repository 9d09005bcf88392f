package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.nettyping.channel.IcmpUnavailableException;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.BlockingOperationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole sweeps inside namespaces without a way out. */
@RequiresNamespaces
class SweepIT {

    private static Namespace near;
    private static Namespace far;
    private static EventLoopGroup group;

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        Link.between(near, far).answerMany();
        group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        far.close();
        near.close();
    }

    /** What one sweep gave. */
    private record Result(SweepSummary summary, List<ProbeOutcome> outcomes) {

        <T extends ProbeOutcome> List<T> of(Class<T> type) {
            return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    private static Result sweep(String words, SweepOptions options) throws Exception {
        Targets.Builder builder = Targets.builder().allAddresses(true);
        for (String word : words.split(" ", -1)) {
            builder.add(word);
        }
        Targets targets = builder.build();
        // The listener is called by one thread, and the future orders its end before this one.
        List<ProbeOutcome> outcomes = new ArrayList<>();
        Sweep sweep = near.call(() -> Sweep.start(group, targets, options, outcomes::add));
        return new Result(sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS), outcomes);
    }

    private static SweepOptions.Builder once(Duration timeout) {
        return SweepOptions.builder()
                .probe(ProbeOptions.builder().timeout(timeout).attempts(1).build());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/16, RAW",
        "127.0.0.0/16, DGRAM",
        "198.19.0.0/16, RAW",
        "198.19.0.0/16, DGRAM",
        "fd00:19::/112, RAW",
        "fd00:19::/112, DGRAM"
    })
    void findsEachOf65536LiveHostsOnce(String prefix, SocketPolicy policy) throws Exception {
        Result result =
                sweep(prefix, SweepOptions.builder().socketPolicy(policy).build());

        Set<IpAddress> alive = new HashSet<>();
        result.of(Replied.class).forEach(reply -> alive.add(reply.from()));
        assertThat(alive).hasSize(65_536);
        assertThat(result.outcomes()).hasSize(65_536);
        assertThat(result.summary().localDrops()).isZero();
        assertThat(result.summary().statistics().outcomes().timedOut()).isZero();
        assertThat(result.summary().stopped()).isFalse();
    }

    /** Counts, throws, and notes how many are in flight in the end. */
    private static final class Meter implements ProbeObserver {
        private int sent;
        private int outcomes;
        private int inFlight;

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            sent++;
            throw new IllegalStateException("an observer's own trouble");
        }

        @Override
        public void onOutcome(ProbeOutcome outcome) {
            outcomes++;
        }

        @Override
        public void onInFlight(int probes) {
            inFlight = probes;
        }
    }

    @Test
    void anObserverHearsOfEachProbeOfBothFamiliesAndDisturbsNoneIfItThrows() throws Exception {
        Meter meter = new Meter();
        Result result =
                sweep("127.0.0.0/24 ::1", SweepOptions.builder().observer(meter).build());

        assertThat(result.of(Replied.class)).hasSize(257);
        assertThat(meter.sent).isEqualTo(257);
        assertThat(meter.outcomes).isEqualTo(257);
        assertThat(meter.inFlight).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    @RequiresTun
    void waitsForSilentHostsOnceAndAllTogether(SocketPolicy policy) throws Exception {
        try (TunResponder tun = TunResponder.open(near, Behaviours.silent(), "10.2.0.0/16")) {
            Result result = sweep(
                    "10.2.0.0/20",
                    once(Duration.ofSeconds(1)).socketPolicy(policy).build());

            assertThat(result.of(TimedOut.class)).hasSize(4_096);
            assertThat(result.summary().elapsedNanos())
                    // One after the other would take an hour.
                    .isBetween(TimeUnit.SECONDS.toNanos(1), TimeUnit.MINUTES.toNanos(1));
            assertThat(tun.probes()).isEqualTo(4_096);
        }
    }

    @Test
    @RequiresTun
    void triesASilentHostAgainAndCreditsTheTryThatWasAnswered() throws Exception {
        var behaviour = Behaviours.byAttempt(Behaviours.silent(), Behaviours.silent(), Replies.echo());
        try (TunResponder tun = TunResponder.open(near, behaviour, "10.4.0.0/24")) {
            SweepOptions options = SweepOptions.builder()
                    .probe(ProbeOptions.builder()
                            .timeout(Duration.ofMillis(500))
                            .attempts(4)
                            .backoff(1)
                            .build())
                    .build();
            Result result = sweep("10.4.0.0/28", options);

            assertThat(result.of(Replied.class)).hasSize(16).allSatisfy(reply -> {
                assertThat(reply.attempt()).isEqualTo(3);
                // From the first try on it would be two timeouts more.
                assertThat(reply.rttNanos()).isLessThan(TimeUnit.SECONDS.toNanos(1));
            });
            assertThat(result.summary().statistics().furtherTries()).isEqualTo(32);
            assertThat(tun.probes()).isEqualTo(48);
        }
    }

    @Test
    void sweepsBothFamiliesAtOnce() throws Exception {
        Targets targets = Targets.parse("127.0.0.0/24", "::1");
        AtomicInteger alive = new AtomicInteger();
        Sweep sweep = near.call(
                () -> Sweep.start(group, targets, SweepOptions.builder().build(), outcome -> alive.incrementAndGet()));
        SweepSummary summary = sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(alive).hasValue(255);
        assertThat(summary.sockets()).hasSize(2);
        assertThat(summary.statistics().replies()).isEqualTo(255);
    }

    @ParameterizedTest
    @ValueSource(longs = {4_000, 20_000})
    void keepsToTheRateAskedFor(long rate) throws Exception {
        int hosts = 4_096;
        Result result = sweep(
                "127.0.0.0/20",
                once(Duration.ofSeconds(1))
                        .probesPerSecond(Math.max(rate, 4_000))
                        .build());

        assertThat(result.of(Replied.class)).hasSize(hosts);
        assertThat(result.summary().probesPerSecond().orElseThrow()).isLessThan(1.05 * rate);
    }

    @Test
    void stopsWhenAskedAndSaysSo() throws Exception {
        Targets targets = Targets.parse("127.0.0.0/16");
        CopyOnWriteArrayList<ProbeOutcome> outcomes = new CopyOnWriteArrayList<>();
        Sweep sweep = near.call(() -> Sweep.start(
                group, targets, SweepOptions.builder().probesPerSecond(1_000).build(), outcomes::add));
        Await.until("some outcomes", Await.LIMIT, () -> outcomes.size() >= 10);
        sweep.stop();
        SweepSummary summary = sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(summary.stopped()).isTrue();
        assertThat(summary.targets()).isEqualTo(65_534);
        assertThat(outcomes).hasSizeLessThan(65_534).allMatch(Replied.class::isInstance);
    }

    @Test
    void goesOnWhenTheListenerThrows() throws Exception {
        Targets targets = Targets.parse("127.0.0.0/24");
        AtomicInteger calls = new AtomicInteger();
        Sweep sweep = near.call(
                () -> Sweep.start(group, targets, SweepOptions.builder().build(), outcome -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("a listener's own trouble");
                }));
        SweepSummary summary = sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(calls).hasValue(254);
        assertThat(summary.statistics().replies()).isEqualTo(254);
    }

    @Test
    void waitingForTheEndOnTheEventLoopThrows() throws Exception {
        Targets targets = Targets.parse("127.0.0.1");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Sweep> started = new CompletableFuture<>();
        Sweep sweep = near.call(() -> Sweep.start(
                group,
                targets,
                SweepOptions.builder().build(),
                outcome -> thrown.complete(
                        catchThrowable(() -> started.join().completion().join()))));
        started.complete(sweep);

        assertThat(thrown.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(BlockingOperationException.class);
        sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void saysAtOnceWhatIsMissingWhenNoSocketIsPermitted() throws Exception {
        try (Namespace closed = Namespace.createWithoutPingSockets()) {
            SweepOptions options =
                    SweepOptions.builder().socketPolicy(SocketPolicy.DGRAM).build();
            assertThatThrownBy(() -> closed.call(
                            () -> Sweep.start(group, Targets.parse("127.0.0.1", "::1"), options, outcome -> {})))
                    .isInstanceOf(IcmpUnavailableException.class)
                    .hasMessageContaining("ping_group_range");
        }
    }

    @Test
    void lowersTheWindowToWhatTheReceiveBufferHolds() throws Exception {
        Result result = sweep(
                "127.0.0.0/16",
                SweepOptions.builder().receiveBufferBytes(64 << 10).build());

        assertThat(result.summary().maxInFlight()).isEqualTo(128 * 1024 / 832);
        assertThat(result.of(Replied.class)).hasSize(65_536);
        assertThat(result.summary().localDrops()).isZero();
    }
}
