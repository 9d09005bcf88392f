package io.github.nettyping.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpEventLoops;
import io.github.nettyping.channel.SocketPolicy;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.probe.ProbeOptions;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.ReplyFlag;
import io.github.nettyping.probe.TimedOut;
import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresNamespaces;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of hosts among the targets of a sweep: two kernels at the ends of a cable, of which the asker is one. */
@RequiresNamespaces
class SweepBroadcastIT {

    private static final String SILENT = "198.19.0.1";

    private static Namespace near;
    private static Namespace far;
    private static Link link;
    private static String broadcast;

    @BeforeAll
    static void open() {
        near = Namespace.create();
        far = Namespace.create();
        link = Link.between(near, far);
        near.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        near.route("224.0.0.0/4", link.farIpv4());
        // The far kernel does not forward.
        near.route(SILENT + "/32", link.farIpv4());
        // Of the four addresses of the cable's network, the last.
        broadcast = "198.18.0.3";
    }

    @AfterAll
    static void close() {
        far.close();
        near.close();
    }

    private record Result(List<ProbeOutcome> outcomes, SweepSummary summary) {}

    private static Result sweep(SocketPolicy policy, boolean consent, Duration timeout, String... words)
            throws Exception {
        return near.call(() -> {
            EventLoopGroup group = IcmpEventLoops.newGroup(1, "sweep");
            try {
                List<ProbeOutcome> outcomes = new CopyOnWriteArrayList<>();
                SweepOptions options = SweepOptions.builder()
                        .socketPolicy(policy)
                        .probe(ProbeOptions.builder()
                                .timeout(timeout)
                                .attempts(1)
                                .build())
                        .broadcast(consent)
                        .build();
                SweepSummary summary = Sweep.start(group, Targets.parse(words), options, outcomes::add)
                        .completion()
                        .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
                return new Result(outcomes, summary);
            } finally {
                group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
        });
    }

    private static IpAddress address(String literal) {
        return IpAddress.of(Packets.address(literal));
    }

    @ParameterizedTest
    @EnumSource(names = {"RAW", "DGRAM"})
    void aGroupHasOneOutcomeWithTheFirstHostThatAnswers(SocketPolicy policy) throws Exception {
        // The silent one keeps the sweep going until the second host's answer is there.
        Result result = sweep(policy, true, Duration.ofSeconds(1), broadcast, "224.0.0.1", link.farIpv4(), SILENT);

        assertThat(result.outcomes()).hasSize(4);
        assertThat(result.outcomes())
                .filteredOn(outcome ->
                        outcome instanceof Replied reply && reply.flags().contains(ReplyFlag.OTHER_SOURCE))
                .extracting(outcome -> outcome.probe().target())
                .containsExactlyInAnyOrder(address(broadcast), address("224.0.0.1"));
        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.probe().target().equals(address(link.farIpv4())))
                .singleElement()
                .isInstanceOfSatisfying(
                        Replied.class, reply -> assertThat(reply.flags()).isEmpty());
        assertThat(result.summary().statistics().outcomes().replied()).isEqualTo(3);
        assertThat(result.summary().statistics().duplicates())
                .as("the other host's answer to the broadcast, at least")
                .isPositive();
    }

    @Test
    void withoutConsentTheKernelRefusesABroadcastAndNobodysReplyFitsAMulticast() throws Exception {
        Result result = sweep(SocketPolicy.DGRAM_RAW, false, Duration.ofMillis(300), broadcast, "224.0.0.1");

        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.probe().target().equals(address(broadcast)))
                .singleElement()
                .isInstanceOfSatisfying(
                        NotSent.class,
                        failed -> assertThat(failed.cause()).get().satisfies(cause -> {
                            assertThat(cause.errnoName()).isEqualTo("EACCES");
                            assertThat(cause).hasMessageContaining("--broadcast");
                        }));
        assertThat(result.outcomes())
                .filteredOn(outcome -> outcome.probe().target().isMulticast())
                .singleElement()
                .isInstanceOf(TimedOut.class);
    }
}
