package io.github.nettyping.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointTextTest {

    private static final byte[] BYTES = CheckpointText.of(SampleCheckpoints.unfinished());

    private static void assertNone(byte[] bytes, String reason) {
        assertThatThrownBy(() -> CheckpointText.parse(bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    /** Returns an object with the right checksum, as another program or version might write it. */
    private static byte[] sealed(String object) {
        String beginning = object.substring(0, object.length() - 1);
        byte[] sum = SweepIdentity.sha256().digest(beginning.getBytes(StandardCharsets.US_ASCII));
        return (beginning + ",\"sha256\":\"" + HexFormat.of().formatHex(sum) + "\"}\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Checkpoint written = SampleCheckpoints.unfinished();
        Checkpoint read = CheckpointText.parse(BYTES);

        assertThat(read.identity()).isEqualTo(written.identity());
        assertThat(read.command()).isEqualTo(written.command());
        assertThat(read.version()).isEqualTo(written.version());
        assertThat(read.outputBytes()).isEqualTo(1_234);
        assertThat(read.past()).isEqualTo(written.past());
        assertThat(read.exitCode()).isEmpty();
        assertThat(read.done().done().count()).isEqualTo(71);
        assertThat(read.done().done().contains(99)).isTrue();
        assertThat(read.done().done().firstMissing(0)).isEqualTo(70);
        assertThat(read.done().tally().outcomes())
                .isEqualTo(written.done().tally().outcomes());
        assertThat(read.done().tally().roundTrips().percentileNanos(50))
                .isEqualTo(written.done().tally().roundTrips().percentileNanos(50));
        assertThat(read.done().tally().roundTrips().sources()).hasSize(2);
    }

    @Test
    void exitCodeOfAFinishedSweepIsKept() {
        Checkpoint sample = SampleCheckpoints.unfinished();
        Checkpoint finished = new Checkpoint(
                sample.identity(),
                sample.command(),
                sample.version(),
                0,
                sample.done(),
                SweepPast.none(sample.past().startedAt()),
                OptionalInt.of(2));
        Checkpoint read = CheckpointText.parse(CheckpointText.of(finished));
        assertThat(read.exitCode()).hasValue(2);
        assertThat(read.past()).isEqualTo(finished.past());
    }

    @Test
    void itIsOneLineOfAsciiWithTheChecksumLast() {
        String text = new String(BYTES, StandardCharsets.US_ASCII);
        assertThat(text)
                .startsWith("{\"nettyping_checkpoint\":1,\"version\":\"0.1.0\",\"command\":\"sweep \\u00E4\",")
                .matches("(?s).*,\"sha256\":\"[0-9a-f]{64}\"}\n")
                .containsOnlyOnce("\n");
        String object = text.replaceAll(",\"sha256\".*", "}").strip();
        assertThat(sealed(object)).isEqualTo(BYTES);
    }

    @Test
    void damageOfAnyByteIsNoticed() {
        for (int i = 0; i < BYTES.length; i++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] damaged = BYTES.clone();
                damaged[i] ^= (byte) (1 << bit);
                assertNone(damaged, "checkpoint");
            }
        }
    }

    @Test
    void endAnywhereIsNoticed() {
        for (int length = 0; length < BYTES.length; length++) {
            assertNone(Arrays.copyOf(BYTES, length), "checkpoint");
        }
        assertNone(Arrays.copyOf(BYTES, BYTES.length + 1), "damaged");
    }

    @Test
    void otherFilesAreNoCheckpoints() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            assertNone(bytes, "no checkpoint of nettyping");
        }
        assertNone(
                "{\"some\":\"json\"}\n".repeat(20).getBytes(StandardCharsets.US_ASCII), "no checkpoint of nettyping");
    }

    @Test
    void laterVersionsAndMissingFieldsAreNamed() {
        assertNone(sealed("{\"nettyping_checkpoint\":2}"), "cannot read: its form is 2 (expected: 1)");
        assertNone(sealed("{\"nettyping_checkpoint\":1}"), "cannot read: no such field, or none of that type: targets");
        assertNone(sealed("{\"nettyping_checkpoint\":true}"), "neither text nor integer");
        assertNone(sealed("{\"nettyping_checkpoint\":1,,}"), "cannot read: ");
    }
}
