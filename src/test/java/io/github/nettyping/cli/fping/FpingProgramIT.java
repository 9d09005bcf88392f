package io.github.nettyping.cli.fping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Signal;
import io.github.nettyping.testing.Tool;
import io.github.nettyping.testing.TunResponder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: signals, pipes, and whether Debian's does the same. */
@RequiresNamespaces
class FpingProgramIT {

    private static final String LINE =
            "127\\.0\\.0\\.1 : \\[[0-9]+\\], 64 bytes, [0-9.]+ ms \\([0-9.]+ avg, 0% loss\\)";

    @TempDir
    Path dir;

    private Namespace namespace;

    @BeforeEach
    void build() {
        namespace = Namespace.create();
    }

    @AfterEach
    void tearDown() {
        namespace.close();
    }

    private Program ours(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("fping"));
        words.addAll(List.of(arguments));
        return start("ours", Program.command(words.toArray(String[]::new)));
    }

    private Program nobody(Namespace in, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--"));
        words.addAll(Program.command("fping"));
        words.addAll(List.of(arguments));
        return Program.start(Files.createTempDirectory(dir, "nobody"), Program.in(in, words));
    }

    private Program theirs(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT,QUIT", "fping"));
        words.addAll(List.of(arguments));
        return start("theirs", words);
    }

    private Program start(String name, List<String> command) throws IOException {
        return Program.start(Files.createDirectory(dir.resolve(name)), Program.in(namespace, command));
    }

    private static void awaitLines(Program program, int lines) {
        Await.until(lines + " lines", Await.LIMIT, () -> program.out().lines().count() >= lines);
    }

    private static String normal(String statistics) {
        return statistics
                .replaceAll("= [0-9.]+/[0-9.]+/[0-9.]+\n", "= T\n")
                .replaceAll("= ([0-9]+)/\\1/", "= N/N/")
                .replaceAll("\\[[0-9:]{8}\\]", "[CLOCK]");
    }

    @Test
    @RequiresTool(Tool.FPING)
    void anInterruptEndsALoopWithStatistics() throws Exception {
        try (Program ours = ours("-l", "-p", "40", "127.0.0.1");
                Program theirs = theirs("-l", "-p", "40", "127.0.0.1")) {
            for (Program program : List.of(ours, theirs)) {
                awaitLines(program, 3);
                program.signal(Signal.INT);
                assertThat(program.exitCode()).isZero();
                assertThat(program.out().lines()).allMatch(line -> line.matches(LINE));
            }
            assertThat(normal(ours.err())).isEqualTo(normal(theirs.err())).contains("xmt/rcv/%loss = N/N/0%");
        }
    }

    /** fping goes on until the wait is over. */
    @Test
    @RequiresTun
    void anInterruptEndsTheSearchForLiveHosts() throws Exception {
        TunResponder.open(namespace, Behaviours.silent(), "198.19.0.0/24");
        try (Program program = ours("-t", "600000", "127.0.0.1", "198.19.0.9")) {
            awaitLines(program, 1);
            program.signal(Signal.INT);
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.out()).isEqualTo("127.0.0.1 is alive\n198.19.0.9 is unreachable\n");
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    @RequiresTool(Tool.FPING)
    void usr1PrintsWhatFpingPrintsOnQuit() throws Exception {
        try (Program ours = ours("-l", "-p", "40", "127.0.0.1");
                Program theirs = theirs("-l", "-p", "40", "127.0.0.1")) {
            awaitLines(ours, 3);
            awaitLines(theirs, 3);
            ours.signal(Signal.USR1);
            theirs.signal(Signal.QUIT);
            for (Program program : List.of(ours, theirs)) {
                Await.until("figures", Await.LIMIT, () -> program.err().contains("min/avg/max"));
            }
            assertThat(normal(ours.err()))
                    .isEqualTo(normal(theirs.err()))
                    .isEqualTo("\n[CLOCK]\n127.0.0.1 : xmt/rcv/%loss = N/N/0%, min/avg/max = T\n");
        }
    }

    @Test
    void aReaderOfALoopSeesEachLineAtOnce() throws Exception {
        Files.createDirectory(dir.resolve("pipe"));
        List<String> command = Program.in(namespace, Program.command("fping", "-l", "-p", "600000", "127.0.0.1"));
        try (Program program = Program.start(dir.resolve("pipe"), command, ProcessBuilder.Redirect.PIPE);
                BufferedReader reader = program.process().inputReader()) {
            assertThat(reader.readLine()).matches(LINE);
            assertThat(program.process().isAlive()).isTrue();
        }
    }

    @Test
    void whenItsReaderHasGoneItEndsInSilence() throws Exception {
        Files.createDirectory(dir.resolve("pipe"));
        List<String> command = Program.in(namespace, Program.command("fping", "-l", "-p", "20", "127.0.0.1"));
        try (Program program = Program.start(dir.resolve("pipe"), command, ProcessBuilder.Redirect.PIPE)) {
            program.process().getInputStream().close();
            assertThat(program.exitCode()).isEqualTo(141);
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    void theProcessIsFoundByTheNameOfFping() throws Exception {
        try (Program program = ours("-l", "-p", "600000", "127.0.0.1")) {
            awaitLines(program, 1);
            assertThat(Path.of("/proc", String.valueOf(program.process().pid()), "comm"))
                    .hasContent("fping\n");
        }
    }

    // Users without rights.

    @Test
    @RequiresTool(Tool.SETPRIV)
    void pingSocketsWillDo() throws Exception {
        try (Program program = nobody(namespace, "-c", "2", "-i", "0", "-p", "20", "-q", "127.0.0.1", "::1")) {
            assertThat(program.exitCode()).isZero();
            assertThat(normal(program.err())).isEqualTo("""
                            127.0.0.1 : xmt/rcv/%loss = N/N/0%, min/avg/max = T
                            ::1       : xmt/rcv/%loss = N/N/0%, min/avg/max = T
                            """);
        }
    }

    @Test
    @RequiresTool(Tool.SETPRIV)
    void aMarkThatMayNotBeSetIsToldAndLeftOut() throws Exception {
        try (Program program = nobody(namespace, "-k", "256", "127.0.0.1")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEqualTo("127.0.0.1 is alive\n");
            assertThat(program.err())
                    .isEqualTo("fwmark ipv4: Operation not permitted\nfwmark ipv6: Operation not permitted\n");
        }
    }

    @Test
    @RequiresTool(Tool.SETPRIV)
    void onlyRootMayAskWithoutAPeriod() throws Exception {
        try (Program program = nobody(namespace, "-p", "0.0009", "-c", "2", "127.0.0.1")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.err()).isEqualTo("fping: -p must be >= 0.001\n");
        }
    }

    @Test
    @RequiresTool(Tool.SETPRIV)
    void withoutAnyRightItSaysWhatFpingSays() throws Exception {
        try (Namespace closed = Namespace.createWithoutPingSockets();
                Program program = nobody(closed, "127.0.0.1")) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).isEqualTo("fping: can't create socket (must run as root?)\n");
        }
    }
}
