package io.github.nettyping.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.JsonTree;
import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Signal;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command watch, in a pipe and at a terminal, among addresses of its own namespace. */
@RequiresNamespaces
@Execution(ExecutionMode.CONCURRENT)
class WatchCommandIT {

    @TempDir
    Path dir;

    private Program start(Namespace namespace, String... arguments) {
        return Program.start(dir, Program.in(namespace, Program.command(arguments)));
    }

    /** Returns what starts it at a terminal of a size, with what is typed after a while. */
    private Program atTerminal(
            Namespace namespace, String environment, int columns, int rows, String typed, String... words) {
        String line =
                Program.command(words).stream().map(word -> '\'' + word + '\'').collect(Collectors.joining(" "));
        // The shell goes on after a signal to all.
        String script = "trap : INT; stty cols " + columns + " rows " + rows + "; stty -g >" + dir + "/before; "
                + environment + ' ' + line + "; echo $? >" + dir + "/code; stty -g >" + dir + "/after";
        String keys = "(sleep 4; printf '" + typed + "'; sleep 30)";
        return Program.start(
                dir,
                Program.in(namespace, List.of("sh", "-c", keys + " | script -qec \"$1\" /dev/null", "sh", script)));
    }

    private String read(String file) {
        try {
            return Files.readString(dir.resolve(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void changesHaveALineAndTheEndHasACode() {
        try (Namespace namespace = Namespace.create()) {
            namespace.ip("route", "add", "blackhole", "198.51.100.9/32");
            namespace.ip("route", "add", "local", "198.51.100.0/29", "dev", "lo");
            try (Program program = start(namespace, "watch", "-c", "5", "-i", "0.1", "198.51.100.1-3")) {
                assertThat(program.exitCode()).isZero();
                assertThat(program.out().lines())
                        .hasSize(3)
                        .allMatch(line -> line.matches(
                                "20[0-9-]+T[0-9:.]+Z\t198\\.51\\.100\\.[123]\tup\tunknown\t1 answered in a row"));
            }
            try (Program program = start(namespace, "watch", "-c", "2", "-i", "0.1", "198.51.100.9")) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out()).isEmpty();
            }
        }
    }

    @Test
    void jsonHasResultsChangesAndASummary() {
        try (Namespace namespace = Namespace.create();
                Program program = start(
                        namespace,
                        "watch",
                        "-c",
                        "3",
                        "-i",
                        "0.1",
                        "--format",
                        "jsonl",
                        "--all-results",
                        "127.0.0.7")) {
            assertThat(program.exitCode()).isZero();
            List<Map<String, Object>> events =
                    program.out().lines().map(JsonTree::object).toList();
            assertThat(events)
                    .extracting(event -> JsonTree.at(event, "event"))
                    .containsExactly("result", "state", "result", "result", "summary");
            assertThat(JsonTree.at(events.get(1), "reason.answered_in_a_row")).isEqualTo(1L);
            assertThat(JsonTree.at(events.get(0), "seq")).isEqualTo(1L);
            assertThat(JsonTree.at(events.get(4), "window.received")).isEqualTo(3L);
            assertThat(JsonTree.at(events.get(4), "state")).isEqualTo("up");
        }
    }

    @Test
    void filesAreReadAgainSummariesPrintedAndCommandsRun() throws IOException {
        Path file = Files.writeString(dir.resolve("targets"), "127.0.0.1\n127.0.0.2\n");
        try (Namespace namespace = Namespace.create();
                Program program = start(
                        namespace,
                        "watch",
                        "-i",
                        "0.1",
                        "--exec",
                        "echo \"$NETTYPING_TARGET $NETTYPING_PREVIOUS $NETTYPING_STATE\" >&2",
                        "-f",
                        file.toString())) {
            Await.until("both are up", Await.LIMIT, () -> program.out().lines().count() == 2);
            Files.writeString(file, "127.0.0.2\n127.0.0.3\n");
            program.signal(Signal.HUP);
            Await.until("the third is up", Await.LIMIT, () -> program.out().contains("127.0.0.3\tup"));
            program.signal(Signal.USR1);
            Await.until("there are summaries", Await.LIMIT, () -> program.err().contains("127.0.0.3\tup\t"));
            assertThat(program.err()).doesNotContain("127.0.0.1\tup\t").contains("127.0.0.3 unknown up\n");
            Files.writeString(file, "127.0.0.2\n10.0.0.1-9.0.0.1\n");
            program.signal(Signal.HUP);
            Await.until("it complains", Await.LIMIT, () -> program.err().contains("the targets stay as they are: "));
            program.signal(Signal.TERM);
            assertThat(program.exitCode()).isEqualTo(143);
        }
    }

    @Test
    @RequiresTool(Tool.SCRIPT)
    void atATerminalThereIsATableThatGivesTheTerminalBack() {
        try (Namespace namespace = Namespace.create();
                Program program =
                        atTerminal(namespace, "TERM=xterm", 80, 24, "?q", "watch", "-i", "0.2", "127.0.0.0/28")) {
            Await.until(
                    "it has ended", Duration.ofMinutes(1), () -> !read("after").isEmpty());
            assertThat(read("code")).isEqualTo("0");
            assertThat(read("after")).isEqualTo(read("before"));
            assertThat(program.out())
                    .contains("14 targets every 200ms", "STATE", "127.0.0.14", "\u001b[?1049h", "control-C")
                    .contains("14 targets watched, 14 up");
            assertThat(program.out().lastIndexOf("\u001b[?1049l"))
                    .isGreaterThan(program.out().lastIndexOf("STATE"));
        }
    }

    @Test
    @RequiresTool(Tool.SCRIPT)
    void controlCGivesTheTerminalBackToo() {
        try (Namespace namespace = Namespace.create();
                Program program = atTerminal(
                        namespace, "TERM=xterm NO_COLOR=1", 200, 60, "\\003", "watch", "-i", "0.2", "127.0.0.1")) {
            Await.until(
                    "it has ended", Duration.ofMinutes(1), () -> !read("after").isEmpty());
            assertThat(read("code")).isEqualTo("130");
            assertThat(read("after")).isEqualTo(read("before"));
            assertThat(program.out()).contains("1 target every 200ms").doesNotContain("\u001b[32m");
        }
    }

    @Test
    @RequiresTool(Tool.SCRIPT)
    void whatIsNoTerminalGetsLines() {
        try (Namespace namespace = Namespace.create();
                Program program =
                        atTerminal(namespace, "TERM=dumb", 80, 24, "", "watch", "-c", "2", "-i", "0.1", "127.0.0.1")) {
            Await.until(
                    "it has ended", Duration.ofMinutes(1), () -> !read("after").isEmpty());
            assertThat(read("code")).isEqualTo("0");
            assertThat(program.out()).contains("\tup\tunknown\t").doesNotContain("\u001b[");
        }
    }
}
