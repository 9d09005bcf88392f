package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.cli.ping.iputils.PingDamage;
import io.github.nettyping.cli.ping.iputils.PingPattern;
import io.github.nettyping.probe.PayloadFiller;
import io.netty.buffer.Unpooled;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the payload is filled with. */
class PingPayloadTest {

    private static PingPlan plan(Optional<PingPattern> pattern, boolean random) {
        PingPlan plan = PingSamples.ENDLESS;
        return new PingPlan(
                plan.count(),
                plan.pace(),
                plan.flood(),
                plan.timeout(),
                plan.deadline(),
                plan.payloadBytes(),
                pattern,
                random,
                plan.preload(),
                plan.anySource());
    }

    @Test
    void payloadIsFilledWithOffsetsAPatternOrWhatLooksRandom() {
        assertThat(plan(Optional.empty(), false).filler()).isEqualTo(PayloadFiller.offsets());
        assertThat(plan(Optional.empty(), true).filler()).isEqualTo(PayloadFiller.random());
        PayloadFiller pattern = plan(Optional.of(new PingPattern("ab")), false).filler();
        assertThat(pattern.eightBytes(16, 16, 0)).isEqualTo(0xabab_abab_abab_ababL);
    }

    @Test
    void aPatternAndRandomBytesContradictEachOther() {
        StringWriter err = new StringWriter();
        PrintWriter out = new PrintWriter(new StringWriter());
        String[] words = {"ping", "-c", "1", "-p", "ab", "--random-payload", "127.0.0.1"};
        assertThat(Main.run(words, out, new PrintWriter(err, true))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("-p and --random-payload contradict each other");
    }

    @Test
    void damageOfRandomBytesShowsWhatCame() {
        byte[] came = new byte[20];
        came[16] = (byte) 0xfe;
        assertThat(PingDamage.ofRandom(Unpooled.wrappedBuffer(came), came.length))
                .isEqualTo("\nwrong data bytes\n#16\tfe 0 0 0 ");
        assertThat(PingDamage.ofRandom(Unpooled.wrappedBuffer(came), 21)).isEmpty();
    }
}
