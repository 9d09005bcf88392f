package io.github.nettyping.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Monitors over real sockets, in namespaces. */
@RequiresNamespaces
class MonitorIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Queue<StateChange> changes = new ConcurrentLinkedQueue<>();
    private final Map<MonitoredTarget, AtomicLong> results = new ConcurrentHashMap<>();
    private final MonitorListener listener = new MonitorListener() {
        @Override
        public void onStateChange(StateChange change) {
            changes.add(change);
        }

        @Override
        public void onResult(MonitoredTarget target, long sequence, ProbeOutcome outcome) {
            results.computeIfAbsent(target, any -> new AtomicLong()).incrementAndGet();
        }
    };

    private static MonitorOptions.Builder options() {
        return MonitorOptions.builder()
                .interval(INTERVAL)
                .probe(ProbeOptions.builder()
                        .attempts(1)
                        .timeout(Duration.ofMillis(250))
                        .build());
    }

    private static List<MonitorTarget> targets(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> MonitorTarget.of(address(prefix + (i / 250) + '.' + (1 + i % 250))))
                .toList();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** A socket belongs to the namespace of the thread that opens it. */
    private static <T> T in(Namespace namespace, Callable<T> code) {
        try {
            return namespace.call(code);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Pinger pinger(Namespace namespace) {
        return in(namespace, () -> Pinger.builder().open());
    }

    private Monitor monitor(Namespace namespace, Pinger pinger, MonitorOptions options) {
        return in(namespace, () -> pinger.monitor(options, listener));
    }

    @Test
    void everyTargetIsAskedAtItsIntervalAndThoseOfACountAreEnough() {
        try (Namespace namespace = Namespace.create();
                Pinger pinger = pinger(namespace);
                Monitor monitor = monitor(namespace, pinger, options().count(10).build())) {
            List<MonitoredTarget> added = monitor.addAll(targets("127.1.", 500));
            MonitorSnapshot last = monitor.completion().join();
            assertThat(last.targets()).hasSize(500).allSatisfy(target -> {
                assertThat(target.received() + target.localTrouble()).isEqualTo(10);
                assertThat(target.lost()).isZero();
                assertThat(target.state()).isEqualTo(TargetState.UP);
            });
            assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(added);
            assertThat(changes).hasSize(500).allMatch(change -> change.state() == TargetState.UP);
        }
    }

    @Test
    @RequiresTun
    void silenceIsDownAndAnswersAreUpInTheTimeTheSettingsSay() {
        AtomicReference<Boolean> silent = new AtomicReference<>(false);
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(
                    namespace,
                    (probe, answers) -> {
                        if (!silent.get()) {
                            Replies.echo().answer(probe, answers);
                        }
                    },
                    "198.51.0.0/16");
            try (Pinger pinger = pinger(namespace);
                    Monitor monitor = monitor(namespace, pinger, options().build())) {
                monitor.addAll(targets("198.51.", 1_000));
                Await.until("all are up", LIMIT, () -> changes.size() >= 1_000);
                changes.clear();
                silent.set(true);
                Await.until("all are down", LIMIT, () -> changes.size() >= 1_000);
                assertThat(changes).hasSize(1_000).allSatisfy(change -> {
                    assertThat(change.state()).isEqualTo(TargetState.DOWN);
                    assertThat(change.previous()).isEqualTo(TargetState.UP);
                    assertThat(change.reason()).isEqualTo(new StateReason.Lost(3));
                });
                changes.clear();
                silent.set(false);
                Await.until("all are up again", LIMIT, () -> changes.size() >= 1_000);
                assertThat(changes).hasSize(1_000).allSatisfy(change -> {
                    assertThat(change.state()).isEqualTo(TargetState.UP);
                    assertThat(change.reason()).isEqualTo(new StateReason.Answered(2));
                });
            }
        }
    }

    @Test
    void whatIsNotSentIsTroubleOfThisHost() {
        try (Namespace namespace = Namespace.create();
                Pinger pinger = pinger(namespace);
                Monitor monitor = monitor(namespace, pinger, options().build())) {
            namespace.ip("route", "add", "local", "198.51.100.7/32", "dev", "lo");
            MonitoredTarget target = monitor.add(MonitorTarget.of(address("198.51.100.7")));
            Await.until("it is up", LIMIT, () -> target.state() == TargetState.UP);
            namespace.ip("route", "del", "local", "198.51.100.7/32", "dev", "lo");
            Await.until(
                    "it met trouble ten times",
                    LIMIT,
                    () -> monitor.snapshot(target).join().localTrouble() >= 10);
            TargetSnapshot now = monitor.snapshot(target).join();
            assertThat(now.state()).isEqualTo(TargetState.UP);
            assertThat(now.local()).isTrue();
            assertThat(now.lost()).isZero();
        }
    }

    @Test
    void aNameIsFollowedToItsNewAddress() {
        AtomicReference<String> address = new AtomicReference<>("127.0.0.8");
        List<IpAddress> told = new CopyOnWriteArrayList<>();
        MonitorListener followed = new MonitorListener() {
            @Override
            public void onAddress(MonitoredTarget target, Optional<IpAddress> previous, IpAddress now) {
                told.add(now);
            }
        };
        try (Namespace namespace = Namespace.create();
                Pinger pinger = pinger(namespace);
                Monitor monitor = in(
                        namespace,
                        () -> pinger.monitor(
                                options()
                                        .resolveEvery(Duration.ofSeconds(1))
                                        .resolver(name -> List.of(address(address.get())))
                                        .build(),
                                followed))) {
            MonitoredTarget target = monitor.add(MonitorTarget.of("host.example"));
            Await.until("it is up", LIMIT, () -> target.state() == TargetState.UP);
            long received = monitor.snapshot(target).join().received();
            address.set("127.0.0.9");
            Await.until("it is followed", LIMIT, () -> told.size() == 2);
            assertThat(told).extracting(IpAddress::toString).containsExactly("127.0.0.8", "127.0.0.9");
            assertThat(target.address()).hasValue(told.get(1));
            assertThat(monitor.snapshot(target).join().received()).isGreaterThanOrEqualTo(received);
            assertThat(target.state()).isEqualTo(TargetState.UP);
        }
    }

    @Test
    void aNameWithoutAnAddressSaysWhyAndHoldsNothingUp() {
        try (Namespace namespace = Namespace.create();
                Pinger pinger = pinger(namespace);
                Monitor monitor = monitor(
                        namespace,
                        pinger,
                        options()
                                .count(3)
                                .resolver(name -> {
                                    throw new UnknownHostException("no " + name);
                                })
                                .build())) {
            MonitoredTarget target = monitor.add(MonitorTarget.of("host.example"));
            MonitorSnapshot last = monitor.completion().join();
            assertThat(last.targets()).singleElement().satisfies(it -> {
                assertThat(it.target()).isSameAs(target);
                assertThat(it.unresolved()).hasValue("no host.example");
                assertThat(it.state()).isEqualTo(TargetState.UNKNOWN);
                assertThat(it.localTrouble()).isEqualTo(3);
            });
        }
    }

    @Test
    void removedTargetsAreAskedNoMoreAndLeaveNothing() {
        try (Namespace namespace = Namespace.create();
                Pinger pinger = pinger(namespace);
                Monitor monitor = monitor(namespace, pinger, options().build())) {
            List<MonitorTarget> targets = targets("127.2.", 2_000);
            for (int i = 0; i < 20; i++) {
                List<MonitoredTarget> added = monitor.addAll(targets);
                assertThat(monitor.snapshot().join().targets()).hasSize(2_000);
                monitor.removeAll(added);
                assertThat(monitor.snapshot().join().targets()).isEmpty();
            }
            MonitoredTarget one = monitor.add(MonitorTarget.of(address("127.0.0.1")));
            Await.until("the only one has been asked", LIMIT, () -> results.containsKey(one));
            long sent = monitor.snapshot().join().statistics().probesSent();
            long before = results.get(one).get();
            Await.until(
                    "it has been asked five times more",
                    LIMIT,
                    () -> results.get(one).get() >= before + 5);
            assertThat(monitor.snapshot().join().statistics().probesSent() - sent)
                    .isBetween(4L, 20L);
        }
    }

    @Test
    @RequiresTun
    void whatIsBehindATargetThatIsDownSaysSo() {
        AtomicReference<Boolean> silent = new AtomicReference<>(false);
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(
                    namespace,
                    (probe, answers) -> {
                        if (!silent.get()) {
                            Replies.echo().answer(probe, answers);
                        }
                    },
                    "198.51.100.0/24");
            try (Pinger pinger = pinger(namespace);
                    Monitor monitor = monitor(namespace, pinger, options().build())) {
                MonitoredTarget router = monitor.add(MonitorTarget.of(address("198.51.100.1")));
                List<MonitoredTarget> behind = new ArrayList<>();
                for (int i = 2; i < 12; i++) {
                    behind.add(monitor.add(MonitorTarget.builder(address("198.51.100." + i))
                            .parent(router)
                            .label(i)
                            .build()));
                }
                Await.until("all are up", LIMIT, () -> changes.size() == 11);
                changes.clear();
                silent.set(true);
                Await.until("all are down", LIMIT, () -> changes.size() == 11);
                assertThat(changes.peek().target()).isSameAs(router);
                assertThat(changes)
                        .filteredOn(change -> behind.contains(change.target()))
                        .allSatisfy(change -> assertThat(change.reason())
                                .isInstanceOfSatisfying(StateReason.Behind.class, it -> assertThat(it.parent())
                                        .isSameAs(router)));
                assertThat(behind.get(0).asked().label()).hasValue(2);
            }
        }
    }

    @Test
    void targetsOfAnotherMonitorAreRefused() {
        try (Namespace namespace = Namespace.create();
                Pinger pinger = pinger(namespace);
                Monitor one = monitor(namespace, pinger, options().build());
                Monitor other = monitor(namespace, pinger, options().build())) {
            MonitoredTarget target = one.add(MonitorTarget.of(address("127.0.0.1")));
            assertThatIllegalArgumentException().isThrownBy(() -> other.remove(target));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.add(MonitorTarget.builder(address("127.0.0.2"))
                            .parent(target)
                            .build()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> one.change(target, MonitorTarget.of(address("127.0.0.2"))));
        }
    }

    @Test
    void intervalsBecomeLongerWhereTheyAskForTooMuch() {
        try (Namespace namespace = Namespace.create();
                Pinger pinger = pinger(namespace);
                Monitor monitor = monitor(
                        namespace, pinger, options().probesPerSecond(100).build())) {
            monitor.addAll(targets("127.3.", 100));
            long begin = System.nanoTime();
            Await.until(
                    "each has been asked twice",
                    LIMIT,
                    () -> results.size() == 100 && results.values().stream().allMatch(count -> count.get() >= 2));
            // 200 probes at 100 a second, the first ones of which come within the interval that was asked for.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
        }
    }
}
