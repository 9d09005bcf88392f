package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program on several event loops: its lines are whole and complete, and it ends as on one. */
@RequiresNamespaces
@Execution(ExecutionMode.CONCURRENT)
class SweepLoopsCommandIT {

    private static final Duration LIMIT = Await.LIMIT;

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

    private static List<String> command(String... arguments) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        words.addAll(Program.command(arguments));
        return words;
    }

    @Test
    void eachTargetHasOneWholeLineOfJson() {
        List<String> command = command(
                "sweep", "--loops", "3", "--format", "jsonl", "--summary", "json", "--all-addresses", "127.0.0.0/16");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isZero();
            List<String> lines = program.out().lines().toList();
            assertThat(lines)
                    .hasSize(65_536)
                    .allMatch(line -> line.matches("\\{\"target\":\"127\\.0\\.[0-9.]+\",\"status\":\"alive\",[^{}]*}"));
            Set<String> targets = lines.stream()
                    .map(line -> line.substring(0, line.indexOf(',')))
                    .collect(Collectors.toSet());
            assertThat(targets).hasSize(65_536);
            assertThat(program.err())
                    .containsOnlyOnce("\n")
                    .contains("\"targets\":65536,\"alive\":65536,\"timeout\":0,")
                    .contains("\"replies\":65536,")
                    .contains("\"socket\":\"dgram\",\"loops\":3,");
        }
    }

    @Test
    void hostsFoundAreThoseThatOneLoopFinds() throws IOException {
        List<Set<String>> found = new ArrayList<>();
        for (String loops : List.of("1", "2")) {
            try (Program program = Program.start(dir, command("sweep", "--loops", loops, "127.0.0.0/20"))) {
                assertThat(program.exitCode()).isZero();
                Set<String> hosts = new HashSet<>();
                program.out().lines().forEach(line -> {
                    assertThat(line).matches("127\\.0\\.[0-9]+\\.[0-9]+\t[0-9]+\\.[0-9]{3} ms");
                    hosts.add(line.substring(0, line.indexOf('\t')));
                });
                assertThat(program.err()).startsWith("4094 targets, 4094 alive, 0 timeout\n");
                found.add(hosts);
            }
        }
        assertThat(found.get(0)).hasSize(4_094).isEqualTo(found.get(1));
    }

    @Test
    void linesComeWhileTheSweepGoesOnAndASignalEndsAllLoops() {
        List<String> command = command("sweep", "--loops", "2", "--rate", "500", "127.0.0.0/16");
        try (Program program = Program.start(dir, command)) {
            Await.until("lines", LIMIT, () -> program.out().lines().count() > 50);
            program.signal(Signal.INT);

            assertThat(program.exitCode()).isEqualTo(130);
            assertThat(program.err()).startsWith("stopped early");
            assertThat(program.out()).endsWith(" ms\n");
        }
    }

    @Test
    void aReaderThatLeavesEndsAllLoopsWithoutAWord() throws IOException {
        List<String> command = command("sweep", "--loops", "2", "127.0.0.0/16");
        try (Program program = Program.start(dir, command, ProcessBuilder.Redirect.PIPE)) {
            try (BufferedReader reader = program.process().inputReader()) {
                assertThat(reader.readLine()).startsWith("127.0.");
            }
            assertThat(program.exitCode()).isEqualTo(141);
            assertThat(program.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "257", "two"})
    void aNumberOfLoopsThatCannotBeIsRefused(String loops) {
        try (Program program = Program.start(dir, command("sweep", "--loops", loops, "127.0.0.1"))) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.err()).contains("\"" + loops + "\" (expected: an integer from 1 to 256)");
        }
    }
}
