package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.RequiresIpv6Loopback;
import io.github.nettyping.testing.RequiresLocalhost;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Names as targets of the program, most of them from a file of hosts instead of the machine's resolver. Everything stays
 * on the loopback device.
 */
@Execution(ExecutionMode.CONCURRENT)
class SweepNamesIT {

    private static final Duration LIMIT = Await.LIMIT;

    /** How the C library says that there is no such name, with a network and without. */
    private static final String NOT_FOUND =
            "nettyping: nosuch\\.invalid: (Name or service not known|Temporary failure in name resolution)\n";

    @TempDir
    Path dir;

    private Path hosts;

    @BeforeEach
    void writeHosts() throws IOException {
        hosts = Files.writeString(dir.resolve("hosts"), """
                127.0.0.2 four.test both.test
                ::1 six.test both.test
                127.0.0.3 xn--bcher-kva.test
                """);
    }

    private Program sweep(String... arguments) {
        List<String> words = new ArrayList<>(List.of("sweep"));
        words.addAll(List.of(arguments));
        return Program.start(dir, Program.commandWithHosts(hosts, words.toArray(String[]::new)));
    }

    @Test
    @RequiresRawSockets
    @RequiresLocalhost
    void localhostIsResolvedByTheMachine() {
        try (Program program = Program.start(dir, Program.command("sweep", "--socket", "raw", "localhost"))) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).matches("(127\\.0\\.0\\.1|::1) \\(localhost\\)\t[0-9]+\\.[0-9]{3} ms\n");
            assertThat(program.err()).startsWith("1 target, 1 alive, 0 timeout\n");
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresLocalhost
    void aNameThatIsNotFoundHasALineAndTheRestGoesOn() {
        List<String> command = Program.command("sweep", "--socket", "raw", "localhost", "nosuch.invalid");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out()).containsOnlyOnce("\n").endsWith(" ms\n");
            assertThat(program.err()).matches("(?s)" + NOT_FOUND + "1 target, 1 alive, 0 timeout\n.*");
        }
    }

    @Test
    void ifNoNameIsFoundThereIsNothingButTheSummary() {
        List<String> command = Program.command("sweep", "--summary", "json", "nosuch.invalid");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .matches("(?s)" + NOT_FOUND + "\\{\"targets\":0,\"alive\":0,.*\"probes_sent\":0,.*"
                            + "\"rate\":null,.*\"socket\":null,.*\\}\n");
        }
    }

    @Test
    @RequiresRawSockets
    void jsonlHasTheNameAsTypedOrNull() throws IOException {
        // In a file, since what an argument may hold depends on the locale.
        Path file = Files.writeString(dir.resolve("targets"), "both.test\nbücher.test\n");
        try (Program program = sweep("--socket=raw", "--format=jsonl", "-f" + file, "127.0.0.4", "four.test")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines().sorted())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("{\"target\":\"127.0.0.2\",")
                                    .endsWith("\"name\":\"four.test\"}"),
                            line -> assertThat(line)
                                    .startsWith("{\"target\":\"127.0.0.3\",")
                                    .endsWith("\"name\":\"bücher.test\"}"),
                            line -> assertThat(line)
                                    .startsWith("{\"target\":\"127.0.0.4\",")
                                    .endsWith("\"name\":null}"));
        }
    }

    @Test
    @RequiresRawSockets
    void reverseNamesStandBehindAddressesInTheirOrder() {
        try (Program program = sweep("--socket=raw", "--names", "--rate=1k", "127.0.0.1-4", "four.test")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines().map(line -> line.split("\t", 2)[0]))
                    .containsExactly(
                            "127.0.0.1", "127.0.0.2 (four.test)", "127.0.0.3 (xn--bcher-kva.test)", "127.0.0.4");
            assertThat(program.err()).startsWith("4 targets, 4 alive, 0 timeout\n");
        }
    }

    @Test
    @RequiresRawSockets
    void reverseNamesStandInOtherFormatsToo() {
        try (Program program = sweep("--socket=raw", "--names", "--names-timeout=5s", "--format=csv", "127.0.0.3-4")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines().skip(1).map(line -> line.replaceAll(",.*,", " ")))
                    .containsExactly("127.0.0.3 xn--bcher-kva.test", "127.0.0.4 ");
        }
    }

    @Test
    void theListHasAddressesOfNamesAndSendsNothing() throws IOException {
        try (Program program = sweep("--list", "127.0.0.4/31", "--exclude=127.0.0.5", "four.test")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEqualTo("127.0.0.2\n127.0.0.4\n");
            assertThat(program.err()).isEmpty();
        }
        Path file = dir.resolve("list");
        try (Program program = sweep("--list", "--format=jsonl", "-o" + file, "--limit=1", "four.test", "127.0.0.4")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            assertThat(Files.readString(file)).isEqualTo("{\"target\":\"127.0.0.2\",\"name\":\"four.test\"}\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 1"})
    @RequiresRawSockets
    void enoughAnswersAreASuccessWhoeverElseIsMissing(int wanted, int code) {
        try (Program program =
                sweep("-q", "--socket=raw", "--at-least=" + wanted, "127.0.0.1", "127.0.0.2", "nosuch.test")) {
            assertThat(program.exitCode()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource({"-4, 127.0.0.2 127.0.0.4 ::1", "-6, 127.0.0.4 ::1"})
    @RequiresRawSockets
    @RequiresIpv6Loopback
    void aFamilyIsForNamesAlone(String family, String addresses) {
        try (Program program = sweep("--socket=raw", family, "both.test", "127.0.0.4", "::1")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines().map(line -> line.split("[ \t]", 2)[0]))
                    .containsExactlyInAnyOrder(addresses.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource({"-4, six.test", "-6, four.test"})
    void aNameWithoutAddressOfTheFamilyIsNotFound(String family, String name) {
        try (Program program = sweep(family, name)) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .startsWith("nettyping: " + name + ": Address family for hostname not supported\n0 targets, ");
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresIpv6Loopback
    void aFileMayHoldNamesAmongAddressesAndComments() throws IOException {
        Path file = Files.writeString(dir.resolve("targets"), """
                # the usual ones
                four.test   # by name
                127.0.0.4

                six.test second word
                none.test
                """);
        try (Program program = sweep("--socket=raw", "-f", file.toString())) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out().lines().map(line -> line.split("[ \t]", 2)[0]))
                    .containsExactlyInAnyOrder("127.0.0.2", "127.0.0.4", "::1");
            assertThat(program.err())
                    .startsWith("nettyping: none.test: ")
                    .contains("\n3 targets, 3 alive, 0 timeout\n");
        }
    }

    @Test
    void aWordThatNoNameCanBeIsRefusedBeforeAnyNameIsResolved() throws IOException {
        Path file = Files.writeString(dir.resolve("targets"), "none.test\nuser@none.test\n");
        try (Program program = sweep("-f", file.toString())) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.err())
                    .startsWith("nettyping: " + file + ", line 2: \"user@none.test\", character 5: ")
                    .containsOnlyOnce("\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsTheWaitForAResolverThatSaysNothing(Signal signal, int exitCode) throws Exception {
        Path pipe = dir.resolve("pipe");
        // The JDK opens the file for every name, and that waits for somebody who writes into the pipe.
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        List<String> command = Program.commandWithHosts(pipe, "sweep", "127.0.0.1", "none.test", "other.test");
        try (Program program = Program.start(dir, command)) {
            Await.until("a name is being looked up", LIMIT, () -> hasThread(program.process(), "nettyping-names"));

            program.signal(signal);

            assertThat(program.exitCode()).isEqualTo(exitCode);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .startsWith("stopped early: not every target has a verdict\n1 target, 0 alive, 0 timeout\n")
                    .contains("\n0 probes sent, ");
        }
    }

    /** Tells whether a process has a thread of that name; the kernel keeps 15 characters, see proc(5). */
    private static boolean hasThread(Process process, String name) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return threads.anyMatch(thread -> name.equals(nameOf(thread)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (NoSuchFileException e) {
            return "ended meanwhile";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
