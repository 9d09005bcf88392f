package io.github.nettyping.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.JsonTree;
import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresUserNamespaces;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whether doctor sees what a machine permits, and whether what it says mends what it does not: the commands it prints
 * are run, in a network namespace, and then the same user can ping.
 */
@Execution(ExecutionMode.CONCURRENT)
class DoctorCommandIT {

    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    private static final List<String> NOBODY_WITH_NET_RAW = List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=+net_raw",
            "--ambient-caps=+net_raw",
            "--");
    private static final List<String> ROOT = List.of();

    @TempDir
    Path dir;

    /** What came of one run. */
    private record Run(int exitCode, String out, String err) {

        Map<String, Object> json() {
            return JsonTree.object(out);
        }

        /** The commands against a problem, one list for each remedy. */
        List<List<String>> commands(String problem) {
            return ((List<?>) JsonTree.at(json(), "remedies"))
                    .stream()
                            .map(remedy -> (Map<?, ?>) remedy)
                            .filter(remedy -> problem.equals(remedy.get("mends")))
                            .map(remedy -> ((List<?>) remedy.get("commands"))
                                    .stream().map(String::valueOf).toList())
                            .toList();
        }
    }

    private static List<String> concat(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private Run run(List<String> command) {
        try (Program program = Program.start(dir, command)) {
            int exitCode = program.exitCode();
            return new Run(exitCode, program.out(), program.err());
        }
    }

    private Run run(Namespace namespace, List<String> user, String... arguments) {
        List<String> inside = List.of("ip", "netns", "exec", namespace.name());
        return run(concat(concat(inside, user), Program.command(arguments)));
    }

    private Run json(Namespace namespace, List<String> user) {
        Run run = run(namespace, user, "doctor", "--format", "json");
        assertThat(run.err()).isEmpty();
        return run;
    }

    private Run text(Namespace namespace, List<String> user) {
        Run run = run(namespace, user, "doctor");
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().count()).isLessThanOrEqualTo(40);
        return run;
    }

    /** Runs what doctor printed, as root in the namespace, after a look at what it touches. */
    private static void apply(Namespace namespace, List<String> commands) {
        assertThat(commands).isNotEmpty().allMatch(command -> command.matches("sysctl -w net\\.ipv[46]\\.[^;&|<>]*"));
        commands.forEach(command -> namespace.exec("sh", "-c", command));
    }

    private static List<String> commandsOf(String text) {
        return text.lines()
                .filter(line -> line.startsWith("      "))
                .map(String::strip)
                .toList();
    }

    private static Object opens(Run run, String kind) {
        return JsonTree.at(run.json(), "sockets." + kind + ".opens");
    }

    private static List<String> problems(Run run) {
        return ((List<?>) JsonTree.at(run.json(), "problems"))
                .stream().map(String::valueOf).toList();
    }

    private void assertPings(Namespace namespace, List<String> user, String target, String socket) {
        Run run = run(namespace, user, "sweep", "--summary", "json", target);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith(target + "\t");
        assertThat(run.err()).contains("\"socket\":\"" + socket + "\"");
    }

    @Test
    @RequiresNamespaces
    @RequiresTool(Tool.SYSCTL)
    void rootHasRawSocketsAndMayForceBuffers() {
        try (Namespace namespace = Namespace.createWithoutPingSockets()) {
            Run before = json(namespace, ROOT);
            assertThat(before.exitCode()).isZero();
            assertThat(opens(before, "ipv4_raw")).isEqualTo(true);
            assertThat(opens(before, "ipv6_raw")).isEqualTo(true);
            assertThat(opens(before, "ipv4_dgram")).isEqualTo(false);
            assertThat(JsonTree.at(before.json(), "caller.uid")).isEqualTo(0L);
            assertThat(JsonTree.at(before.json(), "caller.capabilities.effective"))
                    .isEqualTo(List.of("net_admin", "net_raw"));
            assertThat(JsonTree.at(before.json(), "buffers.forced")).isEqualTo(true);
            assertThat(JsonTree.at(before.json(), "buffers.receive_bytes")).isEqualTo(16_777_216L);
            assertThat(JsonTree.at(before.json(), "buffers.probes_in_flight")).isEqualTo(20_164L);
            assertThat(problems(before)).isEqualTo(List.of("ping_group_range"));

            Run text = text(namespace, ROOT);
            assertThat(text.exitCode()).isZero();
            assertThat(text.out())
                    .startsWith("ping sockets: no; raw sockets: yes (IPv4, IPv6)\n")
                    .contains("  no ping sockets: net.ipv4.ping_group_range is \"1 0\" (nobody), your groups are 0\n");

            apply(namespace, List.of(commandsOf(text.out()).get(0)));
            Run after = json(namespace, ROOT);
            assertThat(opens(after, "ipv4_dgram")).isEqualTo(true);
            assertThat(opens(after, "ipv6_dgram")).isEqualTo(true);
            assertThat(problems(after)).isEmpty();
            assertThat(text(namespace, ROOT).out())
                    .startsWith("ping sockets: yes (IPv4, IPv6); raw sockets: yes (IPv4, IPv6)\n\nfacts\n");
        }
    }

    @Test
    @RequiresNamespaces
    void whatTheKernelDoesForAnEchoRequestIsSeen() {
        try (Namespace namespace = Namespace.create()) {
            Run run = json(namespace, ROOT);
            for (String kind : List.of("ipv4_dgram", "ipv4_raw", "ipv6_dgram", "ipv6_raw")) {
                String socket = "sockets." + kind;
                assertThat(JsonTree.at(run.json(), socket + ".echo_refusal")).isNull();
                assertThat(JsonTree.at(run.json(), socket + ".echo_replied")).isEqualTo(true);
                assertThat(JsonTree.at(run.json(), socket + ".receive_stamps")).isEqualTo(true);
                assertThat(JsonTree.at(run.json(), socket + ".transmit_stamps")).isEqualTo(true);
                // Since Linux 6.13; that it was tried is all that holds everywhere.
                assertThat(JsonTree.at(run.json(), socket + ".transmit_stamp_keys"))
                        .isInstanceOf(Boolean.class);
            }

            namespace.sysctl("net.ipv4.icmp_echo_ignore_all", "1");
            Run silent = json(namespace, ROOT);
            assertThat(JsonTree.at(silent.json(), "sockets.ipv4_dgram.echo_replied"))
                    .isEqualTo(false);
            assertThat(JsonTree.at(silent.json(), "sockets.ipv4_dgram.receive_stamps"))
                    .isNull();
            assertThat(JsonTree.at(silent.json(), "sockets.ipv4_dgram.transmit_stamps"))
                    .isEqualTo(true);
            assertThat(JsonTree.at(silent.json(), "sockets.ipv6_dgram.echo_replied"))
                    .isEqualTo(true);
        }
    }

    @Test
    @RequiresNamespaces
    @RequiresTool(Tool.SETPRIV)
    void openGroupRangeIsAllThatAnyUserNeeds() {
        try (Namespace namespace = Namespace.create()) {
            Run run = json(namespace, NOBODY);
            assertThat(run.exitCode()).isZero();
            assertThat(opens(run, "ipv4_dgram")).isEqualTo(true);
            assertThat(opens(run, "ipv6_dgram")).isEqualTo(true);
            assertThat(JsonTree.at(run.json(), "sockets.ipv4_raw.refusal"))
                    .isEqualTo(Map.of("call", "socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)", "name", "EPERM", "errno", 1L));
            assertThat(JsonTree.at(run.json(), "ping_group_range"))
                    .isEqualTo(Map.of("lowest", 0L, "highest", 2_147_483_647L, "admits_caller", true));
            assertThat(JsonTree.at(run.json(), "caller.capabilities.effective")).isEqualTo(List.of());
            assertThat(JsonTree.at(run.json(), "buffers.forced")).isEqualTo(false);
            // How much is granted is the machine's business.
            assertThat(problems(run)).isSubsetOf("buffers");

            Run text = text(namespace, NOBODY);
            assertThat(text.exitCode()).isZero();
            assertThat(text.out()).startsWith("ping sockets: yes (IPv4, IPv6); raw sockets: no\n");
            assertPings(namespace, NOBODY, "127.0.0.1", "dgram");
        }
    }

    @Test
    @RequiresNamespaces
    @RequiresTool({Tool.SETPRIV, Tool.SYSCTL})
    void closedGroupRangeIsOpenedByEachOfItsCommands() {
        try (Namespace namespace = Namespace.createWithoutPingSockets()) {
            Run before = json(namespace, NOBODY);
            assertThat(before.exitCode()).isEqualTo(4);
            assertThat(JsonTree.at(before.json(), "can_ping")).isEqualTo(false);
            assertThat(problems(before)).isEqualTo(List.of("ping_group_range", "net_raw"));
            assertThat(JsonTree.at(before.json(), "sockets.ipv6_dgram.refusal.name"))
                    .isEqualTo("EACCES");
            assertThat(JsonTree.at(before.json(), "buffers.receive_bytes")).isNull();

            Run text = text(namespace, NOBODY);
            assertThat(text.exitCode()).isEqualTo(4);
            assertThat(text.out())
                    .startsWith("ping sockets: no; raw sockets: no; nothing can be pinged from here\n")
                    .contains("  no raw sockets: CAP_NET_RAW is not among your effective capabilities\n");
            List<List<String>> remedies = before.commands("ping_group_range");
            assertThat(commandsOf(text.out()))
                    .containsAll(remedies.stream().flatMap(List::stream).toList());

            assertThat(remedies).hasSize(2);
            for (List<String> remedy : remedies) {
                namespace.sysctl("net.ipv4.ping_group_range", "1 0");
                assertThat(json(namespace, NOBODY).exitCode()).isEqualTo(4);
                apply(namespace, remedy);
                Run after = json(namespace, NOBODY);
                assertThat(after.exitCode()).isZero();
                assertThat(problems(after)).isSubsetOf("buffers");
                assertPings(namespace, NOBODY, "127.0.0.1", "dgram");
                assertPings(namespace, NOBODY, "::1", "dgram");
            }
        }
    }

    @Test
    @RequiresUserNamespaces
    @RequiresTool(Tool.SYSCTL)
    void rootOfAUserNamespaceOpensTheRangeForItsOwnGroup() {
        // As in a container without root: two namespaces, of users and of the network, that belong together.
        List<String> program = Program.command("doctor", "--format", "json");
        List<String> inside = List.of("unshare", "--user", "--map-root-user", "--net", "sh", "-c");

        Run before = run(concat(concat(inside, List.of("ip link set lo up && \"$@\"", "sh")), program));
        assertThat(opens(before, "ipv4_dgram")).isEqualTo(false);
        assertThat(JsonTree.at(before.json(), "surroundings.user_namespace")).isEqualTo(true);
        assertThat(JsonTree.at(before.json(), "ping_group_range")).isNull();
        List<String> commands = before.commands("ping_group_range").get(0);
        assertThat(commands).singleElement().asString().startsWith("sysctl -w net.ipv4.ping_group_range=");

        String mended = "ip link set lo up && " + commands.get(0) + " >&2 && \"$@\"";
        Run after = run(concat(concat(inside, List.of(mended, "sh")), program));
        assertThat(opens(after, "ipv4_dgram")).isEqualTo(true);
        assertThat(opens(after, "ipv6_dgram")).isEqualTo(true);
        assertThat(after.commands("ping_group_range")).isEmpty();
    }

    @Test
    @RequiresNamespaces
    @RequiresTool(Tool.SETPRIV)
    void programStartedAsDoctorSaysHasRawSockets() {
        try (Namespace namespace = Namespace.createWithoutPingSockets()) {
            List<List<String>> remedies = json(namespace, NOBODY).commands("net_raw");
            assertThat(remedies.get(0)).singleElement().satisfies(command -> assertThat(command)
                    .startsWith("setpriv ")
                    .endsWith(" COMMAND"));
            String command = remedies.get(0).get(0);

            Run doctor = asTold(namespace, command, "doctor", "--format", "json");
            assertThat(doctor.exitCode()).isZero();
            assertThat(opens(doctor, "ipv4_raw")).isEqualTo(true);
            assertThat(opens(doctor, "ipv6_raw")).isEqualTo(true);
            assertThat(JsonTree.at(doctor.json(), "caller.uid")).isEqualTo(65_534L);
            assertThat(JsonTree.at(doctor.json(), "caller.effective_gid")).isEqualTo(65_534L);
            assertThat(JsonTree.at(doctor.json(), "caller.capabilities.effective"))
                    .isEqualTo(List.of("net_raw"));

            Run sweep = asTold(namespace, command, "sweep", "127.0.0.1", "::1");
            assertThat(sweep.exitCode()).isZero();
            assertThat(sweep.out()).contains("127.0.0.1\t").contains("::1\t");
        }
    }

    /** Runs the program inside the command that doctor printed, as a shell reads it. */
    private Run asTold(Namespace namespace, String command, String... arguments) {
        String line = command.replaceFirst("COMMAND$", "\"\\$@\"");
        List<String> shell = List.of("ip", "netns", "exec", namespace.name(), "sh", "-c", line, "sh");
        return run(concat(shell, Program.command(arguments)));
    }

    @Test
    @RequiresNamespaces
    @RequiresTool({Tool.SETPRIV, Tool.SYSCTL})
    void netRawAloneIsEnoughAndPingSocketsAreToBeHad() {
        try (Namespace namespace = Namespace.createWithoutPingSockets()) {
            Run before = json(namespace, NOBODY_WITH_NET_RAW);
            assertThat(before.exitCode()).isZero();
            assertThat(opens(before, "ipv4_raw")).isEqualTo(true);
            assertThat(opens(before, "ipv4_dgram")).isEqualTo(false);
            for (String set : List.of("effective", "permitted", "inheritable", "ambient")) {
                assertThat(JsonTree.at(before.json(), "caller.capabilities." + set))
                        .isEqualTo(List.of("net_raw"));
            }
            assertThat(JsonTree.at(before.json(), "buffers.forced")).isEqualTo(false);
            assertThat(problems(before)).first().isEqualTo("ping_group_range");
            assertThat(before.commands("net_raw")).isEmpty();

            Run text = text(namespace, NOBODY_WITH_NET_RAW);
            assertThat(text.exitCode()).isZero();
            assertThat(text.out()).startsWith("ping sockets: no; raw sockets: yes (IPv4, IPv6)\n");
            assertPings(namespace, NOBODY_WITH_NET_RAW, "127.0.0.1", "raw");

            apply(namespace, before.commands("ping_group_range").get(0));
            assertThat(text(namespace, NOBODY_WITH_NET_RAW).out())
                    .startsWith("ping sockets: yes (IPv4, IPv6); raw sockets: yes (IPv4, IPv6)\n");
            assertPings(namespace, NOBODY_WITH_NET_RAW, "127.0.0.1", "dgram");
        }
    }

    @Test
    @RequiresNamespaces
    @RequiresTool({Tool.SETPRIV, Tool.SYSCTL})
    void ipv6ThatIsSwitchedOffIsSeenAndSwitchedOn() {
        try (Namespace namespace = Namespace.create()) {
            namespace.sysctl("net.ipv6.conf.all.disable_ipv6", "1");

            Run before = json(namespace, NOBODY);
            assertThat(before.exitCode()).isZero();
            assertThat(problems(before)).first().isEqualTo("ipv6");
            assertThat(JsonTree.at(before.json(), "ipv6"))
                    .isEqualTo(
                            Map.of("usable", false, "addresses", 0L, "disabled", true, "disabled_on_loopback", true));
            assertThat(JsonTree.at(before.json(), "sockets.ipv4_dgram.echo_replied"))
                    .isEqualTo(true);
            assertThat(JsonTree.at(before.json(), "sockets.ipv6_dgram.echo_refusal.name"))
                    .isEqualTo("EADDRNOTAVAIL");
            assertThat(JsonTree.at(before.json(), "sockets.ipv6_dgram.transmit_stamps"))
                    .isNull();

            Run text = text(namespace, NOBODY);
            assertThat(text.exitCode()).isZero();
            assertThat(text.out()).contains("  no IPv6: net.ipv6.conf.all.disable_ipv6 is 1\n");
            assertThat(run(namespace, NOBODY, "sweep", "::1").exitCode()).isEqualTo(1);

            apply(namespace, before.commands("ipv6").get(0));
            Run after = json(namespace, NOBODY);
            assertThat(problems(after)).isSubsetOf("buffers");
            assertThat(JsonTree.at(after.json(), "ipv6.usable")).isEqualTo(true);
            assertPings(namespace, NOBODY, "::1", "dgram");
        }
    }

    @Test
    @RequiresNamespaces
    void loopbackThatIsDownIsSeenAndSetUp() {
        try (Namespace namespace = Namespace.create()) {
            namespace.ip("link", "set", "lo", "down");

            Run before = json(namespace, ROOT);
            assertThat(problems(before)).isEqualTo(List.of("ipv6"));
            // Whether the kernel refuses the packet or takes it and drops it.
            assertThat(JsonTree.at(before.json(), "sockets.ipv4_raw.echo_replied"))
                    .isEqualTo(false);
            assertThat(JsonTree.at(before.json(), "sockets.ipv4_raw.receive_stamps"))
                    .isNull();
            assertThat(JsonTree.at(before.json(), "sockets.ipv4_raw.transmit_stamps"))
                    .isNull();
            assertThat(before.commands("ipv6")).isEqualTo(List.of(List.of("ip link set lo up")));

            namespace.exec("sh", "-c", before.commands("ipv6").get(0).get(0));
            assertThat(problems(json(namespace, ROOT))).isEmpty();
        }
    }

    @Test
    @RequiresNamespaces
    @RequiresTool({Tool.UNSHARE, Tool.MOUNT})
    void nativePartsThatMayNotBeExecutedWhereTheyAreUnpackedAreUnpackedElsewhere() throws IOException {
        Path temporary = Files.createDirectory(dir.resolve("tmp"));
        Path home = Files.createDirectory(dir.resolve("home"));

        Run before = withoutExecution(temporary, home, "\"$@\"", "doctor", "--format", "json");
        assertThat(before.exitCode()).isEqualTo(4);
        assertThat(problems(before)).isEqualTo(List.of("native_libraries"));
        assertThat(JsonTree.at(before.json(), "sockets.ipv4_raw")).isNull();
        assertThat(JsonTree.at(before.json(), "native_libraries.load")).isEqualTo(false);
        assertThat(JsonTree.at(before.json(), "native_libraries.noexec_directory"))
                .isEqualTo(temporary.toString());
        Run sweep = withoutExecution(temporary, home, "\"$@\"", "sweep", "127.0.0.1");
        assertThat(sweep.exitCode()).isEqualTo(4);
        assertThat(sweep.err()).endsWith(" (see nettyping doctor)\n");
        Run text = withoutExecution(temporary, home, "\"$@\"", "doctor");
        assertThat(text.exitCode()).isEqualTo(4);
        assertThat(text.out())
                .startsWith("ping sockets: not tried; raw sockets: not tried; nothing can be pinged from here\n")
                .contains(temporary + " is mounted noexec");

        List<List<String>> remedies = before.commands("native_libraries");
        assertThat(remedies).hasSize(2);
        String elsewhere = String.join("\n", remedies.get(0))
                // As the launcher does.
                .replaceFirst("COMMAND$", "sh -c 'JDK_JAVA_OPTIONS=\\$NETTYPING_JAVA_OPTS exec \"\\$@\"' sh \"\\$@\"");
        assertThat(withoutExecution(temporary, home, elsewhere, "doctor", "--format", "json")
                        .exitCode())
                .isZero();
        assertThat(home.resolve(".cache/nettyping")).isDirectory();

        String executable = String.join("\n", remedies.get(1)) + "\n\"$@\"";
        assertThat(withoutExecution(temporary, home, executable, "doctor", "--format", "json")
                        .exitCode())
                .isZero();
    }

    /** Runs a script with a temporary directory, mounted for it alone, from which nothing can be executed. */
    private Run withoutExecution(Path temporary, Path home, String script, String... arguments) {
        List<String> java = new ArrayList<>(Program.command(arguments));
        // The first word that sh gets is java itself.
        java.subList(0, java.indexOf("--default-signal=INT,TERM") + 1).clear();
        // Defaults, so that options win over them as they do over the JDK's own.
        String defaults = "-Djava.io.tmpdir=" + temporary + " -Duser.home=" + home;
        String mounted = "mount -t tmpfs -o noexec none " + temporary + " && cd " + home
                + " && export JDK_JAVA_OPTIONS='" + defaults + "'\n" + script;
        return run(concat(List.of("unshare", "--mount", "sh", "-c", mounted, "sh"), java));
    }

    @Test
    @RequiresRawSockets
    void readerThatLeavesIsNoFailureToMention() throws IOException {
        List<String> command = Program.command("doctor");
        try (Program program = Program.start(dir, command, ProcessBuilder.Redirect.PIPE)) {
            program.process().getInputStream().close();
            assertThat(program.exitCode()).isEqualTo(141);
            assertThat(program.err()).isEmpty();
        }
    }

    @Test
    @RequiresRawSockets
    void fullDiskIsAFailure() {
        ProcessBuilder.Redirect full =
                ProcessBuilder.Redirect.to(Path.of("/dev/full").toFile());
        try (Program program = Program.start(dir, Program.command("doctor"), full)) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.err()).startsWith("nettyping: write(standard output): ENOSPC; ");
        }
    }
}
