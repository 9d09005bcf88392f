package io.github.nettyping.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.JsonTree;
import io.github.nettyping.cli.Program;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RouterChain;
import io.github.nettyping.testing.Signal;
import io.github.nettyping.testing.Tool;
import io.github.nettyping.testing.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The program among three routers and a target, all of them namespaces. */
@RequiresNamespaces
@Execution(ExecutionMode.CONCURRENT)
class TraceCommandIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final int ROUTERS = 3;
    private static final int MTU = 1_400;

    private static RouterChain chain;

    @TempDir
    Path dir;

    @BeforeAll
    static void build() {
        chain = RouterChain.of(ROUTERS);
        chain.unreachable(2, "198.51.100.16/28");
        chain.unreachable(2, "fd00:51::10/124");
        chain.prohibit(3, "198.51.100.32/28");
        chain.prohibit(3, "fd00:51::20/124");
        chain.blackhole(3, "198.51.100.48/28");
        chain.blackhole(3, "fd00:51::30/124");
        chain.mtu(2, MTU);
    }

    @AfterAll
    static void close() {
        if (chain != null) {
            chain.close();
        }
    }

    private static List<String> inClient(List<String> command) {
        List<String> words =
                new ArrayList<>(List.of("ip", "netns", "exec", chain.client().name()));
        words.addAll(command);
        return words;
    }

    private static String[] words(String... arguments) {
        return Stream.concat(Stream.of("trace"), Stream.of(arguments)).toArray(String[]::new);
    }

    private Program trace(String... arguments) {
        return Program.start(dir, inClient(Program.command(words(arguments))));
    }

    private static String text(InetAddress address) {
        return IpAddress.of(address).toString();
    }

    private static String target(IpFamily family) {
        return text(chain.targetAddress(family));
    }

    private static List<String> hops(IpFamily family) {
        return chain.hops(family).stream().map(TraceCommandIT::text).toList();
    }

    /** Returns the reports without their columns: the hop's number, who is there, and what stands behind the figures. */
    private static List<String> hosts(String out) {
        return out.lines()
                .map(line -> line.replaceAll("^HOST: (.*?) +Loss%.*", "$1")
                        .replaceAll("^ +([0-9]+)\\.\\|-- ([^ ]+) +[0-9.]+%? +[0-9]+( +[0-9.]+){5}", "$1 $2"))
                .toList();
    }

    private static List<String> numbered(List<String> hosts) {
        return IntStream.rangeClosed(1, hosts.size())
                .mapToObj(number -> number + " " + hosts.get(number - 1))
                .toList();
    }

    private static List<String> report(IpFamily family) {
        List<String> lines = new ArrayList<>(List.of(target(family)));
        lines.addAll(numbered(hops(family)));
        return lines;
    }

    @ParameterizedTest
    @CsvSource({"dgram, IPV4", "dgram, IPV6", "raw, IPV4", "raw, IPV6"})
    void allRoutersStandInTheirOrder(String sockets, IpFamily family) {
        try (Program program = trace("-n", "--socket", sockets, target(family))) {
            assertThat(program.exitCode()).isZero();
            assertThat(hosts(program.out())).isEqualTo(report(family));
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    @RequiresTool(Tool.MTR)
    void columnsAreThoseOfMtr() throws IOException {
        String target = target(IpFamily.IPV4);
        List<String> mtr = inClient(List.of("mtr", "-n", "-r", "-c", "3", "-i", "0.1", "-G", "0.5", target));
        Path directory = Files.createDirectory(dir.resolve("mtr"));
        try (Program other = Program.start(directory, mtr);
                Program program = trace("-n", target)) {
            assertThat(other.exitCode()).isZero();
            assertThat(program.exitCode()).isZero();
            List<String> theirs = other.out().lines().skip(1).toList();
            List<String> ours = program.out().lines().toList();
            assertThat(theirs).hasSize(1 + hops(IpFamily.IPV4).size());
            assertThat(ours.get(0)
                            .substring("HOST: ".length() + target.length())
                            .strip())
                    .isEqualTo(theirs.get(0).substring(theirs.get(0).indexOf("Loss%")));
            assertThat(ours.get(0).indexOf("Loss%")).isEqualTo(theirs.get(0).indexOf("Loss%"));
            // Digits differ, and so may their number before the point.
            assertThat(ours.stream().skip(1).map(TraceCommandIT::withoutTimes))
                    .isEqualTo(theirs.stream()
                            .skip(1)
                            .map(TraceCommandIT::withoutTimes)
                            .toList());
        }
    }

    private static String withoutTimes(String line) {
        return line.length() + line.replaceAll("(?<=[0-9]) +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+$", "");
    }

    @ParameterizedTest
    @EnumSource
    void whatEndsTheWayStandsAtItsHop(IpFamily family) {
        String prefix = family == IpFamily.IPV4 ? "198.51.100." : "fd00:51::";
        List<String> targets = family == IpFamily.IPV4
                ? List.of(prefix + 17, prefix + 33, prefix + 49)
                : List.of(prefix + 11, prefix + 21, prefix + 31);
        List<String> arguments = new ArrayList<>(List.of("-n", "-w", "0.3", "-m", "6", "-q", "1"));
        arguments.addAll(targets);
        try (Program program = trace(arguments.toArray(String[]::new))) {
            assertThat(program.exitCode()).isEqualTo(1);
            List<String> hops = hops(family);
            Map<String, List<String>> reports = reports(hosts(program.out()));
            assertThat(reports).containsOnlyKeys(targets);
            assertThat(reports.get(targets.get(0)))
                    .containsExactly(
                            "1 " + hops.get(0), "2 " + hops.get(1) + (family == IpFamily.IPV4 ? " !H" : " !N"));
            assertThat(reports.get(targets.get(1)))
                    .containsExactly("1 " + hops.get(0), "2 " + hops.get(1), "3 " + hops.get(2) + " !X");
            assertThat(reports.get(targets.get(2))).containsExactly("1 " + hops.get(0), "2 " + hops.get(1), "3 ???");
            assertThat(program.err())
                    .startsWith("3 targets, 0 reached, 2 unreachable, 1 not reached; ")
                    .containsOnlyOnce("\n");
        }
    }

    /** Returns the lines below each heading, by it. */
    private static Map<String, List<String>> reports(List<String> lines) {
        Map<String, List<String>> reports = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : lines) {
            if (line.matches("[0-9]+ .*")) {
                current.add(line);
            } else {
                current = new ArrayList<>();
                reports.put(line, current);
            }
        }
        return reports;
    }

    @Test
    void onRequestEachHopIsALineAsOfTraceroute() throws IOException {
        Path file = dir.resolve("lines");
        try (Program program = trace(
                "--one-line",
                "-n",
                "-o",
                file.toString(),
                "--summary=json",
                "--exclude=198.51.100.19",
                "198.51.100.18/31")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.out()).isEmpty();
            String time = "  [0-9]+\\.[0-9]{3} ms";
            List<String> hops = hops(IpFamily.IPV4);
            assertThat(Files.readString(file))
                    .matches(
                            "traceroute to 198\\.51\\.100\\.18 \\(198\\.51\\.100\\.18\\), 30 hops max, 84 byte packets\n"
                                    + " 1  " + Pattern.quote(hops.get(0)) + "(" + time + "){3}\n"
                                    // The kernel sends only so many of these.
                                    + " 2 ( \\* )*" + " ?" + Pattern.quote(hops.get(1)) + "(" + time
                                    + " !H| \\*){1,3}\n");
            assertThat(program.err()).startsWith("{\"targets\":1,\"reached\":0,\"unreachable\":1,");
        }
    }

    @Test
    void pathMtuClosesTheReport() {
        List<String> expected = new ArrayList<>(report(IpFamily.IPV6));
        expected.set(2, expected.get(2) + " F=" + MTU);
        expected.add("Path MTU: " + MTU);
        try (Program program = trace("-n", "--pmtu", target(IpFamily.IPV6))) {
            assertThat(program.exitCode()).isZero();
            assertThat(hosts(program.out())).isEqualTo(expected);
        }
    }

    @Test
    void jsonHasTheMtuOfTheRouterThatToldItAndOfThePath() {
        try (Program program = trace("--format=jsonl", "--pmtu", "198.51.100.7")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines().map(line -> JsonTree.object(line).get("mtu")))
                    .containsExactly(null, (long) MTU, null, (long) MTU);
        }
    }

    @Test
    void cyclesAddUp() {
        try (Program program = trace("-n", "-q2", "--report-cycles=3", "--interval=0.05", target(IpFamily.IPV4))) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out().lines().skip(1))
                    .hasSize(ROUTERS + 1)
                    .allMatch(line -> line.matches("  [1-4]\\.\\|-- [^ ]+ +0\\.0% +6 .*"));
        }
    }

    @Test
    void firstAndLastHopBoundTheWay() {
        try (Program program = trace("-n", "-f2", "-m3", target(IpFamily.IPV4))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(hosts(program.out()))
                    .isEqualTo(report(IpFamily.IPV4).stream()
                            .filter(line -> !line.startsWith("1 ") && !line.startsWith("4 "))
                            .toList());
        }
    }

    @Test
    void jsonHasTheHopsOfManyTargetsTogetherAndInOrder() throws IOException {
        Path targets = Files.writeString(dir.resolve("targets"), """
                # both families, at the same time
                198.51.100.64/26
                fd00:51::40/122
                """);
        try (Program program = trace("--format", "jsonl", "--targets", targets.toString(), "--all-addresses")) {
            assertThat(program.exitCode()).isZero();
            List<Map<String, Object>> lines =
                    program.out().lines().map(JsonTree::object).toList();
            int hops = ROUTERS + 1;
            assertThat(lines).hasSize(2 * 64 * hops);
            assertThat(lines.stream().map(line -> line.get("target")).distinct())
                    .hasSize(2 * 64);
            for (int i = 0; i < lines.size(); i++) {
                int hop = i % hops + 1;
                Map<String, Object> line = lines.get(i);
                Object target = lines.get(i - i % hops).get("target");
                IpFamily family = String.valueOf(target).contains(":") ? IpFamily.IPV6 : IpFamily.IPV4;
                assertThat(line)
                        .containsEntry("target", target)
                        .containsEntry("hop", (long) hop)
                        .containsEntry("from", List.of(hop == hops ? target : text(chain.hop(family, hop))))
                        .containsEntry("sent", 3L)
                        .containsEntry("received", 3L)
                        .containsEntry("error", null);
                assertThat((Long) JsonTree.at(line, "rtt_ns.mean")).isPositive();
            }
            assertThat(program.err()).startsWith("128 targets, 128 reached; ").containsOnlyOnce("\n");
        }
    }

    @Test
    void hopsHaveNamesAndANameThatIsNotFoundDoesNotStopTheOthers() throws IOException {
        List<String> hops = hops(IpFamily.IPV4);
        Path hosts =
                Files.writeString(dir.resolve("hosts"), hops.get(0) + " near.test\n" + hops.get(3) + " far.test\n");
        List<String> command = Program.commandWithHosts(hosts, words("-4", "nosuch.test", "far.test"));
        try (Program program = Program.start(dir, inClient(command))) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(hosts(program.out()))
                    .containsExactly(
                            "far.test (" + hops.get(3) + ")",
                            "1 near.test",
                            "2 " + hops.get(1),
                            "3 " + hops.get(2),
                            "4 far.test");
            assertThat(program.err()).startsWith("nettyping: nosuch.test: ").containsOnlyOnce("\n");
        }
    }

    @Test
    void ifNoNameIsFoundThereIsNoReport() throws IOException {
        Path hosts = Files.writeString(dir.resolve("hosts"), "192.0.2.1 other.test\n");
        List<String> command = Program.commandWithHosts(hosts, words("nosuch.test"));
        try (Program program = Program.start(dir, inClient(command))) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).startsWith("nettyping: nosuch.test: ").containsOnlyOnce("\n");
        }
    }

    @Test
    void targetWithoutARouteSaysSo() {
        try (Program program = trace("-n", "203.0.113.1", target(IpFamily.IPV4))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(hosts(program.out()))
                    .containsSubsequence(
                            "203.0.113.1",
                            "Not sent: sendmmsg to 203.0.113.1 with hopLimit=1: ENETUNREACH;"
                                    + " this machine has no route there")
                    .containsSubsequence(report(IpFamily.IPV4));
        }
    }

    @Test
    void quietRunHasItsExitCodeAlone() {
        try (Program program = trace("--quiet", "--socket=raw", target(IpFamily.IPV4))) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    void interruptedRunTellsWhatItKnows() {
        try (Program program = trace("-n", "-w", "30", "198.51.100.50", target(IpFamily.IPV4))) {
            Await.until(
                    "the target that answers has its report",
                    LIMIT,
                    () -> program.out().lines().count() == ROUTERS + 2);
            program.signal(Signal.INT);
            assertThat(program.exitCode()).isEqualTo(130);
            List<String> hops = hops(IpFamily.IPV4);
            List<String> expected = new ArrayList<>(report(IpFamily.IPV4));
            expected.addAll(List.of("198.51.100.50", "1 " + hops.get(0), "2 " + hops.get(1)));
            assertThat(hosts(program.out())).isEqualTo(expected);
            assertThat(program.err())
                    .startsWith("2 targets, 1 reached, 1 unfinished; ")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    void terminatedRunHasItsExitCodeAndTheCyclesSoFar() {
        try (Program program =
                trace("--format=jsonl", "--report-cycles=1000000", "--interval=0.02", "-q1", target(IpFamily.IPV4))) {
            // Nothing tells how far it is but how often its event loop has waited: a few times in each cycle.
            Await.until("some cycles are over", LIMIT, () -> waits(program) > 200);
            program.signal(Signal.TERM);
            assertThat(program.exitCode()).isEqualTo(143);
            assertThat(program.out().lines().map(JsonTree::object))
                    .hasSize(ROUTERS + 1)
                    .allMatch(line -> (long) line.get("sent") > 5)
                    .allMatch(line -> (long) line.get("received") > 5)
                    .allMatch(line -> (long) JsonTree.at(line, "rtt_ns.stdev") > 0);
        }
    }

    private static long waits(Program program) {
        try (Stream<Path> tasks =
                Files.list(Path.of("/proc/" + program.process().pid() + "/task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).startsWith("trace-")) {
                    return Files.readAllLines(task.resolve("status")).stream()
                            .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .sum();
                }
            }
        } catch (IOException e) {
            // Not yet, or a thread that has ended.
        }
        return 0;
    }

    @Test
    void readerThatLeavesEndsItWithoutAWord() throws IOException {
        List<String> command = inClient(Program.command(words("-n", "--rate", "200", "198.51.100.64/26")));
        try (Program program = Program.start(dir, command, ProcessBuilder.Redirect.PIPE)) {
            try (BufferedReader reader = program.process().inputReader()) {
                assertThat(reader.readLine()).startsWith("HOST: ");
            }
            assertThat(program.exitCode()).isEqualTo(141);
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    @RequiresTool(Tool.SETPRIV)
    void missingRightsAreToldInOneLineWithTheRemedy() {
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        command.addAll(Program.command(words("--socket", "raw", target(IpFamily.IPV4))));
        try (Program program = Program.start(dir, inClient(command))) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .startsWith("nettyping: ")
                    .contains("CAP_NET_RAW")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    void headersAreAsAskedFor() throws Exception {
        String[] arguments = {
            "-n",
            "-F",
            "-t",
            "0x10",
            "--size=100",
            "-i",
            chain.client().devices().get(1),
            target(IpFamily.IPV4)
        };
        try (Wire wire = Wire.of(chain.client());
                Program program = trace(arguments)) {
            wire.await(
                    "echo request with type of service, \"don't fragment\", hop limit and size",
                    packet -> packet.get(1) == 0x10
                            && packet.getShort(2) == 20 + 8 + 100
                            && (packet.get(6) & 0x40) != 0
                            && packet.get(8) == 3
                            && packet.get(20) == 8);
            assertThat(program.exitCode()).isZero();
        }
    }

    @Test
    void sourceThatIsNotOfThisMachineIsRefused() {
        try (Program program = trace("-n", "-s", "192.0.2.99", target(IpFamily.IPV4))) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .startsWith("nettyping: bind(")
                    .contains("192.0.2.99", "EADDRNOTAVAIL")
                    .containsOnlyOnce("\n");
        }
    }
}
