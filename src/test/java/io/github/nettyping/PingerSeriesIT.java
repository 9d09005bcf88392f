package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.codec.RedirectMessage;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.IcmpErrorOutcome;
import io.github.nettyping.probe.Pace;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.statistics.PingStatistics;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Series, publishers and sweeps of a pinger on real sockets, inside a namespace without a way out. */
@RequiresNamespaces
@RequiresTun
class PingerSeriesIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final InetAddress LOOPBACK = Packets.address("127.0.0.1");
    private static final String HOSTS = "10.9.0.0/16";
    private static final InetAddress HOST = Packets.address("10.9.0.1");

    private static Namespace namespace;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
    }

    @AfterAll
    static void close() {
        namespace.close();
    }

    /** Written on the event loop, read by the test. */
    private static class Recorder implements PingListener {
        private final List<Long> sent = new CopyOnWriteArrayList<>();
        private final List<PingResult> results = new CopyOnWriteArrayList<>();
        private final List<Long> duplicates = new CopyOnWriteArrayList<>();
        private final List<Long> late = new CopyOnWriteArrayList<>();
        private final List<Long> errors = new CopyOnWriteArrayList<>();

        @Override
        public void onResult(PingResult result) {
            results.add(result);
        }

        @Override
        public void onSent(long sequence, int attempt, long sentAtNanos) {
            sent.add(sequence);
        }

        @Override
        public void onDuplicate(long sequence, Replied reply) {
            duplicates.add(sequence);
        }

        @Override
        public void onLate(long sequence, Replied reply) {
            late.add(sequence);
        }

        @Override
        public void onError(long sequence, IcmpErrorOutcome error) {
            errors.add(sequence);
        }
    }

    private static Pinger openPinger(SocketPolicy policy) throws Exception {
        return namespace.call(() -> Pinger.builder().socketPolicy(policy).open());
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static PingOptions.Builder every(int millis) {
        return PingOptions.builder().interval(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void countsAndTellsRepliesAndTheirCopies(SocketPolicy policy) throws Exception {
        Recorder recorder = new Recorder();
        try (Pinger pinger = openPinger(policy);
                TunResponder tun = TunResponder.open(namespace, Replies.duplicate(3), HOSTS)) {
            // The copies of the last reply may come after the end, and then nobody hears of them.
            PingSeries series = pinger.series(HOST, every(50).count(4).build(), recorder);
            PingStatistics statistics = get(series.completion());

            assertThat(recorder.sent).containsExactly(1L, 2L, 3L, 4L);
            assertThat(recorder.results).extracting(PingResult::sequence).containsExactly(1L, 2L, 3L, 4L);
            assertThat(recorder.results)
                    .allMatch(result -> result.outcome() instanceof Replied reply
                            && reply.from().equals(IpAddress.of(HOST)));
            assertThat(recorder.duplicates).startsWith(1L, 1L, 2L, 2L, 3L, 3L);
            assertThat(statistics.sent()).isEqualTo(4);
            assertThat(statistics.received()).isEqualTo(4);
            assertThat(statistics.duplicates()).isGreaterThanOrEqualTo(6);
            assertThat(statistics.loss()).isZero();
            Await.until("three answers to each", PATIENCE, () -> tun.answers() == 12);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void tellsErrorsBeforeTheyAreResultsAndCountsEachOnce(SocketPolicy policy) throws Exception {
        Recorder recorder = new Recorder();
        IcmpError refusal = IcmpError.unreachable(1, Packets.address("10.8.8.8"));
        PingOptions options = every(10)
                .count(3)
                .probe(ProbeOptions.builder()
                        .timeout(Duration.ofMillis(200))
                        .attempts(1)
                        .build())
                .build();
        try (Pinger pinger = openPinger(policy);
                TunResponder tun = TunResponder.open(namespace, refusal, HOSTS)) {
            PingStatistics statistics =
                    get(pinger.series(HOST, options, recorder).completion());

            assertThat(recorder.errors).containsExactly(1L, 2L, 3L);
            assertThat(recorder.results)
                    .hasSize(3)
                    .allMatch(result -> result.outcome().kind() == ProbeOutcome.Kind.UNREACHABLE);
            assertThat(statistics.errors()).isEqualTo(3);
            assertThat(statistics.sent()).isEqualTo(3);
            assertThat(statistics.loss()).isOne();
            assertThat(tun.probes()).isEqualTo(3);
        }
    }

    @Test
    void tellsLateRepliesWhileItGoesOn() throws Exception {
        Recorder recorder = new Recorder();
        PingOptions options = every(10)
                .probe(ProbeOptions.builder()
                        .timeout(Duration.ofMillis(20))
                        .attempts(1)
                        .build())
                .build();
        try (Pinger pinger = openPinger(SocketPolicy.DGRAM_RAW);
                TunResponder tun = TunResponder.open(
                        namespace, Behaviours.delayed(Duration.ofMillis(150), Replies.echo()), HOSTS)) {
            PingSeries series = pinger.series(HOST, options, recorder);
            Await.until("late replies", PATIENCE, () -> recorder.late.size() >= 3);
            series.stop();
            PingStatistics statistics = get(series.completion());

            assertThat(recorder.late).startsWith(1L, 2L, 3L);
            assertThat(recorder.results).allMatch(result -> result.outcome().kind() == ProbeOutcome.Kind.TIMED_OUT);
            assertThat(statistics.received()).isZero();
            Await.until("what was sent has come", PATIENCE, () -> tun.probes() >= statistics.sent());
        }
    }

    @Test
    void stoppingCompletesAtOnceWhateverWaits() throws Exception {
        Recorder recorder = new Recorder();
        PingOptions options = every(1).probe(
                        ProbeOptions.builder().timeout(Duration.ofHours(1)).build())
                .build();
        try (Pinger pinger = openPinger(SocketPolicy.DGRAM_RAW);
                TunResponder tun = TunResponder.open(namespace, Behaviours.silent(), HOSTS)) {
            PingSeries series = pinger.series(HOST, options, recorder);
            Await.until("some probes are out", PATIENCE, () -> tun.probes() >= 20);
            series.stop();
            PingStatistics statistics = get(series.completion());

            assertThat(statistics.sent()).isGreaterThanOrEqualTo(20);
            assertThat(statistics.received()).isZero();
            assertThat(recorder.results).isEmpty();
            assertThat(get(pinger.statistics()).inFlight()).isZero();
        }
    }

    @Test
    void aListHasEveryResult() throws Exception {
        try (Pinger pinger = openPinger(SocketPolicy.DGRAM_RAW)) {
            List<PingResult> results =
                    get(pinger.series(LOOPBACK, every(1).count(100).build()));

            assertThat(results)
                    .extracting(PingResult::sequence)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
            assertThat(results).allMatch(result -> result.outcome() instanceof Replied);
        }
    }

    @Test
    void seriesOfManyHostsGoSideBySide() throws Exception {
        try (Pinger pinger = openPinger(SocketPolicy.DGRAM_RAW)) {
            List<CompletableFuture<List<PingResult>>> futures = LongStream.range(0, 200)
                    .mapToObj(i -> pinger.series(
                            IpAddress.ofIpv4(0x7f00_0101 + (int) i).toInetAddress(),
                            every(5).count(10).build()))
                    .toList();
            for (int i = 0; i < futures.size(); i++) {
                IpAddress host = IpAddress.ofIpv4(0x7f00_0101 + i);
                assertThat(get(futures.get(i)))
                        .hasSize(10)
                        .allMatch(result -> ((Replied) result.outcome()).from().equals(host));
            }
        }
    }

    @Test
    void aSubscriberGetsAsManyResultsAsItRequests() throws Exception {
        List<Long> sequences = new CopyOnWriteArrayList<>();
        CompletableFuture<Flow.Subscription> subscribed = new CompletableFuture<>();
        CompletableFuture<Boolean> completed = new CompletableFuture<>();
        try (Pinger pinger = openPinger(SocketPolicy.DGRAM_RAW);
                TunResponder tun = TunResponder.open(namespace, Replies.echo(), HOSTS)) {
            pinger.publisher(HOST, every(1).count(50).build()).subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscribed.complete(subscription);
                }

                @Override
                public void onNext(PingResult result) {
                    sequences.add(result.sequence());
                }

                @Override
                public void onError(Throwable cause) {
                    completed.completeExceptionally(cause);
                }

                @Override
                public void onComplete() {
                    completed.complete(true);
                }
            });
            Flow.Subscription subscription = get(subscribed);
            subscription.request(10);
            Await.until("what was requested", PATIENCE, () -> sequences.size() == 10);
            assertThat(tun.probes()).isEqualTo(10);
            subscription.request(40);

            assertThat(get(completed)).isTrue();
            assertThat(sequences)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 50).boxed().toList());
            assertThat(tun.probes()).isEqualTo(50);
        }
    }

    @Test
    void aSweepRunsBesidePings() throws Exception {
        List<ProbeOutcome> outcomes = new CopyOnWriteArrayList<>();
        try (Pinger pinger = openPinger(SocketPolicy.DGRAM_RAW)) {
            Sweep sweep = namespace.call(() -> pinger.sweep(
                    Targets.parse("127.0.0.0/24"), SweepOptions.builder().build(), outcomes::add));
            CompletableFuture<ProbeOutcome> ping = pinger.ping(LOOPBACK);

            assertThat(get(sweep.completion()).stopped()).isFalse();
            assertThat(outcomes).hasSize(254).allMatch(Replied.class::isInstance);
            assertThat(get(ping)).isInstanceOf(Replied.class);
            assertThat(get(pinger.statistics()).replies())
                    .as("sweeps count for themselves")
                    .isOne();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void aFloodIsAsFastAsItsAnswers(SocketPolicy policy) throws Exception {
        try (Pinger pinger = openPinger(policy)) {
            PingOptions flood = PingOptions.builder()
                    .pace(Pace.asAnswered(Duration.ofSeconds(5)))
                    .count(500)
                    .build();
            List<PingResult> results = get(pinger.series(LOOPBACK, flood));

            assertThat(results).hasSize(500).allMatch(result -> result.outcome() instanceof Replied);
            assertThat(pinger.identifier(IpFamily.IPV4).orElseThrow()).isBetween(1, 65_535);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void aRedirectIsANoticeAndNoError(SocketPolicy policy) throws Exception {
        InetAddress router = Packets.address("10.9.0.254");
        List<IcmpErrorOutcome> notices = new CopyOnWriteArrayList<>();
        Recorder recorder = new Recorder() {
            @Override
            public void onNotice(long sequence, IcmpErrorOutcome notice) {
                notices.add(notice);
            }
        };
        // Gateway 10.9.0.253.
        Behaviour redirected = Behaviours.all(IcmpError.of(5, 1, router).rest(0x0a09_00fd), Replies.echo());
        try (Pinger pinger = namespace.call(() -> Pinger.builder()
                        .socketPolicy(policy)
                        .option(IcmpChannelOption.RECEIVE_NOTICES, true)
                        .open());
                TunResponder tun = TunResponder.open(namespace, redirected, HOSTS)) {
            PingSeries series = pinger.series(HOST, every(50).count(2).build(), recorder);
            PingStatistics statistics = get(series.completion());

            assertThat(statistics.received()).isEqualTo(2);
            assertThat(statistics.errors()).isZero();
            assertThat(notices).hasSizeGreaterThanOrEqualTo(1).allSatisfy(notice -> {
                assertThat(notice.error().from()).contains(IpAddress.of(router));
                assertThat(((RedirectMessage) notice.error()).gateway())
                        .isEqualTo(IpAddress.of(Packets.address("10.9.0.253")));
            });
            assertThat(tun.probes()).isEqualTo(2);
        }
    }
}
