package io.github.nettyping.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.format.ResultFormat;
import io.github.nettyping.cli.output.FileFailure;
import io.github.nettyping.cli.output.UnusableException;
import io.github.nettyping.cli.target.TargetOrder;
import io.github.nettyping.probe.ProbeOutcome;
import io.github.nettyping.target.PositionSet;
import io.github.nettyping.target.TargetSequence;
import io.github.nettyping.target.Targets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumableOutputTest {

    private static final TargetSequence SEQUENCE = TargetSequence.of(Targets.parse("10.0.0.0/24"));
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path dir;

    private Path output;
    private Path checkpoint;

    @BeforeEach
    void nameFiles() throws IOException {
        dir = dir.toRealPath();
        output = dir.resolve("results");
        checkpoint = dir.resolve("checkpoint");
    }

    private static SweepIdentity identity(ResumableOutput files) {
        return SweepIdentity.of(
                SEQUENCE, TargetOrder.ASCENDING, ResultFormat.Name.JSONL, SweepIdentity.Shown.ALL, files.output());
    }

    /** Saves a checkpoint of an output with three lines of ten bytes, of which the first two belong to it. */
    private void leaveBehind() throws Exception {
        try (ResumableOutput files = ResumableOutput.open(output, checkpoint)) {
            Beginning beginning = files.begin(SEQUENCE, identity(files), START);
            assertThat(beginning.first()).isTrue();
            PositionSet done = new PositionSet();
            done.add(0);
            done.add(2);
            SweepTally tally = new SweepTally();
            tally.count(ProbeOutcome.Kind.TIMED_OUT);
            tally.count(ProbeOutcome.Kind.TIMED_OUT);
            files.store()
                    .save(CheckpointText.of(new Checkpoint(
                            identity(files),
                            "sweep 10.0.0.0/24",
                            "",
                            20,
                            crc("123456789\n".repeat(2)),
                            new Ledger.Snapshot(done, tally),
                            SweepPast.none(START),
                            OptionalInt.empty())));
        }
        Files.writeString(output, "123456789\n".repeat(3));
    }

    private static long crc(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        return sum.getValue();
    }

    private Beginning resume() throws IOException {
        try (ResumableOutput files = ResumableOutput.open(output, checkpoint)) {
            Beginning beginning = files.begin(SEQUENCE, identity(files), START);
            ByteBuffer line = ByteBuffer.wrap("xnew line\ny".getBytes(StandardCharsets.US_ASCII));
            assertThat(files.file().write(line, 1, 10)).isEqualTo(9);
            assertThat(files.file().length()).isEqualTo(29);
            return beginning;
        }
    }

    private void assertUnfit(String message) {
        assertThatThrownBy(this::resume)
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("--checkpoint " + checkpoint);
    }

    @Test
    void outputIsCutToWhatTheCheckpointSaysAndGoesOnThere() throws Exception {
        leaveBehind();
        Beginning beginning = resume();
        assertThat(Files.readString(output)).isEqualTo("123456789\n123456789\nnew line\n");
        assertThat(beginning.first()).isFalse();
        assertThat(beginning.targets().nextMissing(0)).isEqualTo(1);
        assertThat(beginning.targets().nextMissing(2)).isEqualTo(3);
        assertThat(beginning.ledger().orElseThrow().count()).isEqualTo(2);
        assertThat(beginning.announcement()).hasValue("going on after 2 of 254 targets");
    }

    @Test
    void savingLeavesNothingBeside() throws Exception {
        leaveBehind();
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactlyInAnyOrder(output, checkpoint);
        }
    }

    @Test
    void whatAKilledProcessLeftBesideIsReplaced() throws Exception {
        Files.writeString(dir.resolve(".checkpoint.tmp"), "half of a checkpoint, longer than it will be".repeat(200));
        leaveBehind();
        resume();
        assertThat(Files.exists(dir.resolve(".checkpoint.tmp"))).isFalse();
    }

    @Test
    void withoutACheckpointTheOutputBeginsEmpty() throws Exception {
        Files.writeString(output, "old");
        try (ResumableOutput files = ResumableOutput.open(output, checkpoint)) {
            assertThat(Files.readString(output)).isEqualTo("old");
            files.begin(SEQUENCE, identity(files), START);
            assertThat(Files.size(output)).isZero();
        }
    }

    @Test
    void shorterOutputIsRefusedAndStaysAsItIs() throws Exception {
        leaveBehind();
        Files.writeString(output, "123456789\n123456789");
        assertUnfit("its output " + output + " has 19 bytes of 20; ");
        assertThat(Files.size(output)).isEqualTo(19);
    }

    @Test
    void outputOfOtherBytesIsRefusedAndStaysAsItIs() throws Exception {
        leaveBehind();
        Files.writeString(output, "123456789\n123456780\n".repeat(2));
        assertUnfit("the first 20 bytes of its output " + output + " are not those that were written; ");
        assertThat(Files.size(output)).isEqualTo(40);
    }

    @Test
    void twoCannotHaveOneCheckpoint() throws Exception {
        try (ResumableOutput first = ResumableOutput.open(output, checkpoint)) {
            first.begin(SEQUENCE, identity(first), START);
            Path other = dir.resolve("other");
            assertThatThrownBy(() -> ResumableOutput.open(other, checkpoint))
                    .isInstanceOf(FileFailure.class)
                    .hasMessage("--checkpoint " + checkpoint + ": another process is writing to it; name another file");
            first.store().save(new byte[] {1});
            assertThatThrownBy(() -> ResumableOutput.open(other, checkpoint)).isInstanceOf(FileFailure.class);
            assertThat(Files.exists(other)).isFalse();
        }
    }

    @Test
    void aCheckpointThatWasNeverSavedDoesNotStay() throws Exception {
        ResumableOutput.open(output, checkpoint).close();
        assertThat(Files.exists(checkpoint)).isFalse();
    }

    @Test
    void missingOutputIsRefusedAndNotCreated() throws Exception {
        leaveBehind();
        Files.delete(output);
        assertUnfit("its output " + output + " is gone; ");
        assertThat(Files.exists(output)).isFalse();
    }

    @Test
    void otherOutputIsRefusedAndNotTouched() throws Exception {
        leaveBehind();
        Path other = Files.writeString(dir.resolve("other"), "mine");
        assertThatThrownBy(() -> ResumableOutput.open(other, checkpoint))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("output " + output + " (now " + other + ")")
                .hasMessageEndingWith("repeat what began it: nettyping sweep 10.0.0.0/24");
        assertThat(Files.readString(other)).isEqualTo("mine");
    }

    @Test
    void outputIsTheSameByAnyName() throws Exception {
        leaveBehind();
        Path link = Files.createSymbolicLink(dir.resolve("link"), output);
        ResumableOutput.open(link, checkpoint).close();
        ResumableOutput.open(dir.resolve("..").resolve(dir.getFileName()).resolve("results"), checkpoint)
                .close();
    }

    @Test
    void damagedCheckpointIsRefusedAndTheOutputNotTouched() throws Exception {
        leaveBehind();
        byte[] content = Files.readAllBytes(checkpoint);
        for (int length : new int[] {0, 1, 30, content.length / 2, content.length - 1}) {
            Files.write(checkpoint, Arrays.copyOf(content, length));
            assertUnfit("checkpoint");
        }
        content[content.length / 2] ^= 1;
        Files.write(checkpoint, content);
        assertUnfit("a damaged checkpoint");
        assertThat(Files.size(output)).isEqualTo(30);
    }

    @Test
    void directoriesAndDevicesAreRefused() throws IOException {
        Files.createDirectory(checkpoint);
        assertUnfit("is no regular file");
        Files.delete(checkpoint);
        output = Path.of("/dev/null");
        assertThatThrownBy(this::resume)
                .isInstanceOf(FileFailure.class)
                .hasMessageStartingWith("--output /dev/null: is no regular file");
    }
}
