package io.github.nettyping.cli.sweep;

import static io.github.nettyping.cli.progress.ProgressSamples.noneRejected;
import static io.github.nettyping.cli.progress.ProgressSamples.outcomes;
import static io.github.nettyping.cli.progress.ProgressSamples.state;
import static io.github.nettyping.cli.progress.ProgressSamples.statistics;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.channel.IcmpChannelOption;
import io.github.nettyping.cli.format.SampleOutcomes;
import io.github.nettyping.correlation.CorrelatorStatistics.Outcomes;
import io.github.nettyping.correlation.CorrelatorStatistics.Rejected;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.probe.NotSent;
import io.github.nettyping.sweep.SweepOptions;
import io.github.nettyping.sweep.SweepSummary;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What somebody is told whom nobody answered. */
class SilenceHintTest {

    private static final SweepOptions PLAIN = SweepOptions.builder().build();

    private static SweepClues clues(boolean refused) {
        SweepClues one = new SweepClues();
        SweepClues other = new SweepClues();
        one.record(SampleOutcomes.timedOut("192.0.2.7"));
        if (refused) {
            other.record(SampleOutcomes.refused("192.0.2.8"));
        }
        return SweepClues.of(Stream.of(one, other));
    }

    private static Optional<IpAddress> source() throws UnknownHostException {
        return Optional.of(IpAddress.of(InetAddress.getByName("192.0.2.1")));
    }

    private static String hint(SweepSummary summary, SweepClues clues) throws UnknownHostException {
        assertThat(SilenceHint.isDue(summary)).isTrue();
        String hint = SilenceHint.of(summary, PLAIN, clues, source());
        assertThat(hint).startsWith("no target answered").doesNotContain("\n");
        return hint;
    }

    @Test
    void oneAnswerOrOneErrorIsNoSilence() {
        assertThat(SilenceHint.isDue(state(9, 9, outcomes(1, 8)))).isFalse();
        assertThat(SilenceHint.isDue(state(9, 9, new Outcomes(0, 1, 0, 0, 8, 0, 0))))
                .isFalse();
        assertThat(SilenceHint.isDue(state(9, 9, new Outcomes(0, 0, 1, 0, 8, 0, 0))))
                .isFalse();
        assertThat(SilenceHint.isDue(state(9, 9, new Outcomes(0, 0, 0, 1, 8, 0, 0))))
                .isFalse();
    }

    @Test
    void nothingIsSaidWithoutAnyVerdict() {
        assertThat(SilenceHint.isDue(state(9, 9, outcomes(0, 0)))).isFalse();
        assertThat(SilenceHint.isDue(state(0, 0, outcomes(0, 0)))).isFalse();
    }

    @Test
    void silenceNamesTheSourceAndWhatToLookAt() throws UnknownHostException {
        assertThat(hint(state(9, 18, outcomes(0, 9)), clues(false)))
                .isEqualTo("no target answered, and no router said why: a firewall, here or on the way, may drop echo"
                        + " requests or replies, or there is no way back to 192.0.2.1, where the probes came from; see"
                        + " \"ip route get 192.0.2.7\", \"nettyping trace 192.0.2.7\" and \"nettyping doctor\"");
    }

    @Test
    void anInterfaceThatWasAskedForIsPartOfTheQuestion() {
        SweepOptions options = SweepOptions.builder()
                .option(IcmpChannelOption.INTERFACE, "eth7")
                .build();
        assertThat(SilenceHint.of(state(9, 18, outcomes(0, 9)), options, clues(false), Optional.empty()))
                .contains("no way back to where the probes came from")
                .contains("\"ip route get 192.0.2.7 oif eth7\"");
    }

    @Test
    void aSourceThatWasAskedForNeedsNoLookup() throws UnknownHostException {
        SweepOptions options = SweepOptions.builder()
                .localAddress(InetAddress.getByName("192.0.2.99"))
                .build();
        assertThat(SilenceHint.sourceTo(clues(false).silent().orElseThrow(), options))
                .map(IpAddress::toString)
                .contains("192.0.2.99");
    }

    @Test
    void whatTheKernelRefusedIsToldInItsWords() throws UnknownHostException {
        assertThat(hint(state(9, 9, new Outcomes(0, 0, 0, 0, 2, 7, 0)), clues(true)))
                .startsWith("no target answered: 7 targets could not be asked, the first for ")
                .contains(((NotSent) SampleOutcomes.refused("192.0.2.8"))
                        .cause()
                        .orElseThrow()
                        .getMessage());
    }

    @Test
    void packetsThatThisHostDroppedAreTheFirstSuspects() throws UnknownHostException {
        assertThat(hint(state(9, statistics(9, 0, 4, outcomes(0, 9), noneRejected()), 1), clues(false)))
                .contains("this host dropped 1 received packet,")
                .contains("--rcvbuf");
    }

    @Test
    void lateRepliesCallForMoreTime() throws UnknownHostException {
        assertThat(hint(state(9, statistics(9, 0, 4, outcomes(0, 9), noneRejected()), 0), clues(false)))
                .contains("4 replies came after the last deadline: raise --timeout");
    }

    @Test
    void repliesFromElsewhereAreNamed() throws UnknownHostException {
        Rejected elsewhere = new Rejected(0, 0, 0, 0, 0, 3, 0);
        assertThat(hint(state(9, statistics(9, 0, 0, outcomes(0, 9), elsewhere), 0), clues(false)))
                .contains("3 authentic replies came from other addresses")
                .contains("--any-source");
    }

    @Test
    void spoiltPacketsAreNamed() throws UnknownHostException {
        Rejected spoilt = new Rejected(1, 0, 0, 2, 4, 0, 0);
        assertThat(hint(state(9, statistics(9, 0, 0, outcomes(0, 9), spoilt), 0), clues(false)))
                .contains("7 packets came that are no answers to what was sent");
    }
}
