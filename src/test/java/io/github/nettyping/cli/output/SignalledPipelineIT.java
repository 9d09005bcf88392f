package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signals as a terminal sends them, to a whole pipeline: its other programs end by them too, before or after ours writes its
 * last. Everything stays on the loopback device of a namespace.
 */
@RequiresNamespaces
@Execution(ExecutionMode.CONCURRENT)
class SignalledPipelineIT {

    private static final String SWEEP = "sweep --rate 50 127.0.0.0/16";
    private static final String JSON_SWEEP = "sweep --rate 50 --format csv --summary json 127.0.0.0/16";
    private static final String PING = "ping -i 0.02 127.0.0.1";
    private static final String TRACE = "trace -n --rate 20 127.0.0.0/16";

    private static Namespace namespace;

    @TempDir
    Path dir;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
    }

    @AfterAll
    static void close() {
        namespace.close();
    }

    private static List<String> command(String line) {
        return Program.in(namespace, Program.command(line.split(" ")));
    }

    /** Starts the program with a reader, both in a process group of their own; the shell tells the program's exit code. */
    private Program pipeline(String line, String reader) {
        String script = "(trap : HUP INT TERM; \"$@\"; echo $? >'" + dir.resolve("code") + "') | " + reader;
        List<String> words = new ArrayList<>(List.of("setsid", "sh", "-c", script, "sh"));
        words.addAll(command(line));
        return Program.start(dir, words);
    }

    private int code() {
        Await.until("the program has ended", Await.LIMIT, () -> !read("code").isEmpty());
        return Integer.parseInt(read("code").strip());
    }

    private String read(String file) {
        try {
            return Files.readString(dir.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }

    private void signalWhenThereAreLines(Program program, Signal signal) {
        Await.until("lines are there", Await.LIMIT, () -> program.out().lines().count() > 2);
        signal.sendToGroupOf(program.process());
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 130, 2",
        "TERM, 143, 1",
        "HUP, 129, 1",
    })
    void summaryOfASweepIsThere(Signal signal, int code, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertSummary(SWEEP, signal, code, "65534 targets, ");
            assertSummary(JSON_SWEEP, signal, code, "{\"targets\":65534,");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 0, 130, 2",
        "TERM, 143, 143, 1",
        "HUP, 129, 129, 1",
    })
    void statisticsOfAPingAreThere(Signal signal, int text, int json, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            assertSummary(PING, signal, text, "--- 127.0.0.1 ping statistics ---");
            assertSummary(PING + " --format jsonl", signal, json, "--- 127.0.0.1 ping statistics ---");
        }
    }

    private void assertSummary(String line, Signal signal, int code, String expected) throws IOException {
        try (Program program = pipeline(line, "cat")) {
            signalWhenThereAreLines(program, signal);
            assertThat(code()).as(line).isEqualTo(code);
            assertThat(program.err()).as(line).containsOnlyOnce(expected).doesNotContain("nettyping:", "Exception");
        }
        Files.delete(dir.resolve("code"));
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void traceHasItsExitCode(Signal signal, int code) {
        try (Program program = pipeline(TRACE, "cat")) {
            signalWhenThereAreLines(program, signal);
            assertThat(code()).isEqualTo(code);
            assertThat(program.err()).doesNotContain("nettyping:", "Exception");
        }
    }

    @Test
    void summaryIsThereAlsoIfTheOutputIsAPipeByName() throws Exception {
        Path pipe = dir.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        String script = "cat <'" + pipe + "' & \"$@\"; echo $? >'" + dir.resolve("code") + "'";
        // A shell has a command in the background ignore SIGINT, not SIGTERM.
        List<String> words = new ArrayList<>(List.of("setsid", "sh", "-c", "trap : TERM; " + script, "sh"));
        words.addAll(command(SWEEP + " -o " + pipe));
        try (Program program = Program.start(dir, words)) {
            signalWhenThereAreLines(program, Signal.TERM);
            assertThat(code()).isEqualTo(143);
            assertThat(program.err()).contains("65534 targets, ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SWEEP, PING, TRACE})
    void readerThatHadEnoughEndsItWithoutAWord(String line) {
        try (Program program = pipeline(line, "head -1")) {
            assertThat(code()).isEqualTo(141);
            assertThat(program.out().lines()).hasSize(1);
            assertThat(program.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({SWEEP + ", 130", PING + ", 0", TRACE + ", 130"})
    void readerThatGoesAMomentBeforeTheSignalGoesByIt(String line, int code) throws IOException {
        try (Program program = Program.start(dir, command(line), ProcessBuilder.Redirect.PIPE)) {
            try (BufferedReader reader = program.process().inputReader()) {
                // Not the first one alone: that of a ping comes before its first probe.
                for (int i = 0; i < 3; i++) {
                    assertThat(reader.readLine()).isNotEmpty();
                }
            }
            program.signal(Signal.INT);
            assertThat(program.exitCode()).isEqualTo(code);
            assertThat(program.err()).doesNotContain("nettyping:", "Exception");
            if (!line.equals(TRACE)) {
                assertThat(program.err()).containsPattern("65534 targets, |ping statistics");
            }
        }
    }

    /** As nohup(1) has it. */
    @ParameterizedTest
    @ValueSource(strings = {SWEEP, PING, TRACE})
    void hangUpThatWasIgnoredAtFirstStaysSo(String line) {
        List<String> words = command(line);
        int program = words.indexOf("env");
        List<String> ignoring = new ArrayList<>(words.subList(0, program));
        ignoring.addAll(List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh"));
        words.subList(program + 2, words.size()).forEach(ignoring::add);
        try (Program run = Program.start(dir, ignoring)) {
            Await.until("lines are there", Await.LIMIT, () -> run.out().lines().count() > 2);
            run.signal(Signal.HUP);
            long lines = run.out().lines().count();
            Await.until("it goes on", Await.LIMIT, () -> run.out().lines().count() > lines + 2);
            run.signal(Signal.TERM);
            assertThat(run.exitCode()).isEqualTo(143);
        }
    }
}
