package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Answers;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Capture;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The rate that a sweep finds by itself where a router on the way drops what is too much. 100,000 targets by
 * {@code -Dnettyping.auto.targets=100000}.
 */
@RequiresTun
@Isolated("sets the level of leak detection, and measures a rate")
class AutoRateIT {

    private static final int TARGETS = Integer.getInteger("nettyping.auto.targets", 20_000);
    private static final int ALIVE_ONE_IN = 4;
    private static final int ROUTER_PER_SECOND = 20_000;
    private static final long SEED = 20_261_130;
    private static final Duration PATIENCE = Await.LIMIT;

    /** Where the machine is busy, the router may drop a quarter before the rate has settled; of five tries some lose all. */
    private static final int TRIES = 9;

    /** 10.0.0.0. */
    private static final int FIRST = 10 << 24;

    private static Level detection;

    private final Namespace namespace = Namespace.create();
    private final EventLoopGroup group = IcmpEventLoops.newGroup(1, "auto");

    @BeforeAll
    static void detectFewerLeaks() {
        // Paranoid detection would set the pace.
        detection = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(Level.SIMPLE);
    }

    @AfterAll
    static void detectLeaksAsBefore() {
        ResourceLeakDetector.setLevel(detection);
    }

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }

    private static BitSet someOf(int targets) {
        BitSet some = new BitSet(targets);
        Random random = new Random(SEED);
        for (int target = 0; target < targets; target++) {
            some.set(target, random.nextInt(ALIVE_ONE_IN) == 0);
        }
        return some;
    }

    /** Hosts behind a router that lets so many probes pass, ten milliseconds' worth at once. Used by one responder. */
    private static final class SlowRouter implements Behaviour {

        private static final double DEPTH = ROUTER_PER_SECOND / 100.0;

        private final Behaviour host = Replies.echo();
        private final BitSet live;
        private final List<Long> arrivals = new ArrayList<>();
        private double tokens = DEPTH;
        private long filledNanos = System.nanoTime();
        private int dropped;

        SlowRouter(BitSet live) {
            this.live = live;
        }

        @Override
        public void answer(ProbePacket probe, Answers answers) {
            long now = System.nanoTime();
            arrivals.add(now);
            tokens = Math.min(DEPTH, tokens + (now - filledNanos) * 1e-9 * ROUTER_PER_SECOND);
            filledNanos = now;
            if (tokens < 1) {
                dropped++;
                return;
            }
            tokens--;
            if (live.get(probe.destinationBits() - FIRST)) {
                host.answer(probe, answers);
            }
        }

        /** Returns the mean rate of the last part of the probes. */
        double perSecondInLastThird() {
            int from = arrivals.size() * 2 / 3;
            int to = arrivals.size() - 1;
            return (to - from) * 1e9 / (arrivals.get(to) - arrivals.get(from));
        }
    }

    private static Targets targets(int count) {
        return Targets.builder()
                .allAddresses(true)
                .add("10.0.0.0-"
                        + IpAddress.ofIpv4(FIRST + count - 1).toInetAddress().getHostAddress())
                .build();
    }

    private static SweepOptions options(SweepRate rate, int attempts) {
        return SweepOptions.builder()
                .rate(rate)
                .probe(ProbeOptions.builder()
                        .timeout(Duration.ofMillis(500))
                        .attempts(attempts)
                        .backoff(1)
                        .build())
                .build();
    }

    @Test
    void settlesBelowWhatARouterDropsAndFindsEveryHost() throws Exception {
        SlowRouter router = new SlowRouter(someOf(TARGETS));
        SweepOptions options = options(new SweepRate.Auto(OptionalLong.empty()), TRIES);
        BitSet alive = new BitSet(TARGETS);
        SweepListener listener = outcome -> {
            if (outcome instanceof Replied) {
                alive.set((int) outcome.probe().target().low() - FIRST);
            }
        };
        SweepSummary summary;
        try (TunResponder tun = TunResponder.open(namespace, router, "10.0.0.0/8")) {
            Sweep sweep = namespace.call(() -> Sweep.start(group, targets(TARGETS), options, listener));
            summary = sweep.completion().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(tun.probes()).isEqualTo(summary.statistics().probesSent());
        }

        System.out.printf(
                "%,d targets in %.1f s: %,d probes, %,d dropped by the router; mean rate %,.0f/s, in the last third %,.0f/s%n",
                TARGETS,
                summary.elapsedNanos() / 1e9,
                router.arrivals.size(),
                router.dropped,
                summary.probesPerSecond().orElse(0),
                router.perSecondInLastThird());
        BitSet missed = (BitSet) router.live.clone();
        missed.andNot(alive);
        assertThat(missed.cardinality())
                .as("missed of %d", router.live.cardinality())
                .isZero();
        assertThat(alive).isEqualTo(router.live);
        if (router.dropped > 0) {
            assertThat(router.perSecondInLastThird()).isLessThanOrEqualTo(ROUTER_PER_SECOND);
        }
    }

    @Test
    void keepsToTenThousandASecondOnStrangersNetworks() throws Exception {
        int count = 10_000;
        BitSet live = someOf(count);
        Behaviour host = Replies.echo();
        List<ProbeOutcome> outcomes = new ArrayList<>();
        List<Capture.Message> messages = new ArrayList<>();
        try (TunResponder tun = TunResponder.open(
                        namespace,
                        (probe, answers) -> {
                            if (live.get(probe.destinationBits() - FIRST)) {
                                host.answer(probe, answers);
                            }
                        },
                        "10.0.0.0/8");
                Capture capture = Capture.open(namespace, tun.device())) {
            Sweep sweep = namespace.call(
                    () -> Sweep.start(group, targets(count), options(SweepRate.auto(), 1), outcomes::add));
            Await.until("the sweep has ended", PATIENCE, () -> {
                messages.addAll(capture.read());
                return sweep.completion().isDone();
            });
            messages.addAll(capture.read());
            sweep.completion().get();
        }
        long[] sent = messages.stream()
                .filter(message -> message.type() == 8)
                .mapToLong(Capture.Message::nanos)
                .sorted()
                .toArray();

        assertThat(outcomes.stream().filter(Replied.class::isInstance)).hasSize(live.cardinality());
        assertThat(sent).hasSize(count);
        // Ten milliseconds' worth may be made up for.
        assertThat(mostWithin(TimeUnit.MILLISECONDS.toNanos(100), sent)).isLessThanOrEqualTo(1_200);
    }

    /** Returns how many of these moments lie within some such window at most. */
    private static int mostWithin(long windowNanos, long[] nanos) {
        int most = 0;
        for (int first = 0; first < nanos.length; first++) {
            int end = Arrays.binarySearch(nanos, first, nanos.length, nanos[first] + windowNanos);
            most = Math.max(most, (end < 0 ? -end - 1 : end) - first);
        }
        return most;
    }
}
