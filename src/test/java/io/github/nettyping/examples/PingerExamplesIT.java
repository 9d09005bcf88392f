package io.github.nettyping.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.PingResult;
import io.github.nettyping.Pinger;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.probe.ProbeOutcome.Kind;
import io.github.nettyping.statistics.PingStatistics;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.TunResponder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The examples of the pinger do what the documents say. */
@RequiresRawSockets
@Isolated("sets the JVM's standard output")
class PingerExamplesIT {

    private static final Duration PATIENCE = Await.LIMIT;
    private static final InetAddress HOST = Packets.address("127.0.0.9");

    @Test
    void firstExampleOfTheReadmePrintsTheRoundTrip() {
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            PingExample.main(new String[0]);
        } finally {
            System.setOut(standard);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).matches("[0-9]+ us\n");
    }

    @Test
    void outcomeSaysThatAHostIsAlive() throws Exception {
        try (Pinger pinger = Pinger.builder().open()) {
            assertThat(OutcomeExample.verdict(pinger, HOST).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .matches("alive, [0-9]+ ns");
        }
    }

    @Test
    @RequiresTun
    void outcomeSaysWhatARouterReportedAndThatAHostIsSilent() throws Exception {
        try (Namespace lab = Namespace.create()) {
            TunResponder.open(lab, IcmpError.unreachable(1, Packets.address("10.9.9.9")), "10.1.0.0/24");
            TunResponder.open(lab, Behaviours.silent(), "10.2.0.0/24");
            try (Pinger pinger =
                    lab.call(() -> Pinger.builder().families(IpFamily.IPV4).open())) {
                assertThat(OutcomeExample.verdict(pinger, Packets.address("10.1.0.1"))
                                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo("host_unreachable");
                assertThat(OutcomeExample.verdict(pinger, Packets.address("10.2.0.1"))
                                .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo("silent");
            }
        }
    }

    @Test
    void seriesGivesAllItsResultsInOrder() {
        try (Pinger pinger = Pinger.builder().open()) {
            List<PingResult> results = SeriesExample.list(pinger, HOST);

            assertThat(results).extracting(PingResult::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(results).allMatch(result -> result.outcome().kind() == Kind.REPLIED);
        }
    }

    @Test
    void seriesTellsItsListenerEachResultAndSumsUp() {
        try (Pinger pinger = Pinger.builder().open()) {
            Queue<String> output = new ConcurrentLinkedQueue<>();
            PingStatistics statistics = SeriesExample.listen(pinger, HOST, output::add);

            assertThat(output).hasSize(5).allMatch(line -> line.matches("[1-5]: [0-9]+ ns"));
            assertThat(statistics.received()).isEqualTo(5);
            assertThat(statistics.loss()).isZero();
        }
    }

    @Test
    void publisherPingsUntilTheFirstReply() throws Exception {
        try (Pinger pinger = Pinger.builder().open()) {
            PingResult first = SeriesExample.FirstReply.of(pinger, HOST).get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(first.sequence()).isOne();
            assertThat(first.outcome().kind()).isEqualTo(Kind.REPLIED);
            assertThat(pinger.statistics()
                            .get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)
                            .probesSent())
                    .isOne();
        }
    }

    @Test
    void observerCountsWhatHappensToProbes() {
        ObserverExample.Meters meters = new ObserverExample.Meters();
        try (Pinger pinger = ObserverExample.openWith(meters)) {
            ProbeOutcome outcome = pinger.ping(HOST).join();
            PingStatistics statistics = ObserverExample.summary(List.of(outcome, outcome));

            Await.until("the probe has left", PATIENCE, () -> meters.inFlight == 0);
            assertThat(meters.sent.sum()).isOne();
            assertThat(meters.outcomes.get(Kind.REPLIED).sum()).isOne();
            assertThat(meters.outcomes.get(Kind.TIMED_OUT).sum()).isZero();
            assertThat(meters.rejected.sum()).isZero();
            assertThat(statistics.sent()).isEqualTo(2);
            assertThat(statistics.roundTrips().count()).isEqualTo(2);
        }
    }
}
