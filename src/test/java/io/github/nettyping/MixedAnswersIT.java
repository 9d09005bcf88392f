package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.correlation.CorrelatorStatistics.Outcomes;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.Unreachable;
import io.github.nettyping.sweep.Sweep;
import io.github.nettyping.sweep.SweepListener;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Very many probes over one channel to hosts of which every other one is alive and a router refuses the rest: no error is
 * taken for another host's, none makes a send fail. A million of them by {@code -Dnettyping.mixed.probes=1000000}.
 */
@RequiresTun
@Isolated("keeps both processors busy")
class MixedAnswersIT {

    private static final int PROBES = Integer.getInteger("nettyping.mixed.probes", 100_000);
    private static final Duration PATIENCE = Await.LIMIT;

    /** 10.0.0.0, and as many more as there are probes. */
    private static final int FIRST = 10 << 24;

    private static final InetAddress ROUTER = Packets.address("192.168.9.9");

    /**
     * What is handed to another processor waits in a queue of 1,000 packets, {@code net.core.netdev_max_backlog}, and on a
     * loaded machine is lost there: no more may be under way. Then errors must end their probes at once.
     */
    private static final int STEERED_IN_FLIGHT = 800;

    /** A loaded machine may let the event loop stand still; that harms no verdict. */
    private static final Set<ReplyFlag> UNHARMED = Set.of(ReplyFlag.STALLED);

    private final Namespace namespace = Namespace.create();
    private EventLoopGroup group;

    @BeforeEach
    void open() {
        group = IcmpEventLoops.newGroup(1, "mixed");
    }

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        namespace.close();
    }

    /** Checks each verdict as it comes; called by one thread. */
    private static final class Checker implements SweepListener {

        private final BitSet told = new BitSet(PROBES);
        private int wrong;
        private String firstWrong = "none";

        @Override
        public void onOutcome(ProbeOutcome outcome) {
            IpAddress target = outcome.probe().target();
            int number = (int) target.low() - FIRST;
            boolean live = (number & 1) == 0;
            boolean right = live
                    ? outcome instanceof Replied reply
                            && reply.from().equals(target)
                            && UNHARMED.containsAll(reply.flags())
                    : outcome instanceof Unreachable unreachable
                            && unreachable.error().from().equals(Optional.of(IpAddress.of(ROUTER)))
                            && unreachable.error().name().equals("host_unreachable");
            if (!right || told.get(number)) {
                firstWrong = wrong++ == 0 ? outcome.toString() : firstWrong;
            }
            told.set(number);
        }
    }

    /** Handed to another processor (RPS), answers race with the sender, as behind a real network card. */
    @ParameterizedTest
    @CsvSource({"DGRAM, 0", "DGRAM, 1", "DGRAM, 2", "DGRAM, 3", "RAW, 0", "RAW, 2", "RAW, 3"})
    void everyVerdictIsRightAndNoSendFails(SocketPolicy policy, int cpuMask) throws Exception {
        IcmpError refusal = IcmpError.unreachable(1, ROUTER);
        var behaviour = Behaviours.byAddressBits(bits -> (bits & 1) == 0 ? Replies.echo() : refusal);
        TunResponder responder = TunResponder.open(namespace, behaviour, "10.0.0.0/8");
        namespace.steerReceive(responder.device(), cpuMask);
        Targets targets = Targets.builder()
                .allAddresses(true)
                .add("10.0.0.0-"
                        + IpAddress.ofIpv4(FIRST + PROBES - 1).toInetAddress().getHostAddress())
                .build();
        boolean steered = cpuMask != 0;
        ProbeOptions once = ProbeOptions.builder()
                .timeout(Duration.ofSeconds(3))
                .attempts(1)
                .failFast(steered)
                .build();
        SweepOptions options = SweepOptions.builder()
                .probe(once)
                .socketPolicy(policy)
                .maxInFlight(steered ? STEERED_IN_FLIGHT : 65_536)
                // The refused ones wait to the end of the timeout.
                .receiveBufferBytes(64 << 20)
                .build();
        Checker checker = new Checker();

        Sweep sweep = namespace.call(() -> Sweep.start(group, targets, options, checker));
        SweepSummary summary = sweep.completion().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        System.out.printf(
                "%s, processors %d: %,d probes in %.1f s, %,.0f a second; %s, %d local drops%n",
                policy,
                cpuMask,
                PROBES,
                summary.elapsedNanos() / 1e9,
                summary.probesPerSecond().orElse(0),
                summary.statistics().outcomes(),
                summary.localDrops());
        assertThat(checker.wrong)
                .as("wrong verdicts; the first: " + checker.firstWrong)
                .isZero();
        assertThat(checker.told.cardinality()).isEqualTo(PROBES);
        assertThat(summary.statistics().outcomes())
                .isEqualTo(new Outcomes(PROBES - PROBES / 2, PROBES / 2, 0, 0, 0, 0, 0));
        assertThat(summary.statistics().rejected().quote()).isZero();
        assertThat(responder.probes()).isEqualTo(summary.statistics().probesSent());
    }
}
