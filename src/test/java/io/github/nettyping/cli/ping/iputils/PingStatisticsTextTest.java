package io.github.nettyping.cli.ping.iputils;

import static io.github.nettyping.cli.ping.PingSamples.host;
import static io.github.nettyping.cli.ping.PingSamples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.Colour;
import io.github.nettyping.cli.ping.PingHost;
import io.github.nettyping.cli.ping.PingPlan;
import io.github.nettyping.cli.ping.PingSamples;
import io.github.nettyping.cli.ping.PingTally;
import io.github.nettyping.packet.IpFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden lines of ping(8), iputils 20221126. */
class PingStatisticsTextTest {

    private static final PingHost HOST = host("host.example", "198.51.100.7");
    private static final long MILLI = 1_000_000;

    private final PingTally tally = new PingTally();

    private List<String> lines(PingPlan plan) {
        return PingStatisticsText.of(tally.figures(HOST, plan), Colour.NONE);
    }

    private List<String> lines() {
        return lines(PingSamples.ENDLESS);
    }

    private void send(int probes) {
        for (int i = 1; i <= probes; i++) {
            tally.transmitted(i, i * 1_000_400_000L);
        }
    }

    @Test
    void allIsWell() {
        send(3);
        tally.reply(1, reply("198.51.100.7", 45_999));
        tally.reply(2, reply("198.51.100.7", 75_999));
        tally.reply(3, reply("198.51.100.7", 128_000));
        assertThat(lines())
                .containsExactly(
                        "",
                        "--- host.example ping statistics ---",
                        "3 packets transmitted, 3 received, 0% packet loss, time 2001ms",
                        "rtt min/avg/max/mdev = 0.045/0.083/0.128/0.033 ms, pipe 3");
    }

    @Test
    void nothingCame() {
        send(2);
        assertThat(lines())
                .containsExactly(
                        "",
                        "--- host.example ping statistics ---",
                        "2 packets transmitted, 0 received, 100% packet loss, time 1000ms",
                        "");
    }

    @Test
    void nothingWasSent() {
        assertThat(lines())
                .containsExactly("", "--- host.example ping statistics ---", "0 packets transmitted, 0 received", "");
    }

    @Test
    void oddThingsStandInTheirOrder() {
        send(1);
        tally.reply(1, reply("198.51.100.7", 2 * MILLI));
        tally.reply(1, reply("198.51.100.7", 3 * MILLI));
        tally.corrupted();
        tally.late();
        tally.error(1, IpFamily.IPV4);
        tally.transmitted(2, 1_000_400_000L);
        tally.transmitted(3, 1_000_400_000L);
        assertThat(lines().get(2))
                .isEqualTo("3 packets transmitted, 1 received, +1 duplicates, +1 corrupted, +1 late, +1 errors,"
                        + " 66.6667% packet loss, time 0ms");
    }

    @Test
    void pipeStandsAloneWithoutReplies() {
        send(3);
        tally.error(1, IpFamily.IPV4);
        assertThat(lines().get(3)).isEqualTo("pipe 3");
    }

    @Test
    void errorsOfIpv6DoNotCountForThePipe() {
        send(3);
        tally.error(1, IpFamily.IPV6);
        assertThat(lines().get(3)).isEmpty();
    }

    @Test
    void payloadWithoutRoomForAStampHasNoRoundTrips() {
        send(1);
        tally.reply(1, reply("198.51.100.7", MILLI));
        assertThat(lines(PingSamples.withSize(15)).get(3)).isEmpty();
    }

    @Test
    void probeIsForgottenWhenItsNumberComesAgainInThePacket() {
        send(1);
        tally.reply(1, reply("198.51.100.7", MILLI));
        assertThat(tally.isAnswered(1)).isTrue();
        tally.transmitted(1 + 65_536, 0);
        assertThat(tally.reply(1 + 65_536, reply("198.51.100.7", MILLI))).isTrue();
    }
}
