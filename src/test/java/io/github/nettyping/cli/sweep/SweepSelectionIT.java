package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresIpv6Loopback;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who of those that are named is asked, by the program. All but the groups stays on the loopback device. */
@Execution(ExecutionMode.CONCURRENT)
class SweepSelectionIT {

    @TempDir
    Path dir;

    private Path hosts;

    @BeforeEach
    void writeHosts() throws IOException {
        hosts = Files.writeString(dir.resolve("hosts"), """
                127.0.0.2 four.test both.test
                127.0.0.3 both.test
                ::1 six.test both.test
                """);
    }

    private Program sweep(String... arguments) {
        List<String> words = new ArrayList<>(List.of("sweep", "--socket=raw"));
        words.addAll(List.of(arguments));
        return Program.start(dir, Program.commandWithHosts(hosts, words.toArray(String[]::new)));
    }

    private static List<String> asked(Program program) {
        return program.out()
                .lines()
                .map(line -> line.split("\t", 2)[0])
                .sorted()
                .toList();
    }

    @Test
    @RequiresRawSockets
    @RequiresIpv6Loopback
    void excludesOfAllKindsAreNotAsked() throws IOException {
        Path file = Files.writeString(dir.resolve("excludes"), "# keep out\n127.0.0.8/30 lab\n");
        try (Program program = sweep(
                "--exclude=four.test", "--exclude", "127.0.0.4-5", "--exclude-file=" + file, "127.0.0.0/28", "::1")) {
            assertThat(program.exitCode()).as(program.err()).isZero();
            assertThat(asked(program))
                    .containsExactly(
                            "127.0.0.1",
                            "127.0.0.12",
                            "127.0.0.13",
                            "127.0.0.14",
                            "127.0.0.3",
                            "127.0.0.6",
                            "127.0.0.7",
                            "::1");
        }
    }

    @Test
    @RequiresRawSockets
    void allAddressesOfANameAreAskedOnDemandButThoseExcluded() {
        try (Program program = sweep("--all-ips", "--exclude=127.0.0.3", "--format=jsonl", "both.test")) {
            assertThat(program.exitCode()).as(program.err()).isZero();
            assertThat(program.out().lines().sorted())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("{\"target\":\"127.0.0.2\",")
                                    .endsWith("\"name\":\"both.test\"}"),
                            line -> assertThat(line)
                                    .startsWith("{\"target\":\"::1\",")
                                    .endsWith("\"name\":\"both.test\"}"));
        }
    }

    @Test
    void nothingLeftEndsItBeforeASocketIsOpened() {
        try (Program program = sweep("--exclude-reserved", "127.0.0.0/8", "10.0.0.0/8")) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .isEqualTo("nettyping: no target left: all 33554428 are excluded; see nettyping sweep --help\n");
        }
    }

    @Test
    void nothingLeftOfNamesEndsItTooAndNoSummaryFollows() {
        try (Program program = sweep("--exclude=127.0.0.0/8", "four.test")) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.err()).isEqualTo("nettyping: no target left: all of them are excluded\n");
        }
    }

    @Test
    void nothingLeftOfAddressesCountsMoreThanANameThatIsNotFound() {
        try (Program program = sweep("--exclude=127.0.0.0/8", "127.0.0.1", "none.test")) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.err())
                    .contains("none.test: ")
                    .endsWith("nettyping: no target left: all of them are excluded\n");
        }
    }

    @Test
    void anExcludedNameThatIsNotFoundEndsIt() {
        try (Program program = sweep("--exclude=none.test", "127.0.0.1")) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .startsWith("nettyping: excluded name none.test: ")
                    .containsOnlyOnce("\n");
        }
    }

    @Test
    void groupsAreRefusedByTheNameOfTheOption() {
        try (Program program = sweep("224.0.0.1")) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.err())
                    .isEqualTo("nettyping: 224.0.0.1 is a multicast or broadcast address; --broadcast permits it, else"
                            + " leave it out; see nettyping sweep --help\n");
        }
    }

    @Test
    @RequiresNamespaces
    void groupsAreOneLineEachWithConsent() {
        try (Namespace near = Namespace.create();
                Namespace far = Namespace.create()) {
            Link link = Link.between(near, far);
            far.sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
            near.route("224.0.0.0/4", link.farIpv4());
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", near.name()));
            command.addAll(Program.command(
                    "sweep", "--broadcast", "--format=jsonl", "198.18.0.3", "224.0.0.1", "ff02::1%" + link.device()));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).as(program.err()).isZero();
                assertThat(program.out().lines()).hasSize(3).allSatisfy(line -> assertThat(line)
                        .contains("\"status\":\"alive\"")
                        .contains("\"flags\":[\"other_source\"]"));
                assertThat(program.out())
                        .contains("{\"target\":\"198.18.0.3\",")
                        .contains("\"from\":\"" + link.farIpv4() + "\"");
            }
        }
    }
}
