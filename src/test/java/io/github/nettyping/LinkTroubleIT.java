package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.internal.route.LinkHistory;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.DroppedLocally;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepRate;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cable is pulled, or its MTU lowered, while probes are out to hosts that answer: none of them times out. */
@RequiresNamespaces
class LinkTroubleIT {

    private static final Duration OUTAGE = Duration.ofSeconds(1);
    private static final int HOSTS = 4_096;

    private Namespace near;
    private Namespace far;
    private Link link;

    @BeforeEach
    void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far).answerMany();
    }

    @AfterEach
    void close() {
        near.close();
        far.close();
    }

    private void pullTheCable() {
        pullTheCable(OUTAGE);
    }

    private void pullTheCable(Duration outage) {
        far.ip("link", "set", "dev", link.device(), "down");
        long begin = System.nanoTime();
        Await.until("the outage is over", Await.LIMIT, () -> System.nanoTime() - begin >= outage.toNanos());
        far.ip("link", "set", "dev", link.device(), "up");
    }

    private void lowerTheMtu() {
        // Below the replies, which have 84 bytes.
        near.ip("link", "set", "dev", link.device(), "mtu", "68");
        near.ip("link", "set", "dev", link.device(), "mtu", "1500");
    }

    /** What became of every target. */
    private static final class Verdicts {

        private final Map<IpAddress, ProbeOutcome> outcomes = new ConcurrentHashMap<>();
        private final AtomicLong alive = new AtomicLong();

        void onOutcome(ProbeOutcome outcome) {
            outcomes.put(outcome.probe().target(), outcome);
            if (outcome instanceof Replied) {
                alive.incrementAndGet();
            }
        }

        long count(Class<? extends ProbeOutcome> kind) {
            return outcomes.values().stream().filter(kind::isInstance).count();
        }
    }

    private SweepSummary sweep(SocketPolicy policy, Runnable trouble, Verdicts verdicts) throws Exception {
        try (Pinger pinger = near.call(() -> Pinger.builder().open())) {
            SweepOptions options = SweepOptions.builder()
                    .socketPolicy(policy)
                    .rate(SweepRate.perSecond(2_000))
                    .probe(ProbeOptions.builder()
                            .timeout(Duration.ofMillis(300))
                            .attempts(1)
                            .build())
                    .build();
            Sweep sweep = near.call(() -> pinger.sweep(
                    Targets.builder().allAddresses(true).add("198.19.0.0/20").build(), options, verdicts::onOutcome));
            Await.until("it is under way", Await.LIMIT, () -> verdicts.alive.get() > HOSTS / 8);
            trouble.run();
            return sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void noHostOfASweepTimesOutBecauseTheCarrierWasLost(SocketPolicy policy) throws Exception {
        Verdicts verdicts = new Verdicts();
        SweepSummary summary = sweep(policy, this::pullTheCable, verdicts);

        assertThat(verdicts.outcomes).hasSize(HOSTS);
        assertThat(verdicts.count(TimedOut.class)).isZero();
        assertThat(summary.statistics().resent()).isPositive();
        assertThat(summary.interfacesLost()).containsExactly(link.device());
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void noHostOfASweepTimesOutBecauseTheMtuWasLowered(SocketPolicy policy) throws Exception {
        Verdicts verdicts = new Verdicts();
        sweep(
                policy,
                () -> {
                    for (int i = 0; i < 20; i++) {
                        lowerTheMtu();
                    }
                },
                verdicts);

        assertThat(verdicts.outcomes).hasSize(HOSTS);
        assertThat(verdicts.count(TimedOut.class)).isZero();
    }

    /** What was in flight meanwhile is lost in a window of microseconds, which a sweep hits once in a thousand runs. */
    @Test
    void anMtuThatWasLoweredForAMomentIsKnownAfterwards() throws Exception {
        OptionalInt none = OptionalInt.empty();
        IpAddress target = IpAddress.of(Packets.address("198.19.0.1"));
        long timeout = Duration.ofMillis(300).toNanos();
        long begin = System.nanoTime();
        try (LinkHistory history = near.call(LinkHistory::begin).orElseThrow()) {
            assertThat(history.disturbance(target, none, none, begin, timeout, begin + timeout))
                    .isEmpty();
            lowerTheMtu();

            assertThat(history.disturbance(target, none, none, begin, timeout, begin + 2 * timeout))
                    .contains(link.device());
        }
    }

    @Test
    void aQuietLinkExcusesNoSilence() throws Exception {
        Verdicts verdicts = new Verdicts();
        near.route("203.0.113.0/24", link.farIpv4());
        try (Pinger pinger = near.call(() -> Pinger.builder().open())) {
            SweepOptions options = SweepOptions.builder()
                    .probe(ProbeOptions.builder()
                            .timeout(Duration.ofMillis(100))
                            .attempts(1)
                            .build())
                    .build();
            far.ip("route", "add", "blackhole", "203.0.113.0/24");
            SweepSummary summary = near.call(
                            () -> pinger.sweep(Targets.parse("203.0.113.0/28"), options, verdicts::onOutcome))
                    .completion()
                    .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(verdicts.count(TimedOut.class)).isEqualTo(14);
            assertThat(summary.statistics().resent()).isZero();
            assertThat(summary.interfacesLost()).isEmpty();
        }
    }

    /** After three seconds this host itself calls a neighbour unreachable that it cannot ask. */
    @Test
    void noHostOfASweepIsDeadBecauseOfALongOutage() throws Exception {
        Verdicts verdicts = new Verdicts();
        try (Pinger pinger = near.call(() -> Pinger.builder().open())) {
            SweepOptions options = SweepOptions.builder()
                    .rate(SweepRate.perSecond(500))
                    .probe(ProbeOptions.builder()
                            .timeout(Duration.ofSeconds(1))
                            .attempts(2)
                            .build())
                    .build();
            Sweep sweep = near.call(() -> pinger.sweep(Targets.parse("198.19.0.0/20"), options, verdicts::onOutcome));
            Await.until("it is under way", Await.LIMIT, () -> verdicts.alive.get() > HOSTS / 8);
            pullTheCable(Duration.ofSeconds(4));
            sweep.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }

        assertThat(verdicts.outcomes.values())
                .allMatch(outcome -> outcome instanceof Replied || outcome instanceof DroppedLocally)
                .anyMatch(DroppedLocally.class::isInstance);
    }

    @Test
    void noPingOfASeriesTimesOutBecauseTheCarrierWasLost() throws Exception {
        AtomicLong replies = new AtomicLong();
        List<ProbeOutcome> others = new CopyOnWriteArrayList<>();
        try (Pinger pinger = near.call(() -> Pinger.builder().open())) {
            PingSeries series = pinger.series(
                    Packets.address(link.farIpv4()),
                    PingOptions.builder()
                            .interval(Duration.ofMillis(10))
                            .probe(ProbeOptions.builder()
                                    .timeout(Duration.ofMillis(200))
                                    .attempts(1)
                                    .build())
                            .build(),
                    result -> {
                        if (result.outcome() instanceof Replied) {
                            replies.incrementAndGet();
                        } else {
                            others.add(result.outcome());
                        }
                    });
            Await.until("replies come", Await.LIMIT, () -> replies.get() > 20);
            pullTheCable();
            long soFar = replies.get();
            Await.until("replies come again", Await.LIMIT, () -> replies.get() > soFar + 50);
            series.stop();
            series.completion().get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }

        assertThat(others).noneMatch(TimedOut.class::isInstance).anySatisfy(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(DroppedLocally.class, dropped -> assertThat(dropped.lostInterface())
                        .contains(link.device())));
    }
}
