package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.correlation.CorrelatorStatistics.Rejected;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.ProbeOutcome.Kind;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Flood;
import io.github.nettyping.testing.ForgedReplies;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sweeps while somebody answers for the silent hosts a hundred thousand times a second, without their probes' tokens. */
@RequiresTun
@Isolated("sets the level of leak detection, and keeps both processors busy")
class ForgedRepliesIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final int HOSTS = 1_024;
    private static final int FORGED = 300_000;
    private static final long FORGED_PER_SECOND = 110_000;

    private final Namespace namespace = Namespace.create();
    private EventLoopGroup group;

    private static Level detection;

    @BeforeAll
    static void detectFewerLeaks() {
        // Paranoid detection keeps the event loop from reading as fast as packets come.
        detection = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(Level.SIMPLE);
    }

    @AfterAll
    static void detectLeaksAsBefore() {
        ResourceLeakDetector.setLevel(detection);
    }

    @BeforeEach
    void open() {
        group = IcmpEventLoops.newGroup(1, "forged");
    }

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }

    private static SweepOptions options(SocketKind kind) {
        ProbeOptions probe = ProbeOptions.builder()
                .timeout(Duration.ofMillis(250))
                .attempts(3)
                .backoff(1)
                .build();
        return SweepOptions.builder()
                .probe(probe)
                .socketPolicy(kind.isRaw() ? SocketPolicy.RAW : SocketPolicy.DGRAM)
                // Room for what comes while other threads have the processors.
                .receiveBufferBytes(64 << 20)
                .build();
    }

    private static long rejected(Rejected rejected) {
        return rejected.token() + rejected.identifier() + rejected.wrongSource();
    }

    @ParameterizedTest
    @EnumSource
    void noSilentHostBecomesAliveAndNoLiveOneIsLost(SocketKind kind) throws Exception {
        boolean ipv6 = kind.family() == IpFamily.IPV6;
        String prefix = ipv6 ? "fd00:51::/118" : "198.51.100.0/22";
        Targets targets = Targets.builder().allAddresses(true).add(prefix).build();
        ForgedReplies forged = new ForgedReplies(HOSTS, 42);
        TunResponder responder = TunResponder.open(namespace, forged, prefix);
        Flood flood = null;
        long rejected = 0;
        int sweeps = 0;
        while (flood == null || flood.sent() < FORGED || rejected < FORGED / 2) {
            List<ProbeOutcome> outcomes = new ArrayList<>();
            Sweep sweep = namespace.call(() -> Sweep.start(group, targets, options(kind), outcomes::add));
            if (flood == null) {
                Await.until("probes to learn from", PATIENCE, forged::isReady);
                flood = responder.flood(forged, FORGED_PER_SECOND);
            }
            SweepSummary summary = sweep.completion().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            rejected += rejected(summary.statistics().rejected());
            sweeps++;

            assertThat(outcomes).hasSize(HOSTS).allSatisfy(outcome -> {
                // A machine that cannot keep up may say of a silent host that it dropped packets itself.
                boolean live = (outcome.probe().target().low() & 1) == 0;
                assertThat(outcome.kind() == Kind.REPLIED)
                        .as(outcome + ", local drops: " + summary.localDrops())
                        .isEqualTo(live);
            });
            assertThat(summary.statistics().outcomes().replied()).isEqualTo(HOSTS / 2);
            assertThat(sweeps)
                    .as("sweeps until there were forged replies enough")
                    .isLessThan(2_000);
        }
        System.out.printf(
                "%s: %,d forged replies, %,.0f a second, during %d sweeps of %d hosts; %,d of them rejected%n",
                kind, flood.sent(), flood.perSecond(), sweeps, HOSTS, rejected);
    }
}
