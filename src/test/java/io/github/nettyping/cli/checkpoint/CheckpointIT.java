package io.github.nettyping.cli.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Signal;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sweeps that are ended and go on. Everything stays on the loopback device. */
@Execution(ExecutionMode.CONCURRENT)
class CheckpointIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final int TARGETS = 65_534;
    private static final Pattern GOING_ON = Pattern.compile("going on after ([0-9]+) of 65534 targets");

    @TempDir
    Path dir;

    private Path output;
    private Path checkpoint;

    @BeforeEach
    void nameFiles() {
        output = dir.resolve("results");
        checkpoint = dir.resolve("checkpoint");
    }

    private Program start(String... more) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "-o", output.toString(), "--checkpoint"));
        arguments.add(checkpoint.toString());
        arguments.addAll(List.of(more));
        return Program.start(dir, Program.command(arguments.toArray(String[]::new)));
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it three times, once a random number of bytes further each, then lets it end. */
    private String killThreeTimesAndFinish(long seed, int lineBytes, String... arguments) throws InterruptedException {
        Random random = new Random(seed);
        List<Long> before = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long further = (long) (5_000 + random.nextInt(17_000)) * lineBytes;
            long begun = size(output);
            try (Program program = start(arguments)) {
                Await.until(
                        "the output has grown, or there is nothing left",
                        LIMIT,
                        () -> size(output) >= begun + further
                                || !program.process().isAlive());
                program.signal(Signal.KILL);
                program.process().waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS);
                before.add(goneOn(program.err()));
            }
        }
        try (Program program = start(arguments)) {
            assertThat(program.exitCode()).isZero();
            before.add(goneOn(program.err()));
            assertThat(before).isSorted();
            assertThat(before.get(3)).isPositive();
            return program.err();
        }
    }

    private static long goneOn(String messages) {
        Matcher matcher = GOING_ON.matcher(messages);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @Test
    @RequiresRawSockets
    void killedSweepOfJsonLinesHasEveryTargetOnceInTheEnd() throws InterruptedException {
        String summary = killThreeTimesAndFinish(
                1, 230, "--rate", "15k", "--format", "jsonl", "--summary", "json", "127.0.0.0/16");
        assertThat(lines())
                .hasSize(TARGETS)
                .allMatch(line -> line.startsWith("{\"target\":\"127.0.") && line.endsWith("}"));
        assertThat(lines().stream().map(line -> line.split("\"", 5)[3]).distinct())
                .hasSize(TARGETS);
        assertThat(summary.lines().reduce((one, other) -> other).orElseThrow())
                .startsWith("{\"targets\":65534,\"alive\":65534,\"timeout\":0,");
    }

    @Test
    @RequiresRawSockets
    void killedSweepOfTwoLoopsHasEveryTargetAndTheHeaderOnceInTheEnd() throws InterruptedException {
        killThreeTimesAndFinish(2, 90, "--rate", "15k", "--loops", "2", "--format", "csv", "127.0.0.0/16");
        assertThat(lines())
                .hasSize(TARGETS + 1)
                .allMatch(line -> line.chars().filter(c -> c == ',').count() == 16);
        assertThat(lines().get(0)).startsWith("target,status,");
        assertThat(lines().stream().map(line -> line.split(",", 2)[0]).distinct())
                .hasSize(TARGETS + 1);
    }

    @Test
    @RequiresRawSockets
    void killedSweepOfTextInAnOrderThatWasDrawnHasEveryTargetOnceInTheEnd() throws InterruptedException {
        killThreeTimesAndFinish(3, 22, "--rate", "15k", "--loops", "2", "--order", "random", "--all", "127.0.0.0/16");
        assertThat(lines()).hasSize(TARGETS).allMatch(line -> line.matches("127\\.0\\.[0-9.]+\t[0-9.]+ ms"));
        assertThat(lines().stream().map(line -> line.split("\t", 2)[0]).distinct())
                .hasSize(TARGETS);
    }

    @Test
    @RequiresRawSockets
    void interruptedSweepGoesOnWhereItWas() {
        try (Program program = start("--rate", "5k", "-q", "127.0.0.0/18")) {
            Await.until("it has begun", LIMIT, () -> size(checkpoint) > 0);
            program.signal(Signal.INT);
            assertThat(program.exitCode()).isEqualTo(130);
            assertThat(program.err()).startsWith("stopped early");
        }
        try (Program program = start("-q", "127.0.0.0/18")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.err())
                    .startsWith("nettyping: going on after ")
                    .contains("\n16382 targets, 16382 alive, 0 timeout\n");
            // Those under way at the interruption have been asked twice.
            Matcher sent = Pattern.compile("\n([0-9]+) probes sent").matcher(program.err());
            assertThat(sent.find()).isTrue();
            assertThat(Long.parseLong(sent.group(1))).isGreaterThanOrEqualTo(16_382);
        }
    }

    @Test
    @RequiresRawSockets
    void finishedSweepSaysItsSummaryAgainAndSendsNothing() throws IOException {
        String[] arguments = {"--format", "jsonl", "--summary", "json", "127.0.0.0/24"};
        String summary;
        try (Program program = start(arguments)) {
            assertThat(program.exitCode()).isZero();
            summary = program.err();
        }
        byte[] results = Files.readAllBytes(output);
        Files.write(output, "garbage\n".getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
        try (Program program = start(arguments)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).isEqualTo(summary);
        }
        assertThat(Files.readAllBytes(output)).isEqualTo(results);
    }

    @Test
    @RequiresRawSockets
    void hostsThatAnsweredEarlierCountAmongThoseThatAreWanted() {
        try (Program program = start("--max-alive", "5", "--rate", "1k", "127.0.0.0/24")) {
            assertThat(program.exitCode()).isZero();
        }
        assertThat(lines()).hasSize(5);
        try (Program program = start("--max-alive", "5", "127.0.0.0/24")) {
            assertThat(program.exitCode()).isZero();
        }
        assertThat(lines()).hasSize(5);
        try (Program program = start("--max-alive", "8", "127.0.0.0/24")) {
            assertThat(program.exitCode()).isZero();
        }
        assertThat(lines()).hasSize(8);
    }

    @Test
    @RequiresRawSockets
    void secondProcessWithTheSameOutputIsRefused() {
        try (Program first = start("--rate", "1k", "127.0.0.0/16")) {
            Await.until("the first has begun", LIMIT, () -> size(checkpoint) > 0);
            Path other = dir.resolve("other");
            assertThat(other.toFile().mkdir()).isTrue();
            List<String> command = Program.command(
                    "sweep", "-o", output.toString(), "--checkpoint", checkpoint.toString(), "127.0.0.0/16");
            List<String> plain = Program.command("sweep", "-o", output.toString(), "127.0.0.1");
            try (Program second = Program.start(other, plain)) {
                assertThat(second.exitCode()).isEqualTo(4);
                assertThat(second.err()).startsWith("nettyping: --output " + output + ": another process is writing");
            }
            try (Program second = Program.start(other, command)) {
                assertThat(second.exitCode()).isEqualTo(4);
                assertThat(second.err())
                        .isEqualTo("nettyping: --checkpoint " + checkpoint
                                + ": another process is writing to it; name another file\n");
            }
            first.signal(Signal.INT);
            assertThat(first.exitCode()).isEqualTo(130);
        }
    }

    @Test
    @RequiresRawSockets
    void otherSweepIsRefusedByWhatItDiffersIn() throws IOException {
        try (Program program = start("--format", "jsonl", "127.0.0.0/28")) {
            assertThat(program.exitCode()).isZero();
        }
        byte[] results = Files.readAllBytes(output);
        try (Program program = start("--format", "csv", "127.0.0.0/24")) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.err())
                    .startsWith("nettyping: --checkpoint " + checkpoint + " is of another sweep, with other targets, 14"
                            + " (now 254), format jsonl (now csv); ")
                    .contains(" or repeat what began it: nettyping sweep -o ")
                    .containsOnlyOnce("\n");
        }
        assertThat(Files.readAllBytes(output)).isEqualTo(results);
    }

    @Test
    @RequiresRawSockets
    @RequiresNamespaces
    @RequiresTool({Tool.UNSHARE, Tool.MOUNT})
    void sweepThatFilledTheDiskGoesOnOnceThereIsRoom() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(dir.resolve("disk"));
        String script = """
                mount -t tmpfs -o size=2m none "$DISK" || exit 77
                "$@" 2>"$DIR/first"; echo $? >"$DIR/codes"
                mount -o remount,size=64m "$DISK" || exit 77
                "$@" 2>"$DIR/second"; echo $? >>"$DIR/codes"
                cp "$DISK/results" "$DIR/results"
                """;
        List<String> command = new ArrayList<>(
                List.of("env", "DIR=" + dir, "DISK=" + disk, "unshare", "--mount", "sh", "-c", script, "sh"));
        command.addAll(Program.command(
                "sweep",
                "--format=jsonl",
                "-o",
                disk.resolve("results").toString(),
                "--checkpoint",
                disk.resolve("checkpoint").toString(),
                "127.0.0.0/18"));
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isZero();
        }
        assertThat(Files.readAllLines(dir.resolve("codes"))).containsExactly("4", "0");
        assertThat(Files.readString(dir.resolve("first")))
                .startsWith("nettyping: --output ")
                .endsWith("; make room, or name another file\n")
                .containsOnlyOnce("\n");
        assertThat(Files.readString(dir.resolve("second"))).contains("\n16382 targets, 16382 alive, 0 timeout\n");
        assertThat(lines().stream().map(line -> line.split("\"", 5)[3]).distinct())
                .hasSize(16_382);
        assertThat(lines()).hasSize(16_382);
    }

    @Test
    void checkpointNeedsAnOutput() {
        List<String> command = Program.command("sweep", "--checkpoint", checkpoint.toString(), "127.0.0.1");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.err()).contains("needs --output FILE").containsOnlyOnce("\n");
        }
    }

    @Test
    void checkpointThatCannotBeSavedEndsTheSweepBeforeItBegins() {
        checkpoint = dir.resolve("missing/checkpoint");
        try (Program program = start("127.0.0.1")) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.err())
                    .isEqualTo("nettyping: --checkpoint " + checkpoint
                            + ": no such directory; name a file that can be written\n");
        }
    }
}
