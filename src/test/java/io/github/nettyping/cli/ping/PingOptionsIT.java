package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.packet.IpFamily;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RouterChain;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Options and verdicts of the network beside the ping of iputils, behind two routers: the same lines, streams and exit
 * codes, and where the kernel's kinds of socket differ, by both. Several run at the same time, each to an address of its own: what one has
 * learned of a path is not to help another.
 */
@RequiresTool(Tool.PING)
@RequiresNamespaces
class PingOptionsIT {

    private static final int AT_ONCE = 4;
    private static final Pattern DOTS = Pattern.compile("(?m)^[.E\b\u0007 ]+\n");
    private static final List<String> BOTH = List.of("dgram", "raw");
    private static final List<String> EITHER = List.of("auto");

    private static RouterChain chain;
    private static int lastHost;

    private static final int MOST_TRIES = 4;

    @TempDir
    Path dir;

    /** One line of arguments, in which {@code H4} and {@code H6} stand for a host, and the programs that have got it. */
    private record Race(String arguments, Program theirs, Map<String, Program> ours) implements AutoCloseable {

        void assertSame() {
            ours.forEach(this::assertSame);
        }

        private void assertSame(String kind, Program program) {
            assertThat(program.exitCode())
                    .as("%s by %s: %s%s", arguments, kind, program.out(), program.err())
                    .isEqualTo(theirs.exitCode());
            assertThat(normal(program.out())).as("%s by %s", arguments, kind).isEqualTo(normal(theirs.out()));
            assertThat(normal(program.err()))
                    .as("%s by %s", arguments, kind)
                    .isEqualTo(PingPair.asOurs(normal(theirs.err())));
        }

        private static String normal(String text) {
            String masked = PingPair.normal(text)
                    .replaceAll("198\\.51\\.100\\.[0-9]+", "H4")
                    .replaceAll("fd00:51::[0-9a-f]+", "H6")
                    // How many are under way when one is answered, is a matter of the moment.
                    .replaceAll("pipe [0-9]+, ipg", "ipg");
            return DOTS.matcher(masked)
                    .replaceAll(dots -> "probes: " + count(dots.group(), '.') + ", replies: "
                            + count(dots.group(), ' ') + ", errors: " + count(dots.group(), 'E') + ", bells: "
                            + count(dots.group(), '\u0007') + '\n');
        }

        private static long count(String text, char c) {
            return text.chars().filter(other -> other == c).count();
        }

        @Override
        public void close() {
            theirs.close();
            ours.values().forEach(Program::close);
        }
    }

    @BeforeAll
    static void open() {
        chain = RouterChain.of(2);
        chain.client().sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        chain.router(1).sysctl("net.ipv4.icmp_echo_ignore_broadcasts", "0");
        chain.mtu(2, 1_300);
        chain.route("203.0.113.0/24");
        chain.route("fd00:113::/64");
        chain.unreachable(1, "203.0.113.0/26");
        chain.prohibit(2, "203.0.113.64/26");
        chain.blackhole(2, "203.0.113.128/26");
        chain.unreachable(1, "fd00:113::/66");
        chain.prohibit(2, "fd00:113:0:0:4000::/66");
    }

    @AfterAll
    static void close() {
        chain.close();
    }

    private List<String> in(String name, String arguments, Stream<String> program) {
        lastHost++;
        List<String> words =
                new ArrayList<>(List.of("ip", "netns", "exec", chain.client().name()));
        program.forEach(words::add);
        words.addAll(List.of(arguments
                .replace("H4", "198.51.100." + lastHost)
                .replace("H6", "fd00:51::" + Integer.toHexString(lastHost))
                .split(" ", -1)));
        try {
            Files.createDirectories(dir.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    private Program ours(String name, String kind, String arguments) {
        List<String> program = Program.command("ping", "--socket", kind);
        // Not worth a second compiler, so many and so short-lived are they.
        program.add(program.indexOf("-cp"), "-XX:TieredStopAtLevel=1");
        return Program.start(dir.resolve(name), in(name, arguments, program.stream()));
    }

    private Race start(int number, List<String> kinds, String arguments) {
        List<String> theirs =
                in(number + "theirs", arguments, Stream.of("env", "--default-signal=INT,TERM", PingPair.IPUTILS));
        Map<String, Program> ours = new LinkedHashMap<>();
        Program program = Program.start(dir.resolve(number + "theirs"), theirs);
        kinds.forEach(kind -> ours.put(kind, ours(number + kind, kind, arguments)));
        return new Race(arguments, program, ours);
    }

    private void assertSame(List<String> kinds, String... lines) {
        for (int from = 0; from < lines.length; from += AT_ONCE) {
            List<Race> running = new ArrayList<>();
            try {
                for (int i = from; i < Math.min(lines.length, from + AT_ONCE); i++) {
                    running.add(start(i, kinds, lines[i]));
                }
                running.forEach(Race::assertSame);
            } finally {
                running.forEach(Race::close);
            }
        }
    }

    @Test
    void routersThatLetNothingPass() {
        assertSame(
                BOTH,
                "-c 1 -t 1 H4",
                "-c 2 -i .3 -t 2 H6",
                "-c 1 -W 3 203.0.113.7",
                "-c 1 -W 3 fd00:113::7",
                "-c 1 -W 3 203.0.113.70",
                "-c 1 -W 3 fd00:113:0:0:4000::7",
                "-c 2 -i .3 -W 1 203.0.113.130",
                "-w 5 -t 2 H4");
    }

    @Test
    void packetsThatAreTooLong() {
        assertSame(
                BOTH,
                "-c 3 -i .3 -M do -s 1400 H4",
                "-c 3 -i .3 -M do -s 1400 H6",
                "-c 2 -i .3 -M do -s 2000 H4",
                "-c 2 -i .3 -M do -s 2000 H6",
                "-c 3 -i .3 -M want -s 1400 H4",
                "-c 3 -i .3 -s 1400 H6",
                "-c 2 -i .3 -M dont -s 1400 H4",
                "-w 5 -M do -s 2000 H4");
    }

    @Test
    void interfacesAndSources() {
        String near4 = chain.clientAddress(IpFamily.IPV4).getHostAddress();
        String near6 = "fd00:18::1";
        assertSame(
                EITHER,
                "-c 1 -I link0 H4",
                "-c 1 -I link0 H6",
                "-c 1 -I " + near4 + " H4",
                "-c 1 -I " + near6 + "%link0 H6",
                "-c 1 -I link0 -I " + near4 + " H4",
                "-c 1 -I " + near6 + " H4",
                "-c 1 -I link0 " + near4,
                "-c 1 -I 198.18.0.99 H4",
                "-c 1 -I fd00:18::99 H6",
                "-c 1 -I nosuch H4",
                "-c 1 -I nosuch H6",
                "-c 1 -I lo H6");
    }

    @Test
    void fieldsAndPatterns() {
        assertSame(
                EITHER,
                "-c 1 -Q 0x10 -m 5 H4",
                "-c 1 -Q 184 -m 5 H6",
                "-c 1 -p ff H4",
                "-c 2 -i .2 -p abc -s 40 H6",
                "-c 1 -p 0102 -s 4 H4",
                "-c 1 -q -p ff H6",
                "-c 2 -i .3 -v H4",
                "-c 1 -v -t 1 H6");
    }

    /** Of errors that come while it sends, iputils counts those it has read by its end: on a busy machine not always all. */
    private void assertSameSoon(List<String> kinds, String... lines) {
        for (String line : lines) {
            for (int tries = MOST_TRIES; tries > 0; tries--) {
                try {
                    assertSame(kinds, line);
                    break;
                } catch (AssertionError e) {
                    if (tries == 1) {
                        throw e;
                    }
                }
            }
        }
    }

    @Test
    void floodsAndAdaptiveIntervals() {
        assertSameSoon(EITHER, "-c 3 -f -t 1 H4", "-c 3 -f -M do -s 2000 H6");
        assertSame(
                EITHER,
                "-c 50 -f H4",
                "-c 50 -f -q H6",
                "-c 5 -i 0 -q H4",
                "-c 5 -A H6",
                "-c 5 -f -i .05 H4",
                "-c 20 -f -a H6");
    }

    @Test
    void groupsOfHosts() {
        assertSame(
                EITHER,
                "-c 2 -i .3 198.18.0.3",
                "-c 2 -i .3 -b 198.18.0.3",
                "-c 2 -i .3 -b -v 198.18.0.3",
                "-c 2 -i .3 -b H4",
                "-c 2 -i .3 -I link0 224.0.0.1",
                "-c 2 -i .3 -t 5 ff02::1%link0",
                "-c 2 -i .3 -b -q 198.18.0.3",
                "-c 1 -W .5 -b 203.0.113.255");
    }
}
