package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresIpv6Loopback;
import io.github.nettyping.testing.RequiresLocalhost;
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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ping of iputils has nothing like: several hosts, JSON, our signals and failures. */
@Execution(ExecutionMode.CONCURRENT)
class PingProgramIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final int PIPE_BYTES = 65_536;

    @TempDir
    Path dir;

    private static List<String> in(Namespace namespace, List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        words.addAll(command);
        return words;
    }

    private Program run(String... arguments) {
        return Program.start(dir, command(arguments));
    }

    private static List<String> command(String... arguments) {
        return Program.command(
                Stream.concat(Stream.of("ping"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static String masked(String text) {
        return text.replaceAll("time=[0-9.]+ ms", "time=# ms")
                .replaceAll("time [0-9]+ms", "time #ms")
                .replaceAll("= [0-9./]+ ms", "= # ms");
    }

    @Test
    @RequiresRawSockets
    @RequiresLocalhost
    @RequiresIpv6Loopback
    void severalHostsAreLedByTheirAddresses() {
        try (Program program = run("-c", "2", "-i", "0.3", "127.0.0.1", "::1", "localhost")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.err()).isEmpty();
            List<String> lines = masked(program.out()).lines().toList();
            assertThat(lines.stream().filter(line -> line.startsWith("::1: ")))
                    .containsExactly(
                            "::1: PING ::1(::1) 56 data bytes",
                            "::1: 64 bytes from ::1: icmp_seq=1 ttl=64 time=# ms",
                            "::1: 64 bytes from ::1: icmp_seq=2 ttl=64 time=# ms",
                            "::1: --- ::1 ping statistics ---",
                            "::1: 2 packets transmitted, 2 received, 0% packet loss, time #ms",
                            "::1: rtt min/avg/max/mdev = # ms");
            assertThat(lines).allMatch(line -> line.isEmpty() || line.startsWith("::1: ") || line.startsWith("127."));
            assertThat(lines.stream().filter(line -> line.contains(" --- ")))
                    .startsWith("127.0.0.1: --- 127.0.0.1 ping statistics ---", "::1: --- ::1 ping statistics ---");
        }
    }

    @Test
    @RequiresRawSockets
    void unknownNameDoesNotStopTheOthers() {
        try (Program program = run("-c", "1", "nosuch.invalid", "127.0.0.1", "127.0.0.2")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.err()).startsWith("nettyping: nosuch.invalid: ").containsOnlyOnce("\n");
            assertThat(program.out())
                    .contains("127.0.0.1: 1 packets transmitted, 1 received")
                    .contains("127.0.0.2: 1 packets transmitted, 1 received");
        }
    }

    @Test
    @RequiresTun
    void oneSilentHostOfSeveralIsNoSuccess() {
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(namespace, Behaviours.silent(), "198.51.100.0/24");
            List<String> command = in(namespace, command("-c", "1", "-W", "0.5", "198.51.100.7", "127.0.0.1"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out())
                        .contains("198.51.100.7: 1 packets transmitted, 0 received, 100% packet loss")
                        .contains("127.0.0.1: 1 packets transmitted, 1 received");
            }
        }
    }

    @Test
    @RequiresNamespaces
    void oneOfSeveralWithoutARouteSaysSoForEachProbe() {
        try (Namespace namespace = Namespace.create()) {
            List<String> command = in(namespace, command("-c", "2", "-i", "0.2", "-W", "0.3", "203.0.113.1", "::1"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.err().lines())
                        .hasSize(2)
                        .containsOnly("nettyping: 203.0.113.1: sendmsg: Network is unreachable");
                assertThat(program.out()).contains("203.0.113.1: 2 packets transmitted, 0 received, 100% packet loss");
            }
        }
    }

    @Test
    @RequiresTun
    void jsonHasAnObjectForEachProbeAndEachDuplicate() {
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(namespace, Behaviours.byAddress(host -> hostOf(host.getAddress()[3])), "198.51.100.0/24");
            List<String> command = in(
                    namespace,
                    command(
                            "--format=jsonl",
                            "-c2",
                            "-i0.2",
                            "-W0.5",
                            "198.51.100.1",
                            "198.51.100.2",
                            "198.51.100.3",
                            "198.51.100.4"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out()
                                .lines()
                                .filter(line -> line.contains("\"seq\":1,"))
                                .map(PingProgramIT::maskedJson)
                                .sorted())
                        .containsExactly(
                                json(
                                        "198.51.100.1",
                                        "alive",
                                        "#,\"from\":\"198.51.100.1\",\"ttl\":64,\"bytes\":64",
                                        "[]"),
                                json(
                                        "198.51.100.2",
                                        "alive",
                                        "#,\"from\":\"198.51.100.2\",\"ttl\":64,\"bytes\":64",
                                        "[\"duplicate\"]"),
                                json(
                                        "198.51.100.2",
                                        "alive",
                                        "#,\"from\":\"198.51.100.2\",\"ttl\":64,\"bytes\":64",
                                        "[]"),
                                json("198.51.100.3", "timeout", "null,\"from\":null,\"ttl\":null,\"bytes\":null", "[]"),
                                "{\"target\":\"198.51.100.4\",\"seq\":1,\"status\":\"unreachable\",\"rtt_ns\":null,"
                                        + "\"from\":null,\"ttl\":null,\"bytes\":null,\"sent_at\":\"#\","
                                        + "\"error\":{\"name\":\"host_unreachable\",\"type\":3,\"code\":1,"
                                        + "\"from\":\"198.18.0.6\"},\"rtt_source\":null,\"flags\":[]}");
                assertThat(program.err())
                        .contains("198.51.100.2: 2 packets transmitted, 2 received, +")
                        .contains("198.51.100.4: 2 packets transmitted, 0 received, +2 errors, 100% packet loss");
            }
        }
    }

    private static Behaviour hostOf(int number) {
        return switch (number) {
            case 1 -> Replies.echo();
            case 2 -> Replies.duplicate(2);
            case 3 -> Behaviours.silent();
            default -> IcmpError.unreachable(1, address("198.18.0.6"));
        };
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static String maskedJson(String line) {
        return line.replaceAll("\"rtt_ns\":[0-9]+", "\"rtt_ns\":#")
                .replaceAll("\"sent_at\":\"[^\"]*\"", "\"sent_at\":\"#\"");
    }

    private static String json(String target, String status, String measured, String flags) {
        String source = status.equals("alive") ? "\"kernel_tx_rx\"" : "null";
        return "{\"target\":\"" + target + "\",\"seq\":1,\"status\":\"" + status + "\",\"rtt_ns\":" + measured
                + ",\"sent_at\":\"#\",\"error\":null,\"rtt_source\":" + source + ",\"flags\":" + flags + "}";
    }

    @ParameterizedTest
    @CsvSource({"tx, kernel_tx_rx", "rx, user_tx_kernel_rx", "user, user_clock"})
    @RequiresNamespaces
    void roundTripsAreMeasuredByTheClocksAskedFor(String clocks, String source) {
        try (Namespace namespace = Namespace.create()) {
            List<String> command = in(
                    namespace,
                    command("--format", "jsonl", "--timestamps", clocks, "-c", "3", "-i", "0.1", "127.0.0.1"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isZero();
                // The first may be sent before the kernel begins to stamp.
                assertThat(program.out()
                                .lines()
                                .filter(line -> line.contains("\"seq\""))
                                .skip(1))
                        .hasSize(2)
                        .allMatch(line -> line.contains("\"rtt_source\":\"" + source + '"'));
            }
        }
    }

    @Test
    @RequiresTun
    void jsonOfADeadlineHasTheProbesThatAreStillOut() {
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(namespace, Behaviours.silent(), "198.51.100.0/24");
            List<String> command = in(namespace, command("--format", "jsonl", "-w", "1", "-i", "0.4", "198.51.100.7"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out().lines().filter(line -> line.contains("\"seq\"")))
                        .hasSizeBetween(2, 3)
                        .allMatch(line -> line.contains("\"status\":\"timeout\",\"rtt_ns\":null"));
            }
        }
    }

    @Test
    @RequiresRawSockets
    void quietJsonHasItsStatisticsAlone() {
        try (Program program = run("--format", "jsonl", "-q", "-c", "1", "127.0.0.1")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().replaceAll("[0-9]{4,}", "#").replace("127.0.0.1", "HOST"))
                    .isEqualTo("{\"statistics\":{\"target\":\"HOST\",\"name\":null,\"sent\":1,\"received\":1,"
                            + "\"duplicates\":0,\"late\":0,\"loss\":0.#,\"rtt_ns\":{\"min\":#,\"mean\":#,"
                            + "\"max\":#,\"mdev\":0,\"p50\":#,\"p99\":#},\"jitter_ns\":0}}\n");
            assertThat(program.err()).contains("1 packets transmitted, 1 received, 0% packet loss");
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresLocalhost
    void quietStatisticsOfSeveralHostsAreALineForEachInTheOrderOfTyping() throws IOException {
        Path hosts = Files.writeString(dir.resolve("hosts"), "127.0.0.9 # first\n\n127.0.0.16/30\nlocalhost\n");
        Path excluded = Files.writeString(dir.resolve("excluded"), "127.0.0.18\n");
        Path results = dir.resolve("results");
        String[] arguments = {
            "-q",
            "-c2",
            "-i0.1",
            "-4",
            "127.0.0.5",
            "--targets=" + hosts,
            "--exclude-file=" + excluded,
            "--output=" + results,
            "--summary=json"
        };
        try (Program program = run(arguments)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            assertThat(results).isEmptyFile();
            assertThat(program.err()
                            .lines()
                            .map(line -> line.replaceAll(".*\"target\":\"([^\"]*)\",(.*),\"sent.*", "$1 $2")))
                    .containsExactly(
                            "127.0.0.5 \"name\":null",
                            "127.0.0.9 \"name\":null",
                            "127.0.0.17 \"name\":null",
                            "127.0.0.1 \"name\":\"localhost\"");
        }
        arguments[arguments.length - 1] = "--summary=text";
        try (Program program = run(arguments)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.err()).isEmpty();
            assertThat(masked(Files.readString(results)).lines())
                    .containsExactly(
                            "127.0.0.5: 2 packets transmitted, 2 received, 0% packet loss, time #ms, rtt min/avg/max/mdev = # ms",
                            "127.0.0.9: 2 packets transmitted, 2 received, 0% packet loss, time #ms, rtt min/avg/max/mdev = # ms",
                            "127.0.0.17: 2 packets transmitted, 2 received, 0% packet loss, time #ms, rtt min/avg/max/mdev = # ms",
                            "127.0.0.1 (localhost): 2 packets transmitted, 2 received, 0% packet loss, time #ms,"
                                    + " rtt min/avg/max/mdev = # ms");
        }
    }

    @Test
    void aFileOfHostsIsNotWritten() throws IOException {
        Path hosts = Files.writeString(dir.resolve("hosts"), "127.0.0.1\n");
        try (Program program = run("-c1", "--targets", hosts.toString(), "-o", hosts.toString())) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.err()).contains("--output").contains("--targets").containsOnlyOnce("\n");
            assertThat(hosts).hasContent("127.0.0.1\n");
        }
    }

    @Test
    @RequiresTun
    void twoHundredHostsEndWithTheLastReplyOrTimeout() throws IOException {
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(
                    namespace,
                    Behaviours.byAddress(
                            host -> (host.getAddress()[3] & 0xff) % 50 == 7 ? Behaviours.silent() : Replies.echo()),
                    "198.51.100.0/24");
            List<String> lines = IntStream.rangeClosed(1, 200)
                    .mapToObj(i -> "198.51.100." + i)
                    .toList();
            Path hosts = Files.write(dir.resolve("hosts"), lines);
            String[] arguments = {"-q", "-c10", "-i0.2", "-W1", "--loops=2", "--format=jsonl", "--targets=" + hosts};
            try (Program program = Program.start(dir, in(namespace, command(arguments)))) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out().lines()).hasSize(200).allMatch(line -> line.contains("\"sent\":10,"));
                assertThat(program.out().lines().filter(line -> line.contains("\"received\":10,")))
                        .hasSize(196);
            }
        }
    }

    @Test
    @RequiresRawSockets
    @RequiresIpv6Loopback
    void interruptedJsonHasItsExitCode() {
        assertOrderlyEnd(Signal.INT, 130, "--format", "jsonl");
    }

    @Test
    @RequiresRawSockets
    @RequiresIpv6Loopback
    void terminatedJsonHasItsExitCode() {
        assertOrderlyEnd(Signal.TERM, 143, "--format", "jsonl");
    }

    @Test
    @RequiresRawSockets
    @RequiresIpv6Loopback
    void terminatedTextHasItsExitCode() {
        assertOrderlyEnd(Signal.TERM, 143, "--format", "text");
    }

    private void assertOrderlyEnd(Signal signal, int exitCode, String... format) {
        String[] arguments = Stream.concat(Stream.of(format), Stream.of("-i", "0.2", "127.0.0.1", "::1"))
                .toArray(String[]::new);
        try (Program program = run(arguments)) {
            Await.until(
                    "lines are there while it goes on",
                    LIMIT,
                    () -> program.out().lines().count() > 5);
            program.signal(signal);
            assertThat(program.exitCode()).isEqualTo(exitCode);
            assertThat(program.out() + program.err()).contains("::1: --- ::1 ping statistics ---");
        }
    }

    @Test
    @RequiresRawSockets
    void secondSignalEndsAtOnceWhateverItWaitsFor() {
        List<String> arguments = new ArrayList<>(List.of("-i", "0.002"));
        IntStream.rangeClosed(1, 50).forEach(i -> arguments.add("127.0.0." + i));
        List<String> command = command(arguments.toArray(String[]::new));
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
    @RequiresRawSockets
    void readerThatLeavesEndsItWithoutAWord() throws IOException {
        List<String> command = command("-i", "0.1", "127.0.0.1");
        try (Program program = Program.start(dir, command, ProcessBuilder.Redirect.PIPE)) {
            try (BufferedReader reader = program.process().inputReader()) {
                assertThat(reader.readLine()).startsWith("PING ");
            }
            assertThat(program.exitCode()).isEqualTo(141);
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    @RequiresRawSockets
    void fullDiskEndsItWithOneLine() {
        ProcessBuilder.Redirect full =
                ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile());
        try (Program program = Program.start(dir, command("127.0.0.1"), full)) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.err())
                    .startsWith("nettyping: write(standard output): ENOSPC; ")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    @RequiresNamespaces
    @RequiresTool(Tool.SETPRIV)
    void missingRightsAreToldInOneLineWithTheRemedy() {
        try (Namespace namespace = Namespace.createWithoutPingSockets()) {
            List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
            command.addAll(command("-c", "1", "127.0.0.1"));
            try (Program program = Program.start(dir, in(namespace, command))) {
                assertThat(program.exitCode()).isEqualTo(4);
                assertThat(program.out()).isEmpty();
                assertThat(program.err())
                        .startsWith("nettyping: ")
                        .contains("net.ipv4.ping_group_range")
                        .containsOnlyOnce("\n");
            }
        }
    }

    @Test
    @RequiresNamespaces
    @RequiresTool(Tool.SETPRIV)
    void pingSocketsWillDo() {
        try (Namespace namespace = Namespace.create()) {
            List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
            command.addAll(command("--socket", "dgram", "-c", "1", "127.0.0.1", "::1"));
            try (Program program = Program.start(dir, in(namespace, command))) {
                assertThat(program.exitCode()).isZero();
            }
        }
    }

    @Test
    @RequiresTun
    void packetsWithAWrongChecksumAreCounted() {
        try (Namespace namespace = Namespace.createWithoutPingSockets()) {
            TunResponder.open(namespace, Replies.badChecksum(), "198.51.100.0/24");
            List<String> command = in(namespace, command("-c", "1", "-W", "0.5", "198.51.100.7"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out()).contains("1 packets transmitted, 0 received, +1 corrupted, 100% packet loss");
            }
        }
    }

    @Test
    @RequiresTun
    void noticesOfRoutersAreShownOnRequest() {
        try (Namespace namespace = Namespace.create()) {
            IcmpError redirect = IcmpError.of(5, 1, address("198.18.0.6")).rest(0xc612_0005);
            TunResponder.open(namespace, Behaviours.all(redirect, Replies.echo()), "198.51.100.0/24");
            List<String> command = in(namespace, command("-v", "-c", "2", "-i", "0.3", "198.51.100.7"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isZero();
                assertThat(program.out())
                        .contains("From 198.18.0.6: icmp_seq=1 Redirect Host(New nexthop: 198.18.0.5)\n")
                        .contains("2 packets transmitted, 2 received, 0% packet loss");
            }
        }
    }

    @Test
    @RequiresNamespaces
    void jsonOfAGroupHasAnObjectForEachHost() {
        try (Namespace near = Namespace.create();
                Namespace far = Namespace.create()) {
            Link link = Link.between(near, far);
            near.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
            far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
            List<String> command =
                    in(near, command("--format=jsonl", "-b", "-c1", "-W0.5", "198.18.0.3", "198.51.100.255"));
            near.route("198.51.100.0/24", link.farIpv4());
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.err()).contains("WARNING: pinging broadcast address\n");
                assertThat(program.out().lines().filter(line -> line.contains("\"alive\"")))
                        .hasSize(2)
                        .allMatch(line -> line.startsWith("{\"target\":\"198.18.0.3\",\"seq\":1,"))
                        .anyMatch(line -> line.endsWith("\"flags\":[]}"))
                        .anyMatch(line -> line.endsWith("\"flags\":[\"duplicate\"]}"));
                assertThat(program.out().lines().filter(line -> line.contains("\"seq\"")))
                        .hasSize(3);
            }
        }
    }
}
