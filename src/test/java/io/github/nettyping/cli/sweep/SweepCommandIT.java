package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresIpv6Loopback;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Signal;
import io.github.nettyping.testing.Tool;
import io.github.nettyping.testing.TunResponder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program as its users see it: streams, exit codes, signals. Everything stays on the loopback device. */
@Execution(ExecutionMode.CONCURRENT)
class SweepCommandIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final int PIPE_BYTES = 65_536;

    @TempDir
    Path dir;

    private static List<String> in(Namespace namespace, List<String> command) {
        return prefixed(List.of("ip", "netns", "exec", namespace.name()), command);
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(command);
        return words;
    }

    /** Returns the numbers of an object, those of inner objects with their path: {@code rejected.token}. */
    private static Map<String, Long> numbers(String object) {
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(object)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT) {
                    String path = json.getParsingContext().pathAsPointer().toString();
                    numbers.put(path.substring(1).replace('/', '.'), json.getLongValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return numbers;
    }

    @Test
    @RequiresRawSockets
    void everyHostThatAnswersHasALine() {
        try (Program program = Program.start(dir, Program.command("sweep", "--socket", "raw", "127.0.0.0/24"))) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines())
                    .hasSize(254)
                    .allMatch(line -> line.matches("127\\.0\\.0\\.[0-9]+\t[0-9]+\\.[0-9]{3} ms"));
            assertThat(program.out().lines().distinct()).hasSize(254);
            assertThat(program.err()).startsWith("254 targets, 254 alive, 0 timeout\n");
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresIpv6Loopback
    void jsonSummaryIsTheLastLineAndAddsUp() {
        try (Program program = Program.start(
                dir,
                Program.command(
                        "sweep", "--socket=raw", "--format", "jsonl", "--summary", "json", "127.0.0.0/24", "::1"))) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines()).hasSize(255);
            program.out().lines().forEach(line -> assertThat(numbers(line)).containsEntry("bytes", 64L));

            assertThat(program.err()).containsOnlyOnce("\n").endsWith("\n");
            Map<String, Long> summary = numbers(program.err());
            assertThat(summary).containsEntry("targets", 255L).containsEntry("alive", 255L);
            assertThat(summary.get("targets"))
                    .isEqualTo(summary.get("alive")
                            + summary.get("timeout")
                            + summary.get("unreachable")
                            + summary.get("ttl_exceeded")
                            + summary.get("icmp_error")
                            + summary.get("send_failed")
                            + summary.get("dropped_locally"));
            assertThat(summary.get("probes_sent")).isGreaterThanOrEqualTo(255);
            assertThat(summary.get("rtt_ns.min")).isLessThanOrEqualTo(summary.get("rtt_ns.p50"));
            assertThat(summary.get("rtt_ns.p50")).isLessThanOrEqualTo(summary.get("rtt_ns.max"));
            assertThat(program.err())
                    .contains("\"command\":\"sweep --socket=raw --format jsonl --summary json 127.0.0.0/24 ::1\"")
                    .contains("\"socket\":\"raw\"");
        }
    }

    @Test
    @RequiresRawSockets
    void quietRunHasItsSummaryAlone() {
        try (Program program = Program.start(dir, Program.command("sweep", "-q", "127.0.0.1"))) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).startsWith("1 target, 1 alive");
        }
    }

    @Test
    @RequiresRawSockets
    void readerThatLeavesEndsTheSweepWithoutAWord() throws IOException {
        List<String> command = Program.command("sweep", "127.0.0.0/16");
        try (Program program = Program.start(dir, command, ProcessBuilder.Redirect.PIPE)) {
            try (BufferedReader reader = program.process().inputReader()) {
                assertThat(reader.readLine()).startsWith("127.0.");
            }
            assertThat(program.exitCode()).isEqualTo(141);
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    @RequiresRawSockets
    void fullDiskEndsTheSweepWithOneLine() {
        List<String> command = Program.command("sweep", "127.0.0.0/16");
        ProcessBuilder.Redirect full =
                ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile());
        try (Program program = Program.start(dir, command, full)) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.err())
                    .startsWith("nettyping: write(standard output): ENOSPC; ")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    @RequiresRawSockets
    void fullDiskIsNoticedAlsoWhenTheOnlyLinesComeAtTheEnd() {
        List<String> command = Program.command("sweep", "127.0.0.1");
        ProcessBuilder.Redirect full =
                ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile());
        try (Program program = Program.start(dir, command, full)) {
            assertThat(program.exitCode()).isEqualTo(4);
        }
    }

    @Test
    @RequiresRawSockets
    void interruptLeavesResultsAndSummary() {
        assertOrderlyEnd(Signal.INT, 130);
    }

    @Test
    @RequiresRawSockets
    void terminationLeavesResultsAndSummary() {
        assertOrderlyEnd(Signal.TERM, 143);
    }

    private void assertOrderlyEnd(Signal signal, int exitCode) {
        List<String> command =
                Program.command("sweep", "--rate", "100", "--format", "jsonl", "--summary", "json", "127.0.0.0/16");
        try (Program program = Program.start(dir, command)) {
            Await.until(
                    "lines are there while the sweep goes on",
                    LIMIT,
                    () -> program.out().lines().count() > 5);
            program.signal(signal);
            assertThat(program.exitCode()).isEqualTo(exitCode);
            Map<String, Long> summary = numbers(program.err());
            assertThat(summary).containsEntry("targets", 65_534L);
            assertThat(program.out()).endsWith("}\n");
            assertThat(program.out().lines().count()).isEqualTo(summary.get("alive"));
        }
    }

    @Test
    @RequiresRawSockets
    void secondSignalEndsAtOnceWhateverItWaitsFor() {
        List<String> command = Program.command("sweep", "127.0.0.0/16");
        try (Program program = Program.start(dir, command, ProcessBuilder.Redirect.PIPE)) {
            awaitFullPipe(program.process().getInputStream());
            program.signal(Signal.INT);
            program.signal(Signal.TERM);
            assertThat(program.exitCode()).isIn(130, 143);
            assertThat(program.err()).isEmpty();
        }
    }

    /** Returns once nothing more goes in. How much that is depends on how the writes fell on the pipe's pages. */
    private static void awaitFullPipe(InputStream pipe) {
        AtomicInteger filled = new AtomicInteger();
        AtomicInteger unchanged = new AtomicInteger();
        Await.until("the pipe that nobody reads is full", LIMIT, () -> {
            try {
                int now = pipe.available();
                boolean grew = filled.getAndSet(now) != now;
                return unchanged.updateAndGet(polls -> grew ? 0 : polls + 1) >= 100 && now >= PIPE_BYTES / 2;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    @RequiresTun
    void silentHostsAreNoSuccess() {
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(namespace, Behaviours.silent(), "198.51.100.0/24");
            List<String> command = in(
                    namespace,
                    Program.command("sweep", "--all", "-t", "50ms", "-r0", "127.0.0.1", "198.51.100.1-198.51.100.2"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out().lines().sorted())
                        .satisfiesExactly(
                                line -> assertThat(line)
                                        .startsWith("127.0.0.1\t")
                                        .endsWith(" ms"),
                                line -> assertThat(line).isEqualTo("198.51.100.1\ttimeout"),
                                line -> assertThat(line).isEqualTo("198.51.100.2\ttimeout"));
                assertThat(program.err()).startsWith("3 targets, 1 alive, 2 timeout\n");
            }
        }
    }

    @Test
    @RequiresNamespaces
    void hostWithoutRouteIsAFailureToSend() {
        // Nothing but a loopback device: no route leads anywhere.
        try (Namespace namespace = Namespace.create()) {
            List<String> command =
                    in(namespace, Program.command("sweep", "--format", "jsonl", "-t", "50ms", "198.51.100.1"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out())
                        .contains("\"status\":\"send_failed\"")
                        .contains("\"error\":{\"name\":\"ENETUNREACH\",\"errno\":101}");
            }
        }
    }

    @Test
    @RequiresNamespaces
    @RequiresTool(Tool.SETPRIV)
    void pingSocketsAreUsedWhereTheyArePermitted() {
        try (Namespace namespace = Namespace.create()) {
            List<String> command = in(
                    namespace, withoutCapabilities(Program.command("sweep", "--summary", "json", "127.0.0.1", "::1")));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isZero();
                assertThat(program.err()).contains("\"socket\":\"dgram\"");
            }
        }
    }

    @Test
    @RequiresNamespaces
    @RequiresTool(Tool.SETPRIV)
    void missingRightsAreToldInOneLineWithTheRemedy() {
        try (Namespace namespace = Namespace.createWithoutPingSockets()) {
            List<String> command = in(namespace, withoutCapabilities(Program.command("sweep", "127.0.0.1")));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(4);
                assertThat(program.out()).isEmpty();
                assertThat(program.err())
                        .startsWith("nettyping: ")
                        .contains("net.ipv4.ping_group_range")
                        .contains("CAP_NET_RAW")
                        .containsOnlyOnce("\n");
            }
        }
    }

    /** Keeps the user, who has to read the class path, but none of the rights. */
    private static List<String> withoutCapabilities(List<String> command) {
        return prefixed(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"), command);
    }

    @Test
    void badTargetIsRefusedBeforeAnythingIsSent() {
        try (Program program = Program.start(dir, Program.command("sweep", "127.0.0.1", "10.1"))) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .startsWith("nettyping: \"10.1\", character 5: ")
                    .containsOnlyOnce("\n");
        }
    }
}
