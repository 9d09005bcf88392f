package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.ProbeObserver;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Capture;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pace of further tries, also after the event loop has stood still while deadlines passed. */
@RequiresNamespaces
@RequiresTun
class SweepTriesIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final int HOSTS = 4_096;
    private static final long PAUSE_MILLIS = 1_500;
    private static final ProbeOptions TWICE = ProbeOptions.builder()
            .timeout(Duration.ofMillis(500))
            .attempts(2)
            .backoff(1)
            .build();

    private static Namespace namespace;
    private static EventLoopGroup group;
    private static EventLoop loop;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
        group = IcmpEventLoops.newGroup(1, "sweep");
        loop = group.next();
    }

    @AfterAll
    static void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }

    /** Sweeps silent hosts; in the middle the loop stands still. */
    private static SweepSummary sweep(TunResponder tun, SweepOptions options, long middle) throws Exception {
        Targets targets =
                Targets.builder().allAddresses(true).add("10.5.0.0/20").build();
        List<ProbeOutcome> outcomes = new ArrayList<>();
        Sweep sweep = namespace.call(() -> Sweep.start(group, targets, options, outcomes::add));
        Await.until("the sweep is half-way", PATIENCE, () -> tun.probes() >= middle);
        CountDownLatch never = new CountDownLatch(1);
        loop.submit(() -> never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        SweepSummary summary = sweep.completion().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(outcomes).hasSize(HOSTS).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(TimedOut.class);
            assertThat(((TimedOut) outcome).attempts()).isEqualTo(2);
        });
        assertThat(summary.statistics().furtherTries()).isEqualTo(HOSTS);
        assertThat(tun.probes()).isEqualTo(2 * HOSTS);
        return summary;
    }

    /** Returns how many of these moments lie within some such window at most. */
    private static int mostWithin(long windowNanos, long[] nanos) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < nanos.length; last++) {
            while (nanos[last] - nanos[first] >= windowNanos) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void triesAndTargetsTogetherKeepToTheRateAfterAPause(SocketPolicy policy) throws Exception {
        int perSecond = 2_000;
        SweepOptions options = SweepOptions.builder()
                .probe(TWICE)
                .probesPerSecond(perSecond)
                .socketPolicy(policy)
                .build();
        long[] sent;
        try (TunResponder tun = TunResponder.open(namespace, Behaviours.silent(), "10.5.0.0/20");
                Capture capture = Capture.open(namespace, tun.device())) {
            sweep(tun, options, HOSTS / 2);
            sent = capture.read().stream()
                    .mapToLong(Capture.Message::nanos)
                    .sorted()
                    .toArray();
        }

        assertThat(sent).hasSize(2 * HOSTS);
        // Ten milliseconds' worth may be made up for.
        assertThat(mostWithin(TimeUnit.MILLISECONDS.toNanos(100), sent)).isLessThanOrEqualTo(perSecond * 3 / 20);
    }

    /** Counts second tries by the turn of the event loop in which they were sent. */
    private static final class Turns implements ProbeObserver, Runnable {

        private int inThisTurn;
        private int most;
        private boolean over;

        @Override
        public void onSent(Probe probe, int attempt, long sentAtNanos) {
            if (attempt == 2) {
                most = Math.max(most, ++inThisTurn);
            }
        }

        @Override
        public void run() {
            inThisTurn = 0;
            if (!over) {
                loop.schedule(this, 0, TimeUnit.NANOSECONDS);
            }
        }
    }

    @Test
    void withoutARateTriesGoOutInBatchesAfterAPause() throws Exception {
        Turns turns = new Turns();
        SweepOptions options =
                SweepOptions.builder().probe(TWICE).observer(turns).build();
        try (TunResponder tun = TunResponder.open(namespace, Behaviours.silent(), "10.5.0.0/20")) {
            loop.execute(turns);
            sweep(tun, options, HOSTS);
        } finally {
            loop.submit(() -> turns.over = true).syncUninterruptibly();
        }

        // Those of two turns, if the sweep's part of a turn comes before the counter's once and then after it.
        assertThat(turns.most).isBetween(1, 2 * 64);
    }
}
