package io.github.nettyping.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(read.outputCrc()).isEqualTo(5_678);
        assertThat(read.past()).isEqualTo(written.past());
        assertThat(read.exitCode()).isEmpty();
        assertThat(read.done().done().count()).isEqualTo(29);
        assertThat(read.done().done().contains(99)).isTrue();
        assertThat(read.done().done().firstMissing(0)).isEqualTo(28);
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
                .startsWith("{\"nettyping_checkpoint\":2,\"version\":\"0.1.0\",\"command\":\"sweep \\u00E4\",")
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

    /** As somebody who knows the form can make it, or a fault of an earlier version. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "output_bytes | -1",
                "output_bytes | 9223372036854775807",
                "output_crc32c | -5",
                "below | -64",
                "below | 64",
                "below | 9223372036854775744",
                "count | 28",
                "alive | 1000000000000000",
                "alive | -1",
                "timeout | 0",
                "probes_sent | -9223372036854775808",
                "late | 9223372036854775807",
                "local_drops | -1",
                "elapsed_ns | -1",
                "sending_ns | -1",
                "answering_ns | 9223372036854775807",
                "targets | 28",
                "targets | -1",
                "exit_code | 77",
                "exit_code | 4294967296",
                "bitmap | \"/////w\"",
                "round_trips | \"AAAAAAAAAAAAAAAAAAAAAA==\"",
                "round_trips | \"\"",
                "started_at | \"tomorrow\"",
                "sockets | [\"TCP\"]",
            })
    void whatCannotBeIsRefusedThoughItsChecksumIsRight(String field, String value) {
        String text = new String(BYTES, StandardCharsets.US_ASCII);
        String object = text.replaceAll(",\"sha256\".*", "}").strip();
        String changed = object.replaceFirst(
                "\"" + field + "\":(\"[^\"]*\"|\\[[^\\]]*]|[^,}]*)",
                Matcher.quoteReplacement("\"" + field + "\":" + value));
        assertThat(changed).isNotEqualTo(object);

        assertNone(sealed(changed), "cannot read: ");
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
        assertNone(sealed("{\"nettyping_checkpoint\":3}"), "cannot read: its form is 3 (expected: 2)");
        assertNone(sealed("{\"nettyping_checkpoint\":2}"), "cannot read: no such field, or none of that type: targets");
        assertNone(sealed("{\"nettyping_checkpoint\":true}"), "neither text nor integer");
        assertNone(sealed("{\"nettyping_checkpoint\":2,,}"), "cannot read: ");
    }
}
