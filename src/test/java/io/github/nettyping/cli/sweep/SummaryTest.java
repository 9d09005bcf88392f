package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.correlation.CorrelatorStatistics;
import io.github.nettyping.packet.SocketKind;
import io.github.nettyping.statistics.Distribution;
import io.github.nettyping.statistics.PingRecorder;
import io.github.nettyping.sweep.SweepSummary;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.5Z");

    private static SweepReport report(
            long targets, CorrelatorStatistics statistics, long drops, boolean stopped, Distribution trips) {
        return report(targets, statistics, drops, stopped, trips, OptionalLong.empty());
    }

    private static SweepReport report(
            long targets,
            CorrelatorStatistics statistics,
            long drops,
            boolean stopped,
            Distribution trips,
            OptionalLong seed) {
        SweepSummary summary = new SweepSummary(
                targets,
                statistics,
                drops,
                drops == 0 ? List.of() : List.of("eth0", "eth1"),
                Set.of(SocketKind.IPV4_RAW, SocketKind.IPV6_RAW),
                1_000,
                3,
                START,
                1_234_567_890L,
                stopped);
        return new SweepReport(summary, trips, "sweep -f 'my file' \u00e4", seed, "0.1.0", "6.18.0");
    }

    private static CorrelatorStatistics everything() {
        return new CorrelatorStatistics(
                21,
                4,
                3,
                1,
                5,
                6,
                7,
                new CorrelatorStatistics.Rejected(11, 12, 13, 14, 15, 16, 17),
                99,
                99,
                99,
                new CorrelatorStatistics.Outcomes(1, 2, 3, 4, 5, 6, 7),
                0,
                OptionalLong.of(-1_000_000_000L),
                OptionalLong.of(1_000_000_000L),
                OptionalLong.of(3_000_000_000L));
    }

    private static CorrelatorStatistics plain(long alive, long silent, long sent) {
        return new CorrelatorStatistics(
                sent,
                0,
                0,
                alive,
                0,
                0,
                0,
                new CorrelatorStatistics.Rejected(0, 0, 0, 0, 0, 0, 0),
                0,
                0,
                0,
                new CorrelatorStatistics.Outcomes(alive, 0, 0, 0, silent, 0, 0),
                0,
                OptionalLong.of(0),
                OptionalLong.of(sent),
                OptionalLong.empty());
    }

    private static Distribution oneTrip() {
        PingRecorder recorder = new PingRecorder(3);
        recorder.record(SampleOutcomes.replied("192.0.2.1", 41_250));
        return recorder.statistics().roundTrips();
    }

    private static Distribution noTrips() {
        return new PingRecorder(3).statistics().roundTrips();
    }

    @Test
    void jsonHasEveryFieldOfTheContractInItsOrder() {
        assertThat(report(28, everything(), 8, false, oneTrip()).json())
                .isEqualTo("{\"targets\":28,\"alive\":1,\"timeout\":5,\"unreachable\":2,\"ttl_exceeded\":3,"
                        + "\"icmp_error\":4,\"send_failed\":6,\"dropped_locally\":7,\"probes_sent\":21,\"resent\":3,"
                        + "\"replies\":1,\"duplicates\":5,\"damaged\":6,\"late\":7,"
                        + "\"rejected\":{\"token\":11,\"identifier\":12,\"type\":13,\"checksum\":14,\"malformed\":15,"
                        + "\"wrong_source\":16,\"quote\":17},\"local_drops\":8,\"interfaces_lost\":[\"eth0\",\"eth1\"],\"elapsed_ns\":1234567890,"
                        + "\"rate\":10.000,\"round_trips_per_second\":0.250,"
                        + "\"rtt_ns\":{\"min\":41250,\"p50\":41250,\"p90\":41250,\"p99\":41250,\"max\":41250},"
                        + "\"rtt_source\":\"user_tx_kernel_rx\",\"socket\":\"raw\",\"loops\":3,\"version\":\"0.1.0\","
                        + "\"command\":\"sweep -f 'my file' \\u00E4\",\"seed\":null,"
                        + "\"started_at\":\"2026-01-01T00:00:00.500000000Z\",\"kernel\":\"6.18.0\"}");
    }

    @Test
    void jsonHasNullForWhatIsNotKnown() {
        assertThat(report(1, plain(0, 1, 1), 0, false, noTrips()).json())
                .contains("\"rate\":null,\"round_trips_per_second\":null,"
                        + "\"rtt_ns\":{\"min\":null,\"p50\":null,\"p90\":null,\"p99\":null,\"max\":null},"
                        + "\"rtt_source\":null,");
    }

    @Test
    void textIsShortWhenAllIsWell() {
        assertThat(report(1, plain(1, 0, 1), 0, false, oneTrip()).text()).isEqualTo("""
                        1 target, 1 alive, 0 timeout
                        1 probe sent (raw socket), 1.235 s in all
                        round trip min/p50/p90/p99/max 0.041/0.041/0.041/0.041/0.041 ms (user_tx_kernel_rx)
                        """);
    }

    @Test
    void textSaysWhateverElseHappened() {
        assertThat(report(28, everything(), 8, false, oneTrip()).text()).isEqualTo("""
                        28 targets, 1 alive, 5 timeout, 2 unreachable, 3 ttl_exceeded, 4 icmp_error, 6 send_failed, \
                        7 dropped_locally
                        21 probes sent (raw socket), 10 per second, 1.235 s in all
                        round trip min/p50/p90/p99/max 0.041/0.041/0.041/0.041/0.041 ms (user_tx_kernel_rx)
                        replies: 5 duplicates, 6 damaged, 7 late
                        rejected: 11 token, 12 identifier, 13 type, 14 checksum, 15 malformed, 16 wrong_source, \
                        17 quote
                        the carrier was lost or the MTU changed while probes were out: eth0, eth1; 3 probes were sent again
                        this host dropped 8 received packets, and 3 probes were sent again; \
                        raise --rcvbuf or lower --rate
                        """);
    }

    @Test
    void textOfAnEarlyEndSaysSo() {
        assertThat(report(28, plain(0, 2, 2), 0, true, noTrips()).text())
                .startsWith("stopped early: not every target has a verdict\n28 targets, 0 alive, 2 timeout\n");
    }

    @Test
    void bothKindsOfSocketAreNamedIfTheFamiliesDiffer() {
        SweepSummary summary = new SweepSummary(
                2,
                plain(1, 1, 2),
                0,
                List.of(),
                Set.of(SocketKind.IPV4_DGRAM, SocketKind.IPV6_RAW),
                1_000,
                1,
                START,
                1,
                false);
        assertThat(new SweepReport(summary, oneTrip(), "", OptionalLong.empty(), "", "").sockets())
                .contains("dgram,raw");
    }

    @Test
    void aSweepWithoutTargetsHadNoSockets() {
        SweepSummary summary = new SweepSummary(
                0, CorrelatorStatistics.EMPTY, 0, List.of(), Set.of(), 1_000, 1, START, 1_000_000, false);
        SweepReport report = new SweepReport(summary, noTrips(), "", OptionalLong.empty(), "", "");

        assertThat(report.text()).isEqualTo("0 targets, 0 alive, 0 timeout\n0 probes sent, 0.001 s in all\n");
        assertThat(report.json()).startsWith("{\"targets\":0,").contains(",\"socket\":null,");
    }

    @Test
    void randomOrderIsToldByItsSeed() {
        SweepReport report = report(1, plain(1, 0, 1), 0, false, oneTrip(), OptionalLong.of(-7));
        assertThat(report.json()).contains(",\"seed\":-7,");
        assertThat(report.text()).contains("\nrandom order, seed -7\n");
    }

    @Test
    void stopAfterTheLastVerdictLeavesNothingOut() {
        assertThat(report(2, plain(1, 1, 2), 0, true, oneTrip()).text()).startsWith("2 targets, 1 alive, ");
        assertThat(report(0, CorrelatorStatistics.EMPTY, 0, true, noTrips()).text())
                .startsWith("stopped early: ");
    }
}
