package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Signal;
import io.github.nettyping.testing.Tool;
import io.github.nettyping.testing.TunResponder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What somebody at a terminal sees, and what nobody else does. Everything stays on the loopback device. */
@Execution(ExecutionMode.CONCURRENT)
class SweepTerminalIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final String ERASE = "\r\u001b[K";
    private static final Pattern DRAWN = Pattern.compile("\r\u001b\\[K([^\r\n]+ done[^\r\n]*)");

    @TempDir
    Path dir;

    /** Returns what starts the program on a terminal of its own, whose text becomes standard output. */
    private static List<String> onTerminal(String preparation, String... arguments) {
        String line = Program.command(arguments).stream()
                .map(word -> '\'' + word + '\'')
                .collect(Collectors.joining(" "));
        return List.of("script", "-qec", preparation + "exec " + line, "/dev/null");
    }

    /** Returns the lines that remain when all has been written. */
    private static List<String> screen(String written) {
        List<String> lines = new ArrayList<>();
        for (String line : written.replace("\r\n", "\n").split("\n", -1)) {
            // What was drawn before is erased; nothing here goes back without erasing.
            int erased = line.lastIndexOf(ERASE);
            lines.add(erased < 0 ? line : line.substring(erased + ERASE.length()));
        }
        return lines;
    }

    private static List<String> drawn(String written) {
        return DRAWN.matcher(written)
                .results()
                .map(MatchResult::group)
                .map(text -> text.substring(ERASE.length()))
                .toList();
    }

    @Test
    @RequiresRawSockets
    @RequiresTool(Tool.SCRIPT)
    void progressIsOneLineThatLeavesNoTraceAmongTheResults() {
        long begin = System.nanoTime();
        try (Program program =
                Program.start(dir, onTerminal("", "sweep", "--socket=raw", "--rate", "100", "127.0.0.0/25"))) {
            assertThat(program.exitCode()).isZero();
            long seconds = (System.nanoTime() - begin) / 1_000_000_000L;
            List<String> drawn = drawn(program.out());
            assertThat(drawn)
                    .hasSizeBetween(2, (int) (5 * (seconds + 1)))
                    .allMatch(line -> line.matches("[0-9]+/126 done, [0-9.]+%.* [0-9]+ alive, 0 timeout.*"));
            List<String> screen = screen(program.out());
            assertThat(screen).noneMatch(line -> line.contains("done, "));
            assertThat(screen.subList(0, 126))
                    .doesNotHaveDuplicates()
                    .allMatch(
                            line -> line.matches("127\\.0\\.0\\.[0-9]+\t\u001b\\[32m[0-9]+\\.[0-9]{3} ms\u001b\\[0m"));
            assertThat(screen.get(126)).isEqualTo("126 targets, 126 alive, 0 timeout");
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresTool(Tool.SCRIPT)
    void whereAnotherProgramReadsTheResultsNothingComesBetween() {
        List<String> command = onTerminal("", "sweep", "--socket=raw", "--rate", "100", "127.0.0.0/25");
        List<String> piped = List.of(
                command.get(0), command.get(1), command.get(2).replaceFirst("^exec ", "") + " | cat", "/dev/null");
        try (Program program = Program.start(dir, piped)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).doesNotContain("\u001b", " done, ");
            assertThat(program.out().lines().filter(line -> line.endsWith(" ms")))
                    .hasSizeGreaterThanOrEqualTo(126);
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresTool(Tool.SCRIPT)
    void coloursGoByTheEnvironment() {
        for (String setting : List.of("NO_COLOR=1", "TERM=dumb")) {
            try (Program program = Program.start(
                    dir,
                    onTerminal("export " + setting + "; ", "sweep", "--no-progress", "--socket=raw", "127.0.0.1"))) {
                assertThat(program.exitCode()).isZero();
                assertThat(program.out()).startsWith("127.0.0.1\t").doesNotContain("\u001b");
            }
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresTool(Tool.SCRIPT)
    void progressFitsTheWindow() {
        try (Program program = Program.start(
                dir, onTerminal("stty cols 40; ", "sweep", "-q", "--socket=raw", "--rate", "100", "127.0.0.0/25"))) {
            assertThat(program.exitCode()).isZero();
            assertThat(drawn(program.out())).isNotEmpty().allMatch(line -> line.length() < 40);
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresTool(Tool.SCRIPT)
    void columnsSayHowWideAWindowIsThatDoesNotTell() {
        try (Program program = Program.start(
                dir,
                onTerminal("export COLUMNS=50; ", "sweep", "-q", "--socket=raw", "--rate", "100", "127.0.0.0/25"))) {
            assertThat(program.exitCode()).isZero();
            assertThat(drawn(program.out()))
                    .isNotEmpty()
                    .allMatch(line -> line.length() < 50)
                    .anyMatch(line -> line.length() > 30);
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresTool(Tool.SCRIPT)
    void noProgressIsShownWhereNoneIsWanted() {
        try (Program program = Program.start(
                dir,
                onTerminal(
                        "",
                        "sweep",
                        "--no-progress",
                        "--color=never",
                        "--socket=raw",
                        "--rate",
                        "100",
                        "127.0.0.0/25"))) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).doesNotContain("\u001b", " done, ");
        }
    }

    @Test
    @RequiresRawSockets
    void inAFileProgressIsLinesAndTheSummaryIsTheLast() {
        List<String> command = Program.command(
                "sweep", "--progress", "--socket=raw", "--rate", "50", "--summary", "json", "127.0.0.0/25");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isZero();
            List<String> lines = program.err().lines().toList();
            assertThat(lines.subList(0, lines.size() - 1))
                    .isNotEmpty()
                    .allMatch(line -> line.matches("[0-9]+/126 done, .*"));
            assertThat(lines.get(lines.size() - 1)).startsWith("{\"targets\":126,");
            assertThat(program.err()).doesNotContain("\r", "\u001b");
            assertThat(program.out().lines()).hasSize(126);
        }
    }

    @Test
    @RequiresRawSockets
    void nothingIsShownOfTheProgressWhereNobodyLooks() {
        List<String> command = Program.command("sweep", "--socket=raw", "--rate", "100", "127.0.0.0/25");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.err()).startsWith("126 targets, 126 alive, 0 timeout\n");
        }
    }

    private Program startSlowSweep(List<String> command) {
        Program program = Program.start(dir, command);
        Await.until(
                "lines are there while the sweep goes on",
                LIMIT,
                () -> program.out().lines().count() > 5);
        return program;
    }

    @Test
    @RequiresRawSockets
    void theStateComesOnceForEachSignalAndTheResultsGoOn() {
        List<String> command = Program.command("sweep", "--socket=raw", "--rate", "50", "127.0.0.0/25");
        try (Program program = startSlowSweep(command)) {
            program.signal(Signal.USR1);
            Await.until("the state is there", LIMIT, () -> program.err().contains("round trip min"));
            assertThat(program.err())
                    .containsPattern("^so far, [0-9]+ of 126 targets have a verdict \\([0-9.]+%\\):\n126 targets, ")
                    .doesNotContain("stopped early");
            assertThat(program.exitCode()).isZero();
            assertThat(program.err()).containsOnlyOnce("so far, ").contains("126 targets, 126 alive, 0 timeout\n");
            assertThat(program.out().lines()).hasSize(126).doesNotHaveDuplicates();
        }
    }

    @Test
    @RequiresRawSockets
    void theStateHasTheFormOfTheSummary() {
        List<String> command =
                Program.command("sweep", "--socket=raw", "--rate", "50", "--summary", "json", "127.0.0.0/25");
        try (Program program = startSlowSweep(command)) {
            program.signal(Signal.USR1);
            assertThat(program.exitCode()).isZero();
            List<String> lines = program.err().lines().toList();
            assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("{\"targets\":126,\"alive\":"));
            assertThat(lines.get(0)).doesNotContain("\"alive\":126,").contains("\"p50\":");
            assertThat(lines.get(1)).contains("\"alive\":126,");
        }
    }

    /** As the launcher has it: without that option the dump goes to standard output. */
    @Test
    @RequiresRawSockets
    void aThreadDumpStaysOutOfTheResults() {
        List<String> command = Program.command("sweep", "--socket=raw", "--rate", "50", "127.0.0.0/25");
        command.add(command.indexOf("-cp"), "-XX:+DisplayVMOutputToStderr");
        command.set(1, "--default-signal=INT,TERM,QUIT");
        try (Program program = startSlowSweep(command)) {
            program.signal(Signal.QUIT);
            assertThat(program.exitCode()).isZero();
            assertThat(program.err()).contains("Full thread dump");
            assertThat(program.out().lines()).hasSize(126).allMatch(line -> line.startsWith("127.0.0."));
        }
    }

    private static List<String> in(Namespace namespace, List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        words.addAll(command);
        return words;
    }

    @Test
    @RequiresTun
    void silenceIsFollowedByAHintAndThenTheSummary() {
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(namespace, Behaviours.silent(), "198.51.100.0/24");
            List<String> command = in(
                    namespace,
                    Program.command("sweep", "-t50ms", "-r0", "--summary=json", "198.51.100.7-198.51.100.8"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.err().lines())
                        .satisfiesExactly(
                                line -> assertThat(line)
                                        .startsWith("nettyping: no target answered, and no router said why: ")
                                        .containsPattern("no way back to [0-9.]+, where the probes came from")
                                        .contains("\"ip route get 198.51.100.7\""),
                                line -> assertThat(line).startsWith("{\"targets\":2,\"alive\":0,\"timeout\":2,"));
            }
        }
    }

    @Test
    @RequiresNamespaces
    void aMissingRouteIsNamedInTheHint() {
        try (Namespace namespace = Namespace.create()) {
            List<String> command = in(namespace, Program.command("sweep", "198.51.100.0/29"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.err())
                        .startsWith(
                                "nettyping: no target answered: 6 targets could not be asked, the first for sendmmsg"
                                        + " to 198.51.100.")
                        .contains(": ENETUNREACH; this machine has no route there\n6 targets, 0 alive");
            }
        }
    }

    @Test
    void textsForOtherProgramsKnowAClosedPipeAndAFullDisk() throws IOException {
        for (String command : List.of("manual", "completion")) {
            try (Program program = Program.start(dir, Program.command(command), ProcessBuilder.Redirect.PIPE)) {
                program.process().getInputStream().close();
                assertThat(program.exitCode()).isEqualTo(141);
                assertThat(program.err()).isEmpty();
            }
            ProcessBuilder.Redirect full =
                    ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile());
            try (Program program = Program.start(dir, Program.command(command), full)) {
                assertThat(program.exitCode()).isEqualTo(4);
                assertThat(program.err())
                        .startsWith("nettyping: write(standard output): ENOSPC; ")
                        .containsOnlyOnce("\n");
            }
        }
    }
}
