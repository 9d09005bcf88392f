package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Packets;
import io.github.nettyping.testing.ProbePacket;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import io.github.nettyping.testing.TwoWays;
import io.github.nettyping.testing.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a sweep's probes: on the wire, and as complaints. */
@RequiresNamespaces
class SweepIpOptionsIT {

    private static TwoWays ways;

    @TempDir
    Path dir;

    @BeforeAll
    static void open() {
        ways = new TwoWays();
    }

    @AfterAll
    static void close() {
        ways.close();
    }

    private static List<String> command(Namespace namespace, String... arguments) {
        return inside(namespace, List.of(), arguments);
    }

    /** With none of the rights, on ping sockets therefore and buffers as they are by default. */
    private static List<String> unprivileged(Namespace namespace, String... arguments) {
        return inside(namespace, List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"), arguments);
    }

    private static List<String> inside(Namespace namespace, List<String> prefix, String... arguments) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        words.addAll(prefix);
        words.addAll(Program.command(arguments));
        return words;
    }

    private void assertComplaint(List<String> command, int exitCode, String message) {
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isEqualTo(exitCode);
            assertThat(program.out()).isEmpty();
            assertThat(program.err()).isEqualTo("nettyping: " + message + "\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "raw, 10.88.0.1, 10.77.0.1",
        "dgram, 10.88.0.1, 10.77.0.1",
        "raw, fd88::1, fd77::1",
        "dgram, fd88::1, fd77::1"
    })
    void allStandOnTheWire(String socket, String target, String source) throws Exception {
        List<String> command = command(
                ways.near,
                "sweep",
                "--format=jsonl",
                "--socket=" + socket,
                "--size=100",
                "--ttl=7",
                "--tos=0xb8",
                "--df",
                "--mark=" + Integer.toUnsignedString(TwoWays.MARK),
                "--source=" + source,
                target);
        try (Wire wire = Wire.of(ways.second);
                Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).as(program.err()).isZero();
            ProbePacket probe = wire.awaitProbe();
            assertThat(probe.payloadBytes()).isEqualTo(100);
            assertThat(probe.hopLimit()).isEqualTo(7);
            assertThat(probe.trafficClass()).isEqualTo(0xb8);
            assertThat(probe.source().getHostAddress()).isEqualTo(source(source));
            assertThat(probe.isIpv6() || probe.isDontFragment()).isTrue();
            assertThat(program.out()).contains("\"status\":\"alive\"").contains("\"ttl\":64,\"bytes\":108,");
        }
    }

    private static String source(String literal) {
        return Packets.address(literal).getHostAddress();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.88.0.1", "fd88::1"})
    void anInterfaceChoosesTheWayByItsLetter(String target) throws Exception {
        List<String> command = command(ways.near, "sweep", "-q", "-I", ways.secondLink.device(), "-s", "0", target);
        try (Wire wire = Wire.of(ways.second);
                Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).as(program.err()).isZero();
            assertThat(wire.awaitProbe().payloadBytes()).isZero();
        }
    }

    @Test
    @RequiresTool(Tool.SETPRIV)
    void hundredsOfTheLargestProbesLoseNothingInBuffersOfTheDefaultSize() {
        List<String> command = unprivileged(
                ways.near, "sweep", "-q", "-r", "0", "-s", "65507", "--summary", "json", "127.0.0.0/24", "::1");
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).as(program.err()).isZero();
            assertThat(program.err())
                    .contains("\"alive\":255,")
                    .contains("\"probes_sent\":255,\"resent\":0,")
                    .contains("\"damaged\":0,")
                    .contains("\"local_drops\":0,")
                    .contains("\"socket\":\"dgram\"");
        }
    }

    // Too long.

    @ParameterizedTest
    @CsvSource({"raw, 10.88.0.1", "dgram, 10.88.0.1", "raw, fd88::1", "dgram, fd88::1"})
    void whatTheInterfaceDoesNotTakeInOnePieceIsNotSent(String socket, String target) {
        List<String> command = command(
                ways.near, "sweep", "--format=jsonl", "--socket=" + socket, "--df", "--size=1473", target, "127.0.0.1");
        if (target.contains(":")) {
            command.set(command.size() - 1, "::1");
        }
        try (Program program = Program.start(dir, command)) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.out().lines())
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("{\"target\":\"" + target + "\",\"status\":\"send_failed\"")
                            && line.contains("\"error\":{\"name\":\"EMSGSIZE\",\"errno\":90}"))
                    .anyMatch(line -> line.contains("1\",\"status\":\"alive\""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "raw, 198.18.0.6, unreachable, '{\"name\":\"fragmentation_needed\",\"type\":3,\"code\":4,\"from\":\"198.18.0.2\",\"mtu\":1400}'",
        "dgram, 198.18.0.6, unreachable, '{\"name\":\"fragmentation_needed\",\"type\":3,\"code\":4,\"from\":\"198.18.0.2\",\"mtu\":1400}'",
        "raw, fd00:18:1::2, icmp_error, '{\"name\":\"packet_too_big\",\"type\":2,\"code\":0,\"from\":\"fd00:18::2\",\"mtu\":1400}'",
        "dgram, fd00:18:1::2, icmp_error, '{\"name\":\"packet_too_big\",\"type\":2,\"code\":0,\"from\":\"fd00:18::2\",\"mtu\":1400}'"
    })
    void whatARouterCannotPassOnInOnePieceIsToldWithTheSizeItCan(
            String socket, String target, String status, String error) {
        try (Namespace near = Namespace.create();
                Namespace router = Namespace.create();
                Namespace far = Namespace.create()) {
            Link first = Link.between(near, router, 0);
            Link second = Link.between(router, far, 1);
            router.sysctl("net.ipv4.ip_forward", "1");
            router.sysctl("net.ipv6.conf.all.forwarding", "1");
            near.route("198.18.0.4/30", first.farIpv4());
            near.route("fd00:18:1::/64", first.farIpv6());
            far.route("198.18.0.0/30", second.nearIpv4());
            far.route("fd00:18::/64", second.nearIpv6());
            router.ip("link", "set", second.device(), "mtu", "1400");
            String[] arguments = {
                "sweep", "--format=jsonl", "--socket=" + socket, "--df", "--size=1400", "-t", "300ms", "-r0", target
            };
            // Twice: what the kernel has learnt of the path does not keep the next one from asking.
            for (int i = 0; i < 2; i++) {
                try (Program program = Program.start(dir, command(near, arguments))) {
                    assertThat(program.exitCode()).isEqualTo(1);
                    assertThat(program.out())
                            .contains("\"status\":\"" + status + "\"")
                            .contains("\"error\":" + error);
                }
            }
            arguments[4] = "--size=1340";
            try (Program program = Program.start(dir, command(near, arguments))) {
                assertThat(program.exitCode()).isZero();
            }
        }
    }

    // Complaints.

    @ParameterizedTest
    @CsvSource({
        "raw, 127.0.0.1, IPV4_RAW",
        "dgram, 127.0.0.1, IPV4_DGRAM",
        "raw, ::1, IPV6_RAW",
        "dgram, ::1, IPV6_DGRAM"
    })
    void whatThisMachineDoesNotHaveEndsTheSweepWithOneLine(String socket, String target, String kind) {
        assertComplaint(
                command(ways.near, "sweep", "--socket=" + socket, "--interface=nowhere0", target),
                4,
                "setsockopt(SO_BINDTODEVICE, nowhere0) on " + kind
                        + ": ENODEV; there is no such interface: see ip link");
        String foreign = target.contains(":") ? "fd99::1" : "10.99.0.1";
        assertComplaint(
                command(ways.near, "sweep", "--socket=" + socket, "--source=" + foreign, target),
                4,
                "bind(" + foreign + ", 0) on " + kind
                        + ": EADDRNOTAVAIL; this machine has no such address: see ip address");
    }

    @Test
    @RequiresTool(Tool.SETPRIV)
    void aMarkWithoutTheRightToItEndsTheSweepWithOneLine() {
        assertComplaint(
                unprivileged(ways.near, "sweep", "--mark=7", "127.0.0.1"),
                4,
                "setsockopt(SO_MARK, 7) on IPV4_DGRAM: EPERM; it needs CAP_NET_ADMIN or, on newer kernels, CAP_NET_RAW");
    }

    @Test
    void aSourceOfTheOtherFamilyThanTheTargetsIsRefusedBeforeAnythingIsSent() {
        assertComplaint(
                command(ways.near, "sweep", "--source=127.0.0.1", "127.0.0.1", "::1"),
                3,
                "--source 127.0.0.1 is an IPv4 address, and some targets are IPv6 addresses; ask those of each family by"
                        + " themselves; see nettyping sweep --help");
    }
}
