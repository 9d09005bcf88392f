package io.github.nettyping.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresLocalhost;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Signal;
import io.github.nettyping.testing.Tool;
import io.github.nettyping.testing.TunResponder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One host in text, beside the ping of iputils: the same lines, streams and exit codes. */
@RequiresTool({Tool.PING, Tool.MOUNT})
@Execution(ExecutionMode.CONCURRENT)
class PingCommandIT {

    private static final Duration LIMIT = Await.LIMIT;
    private static final String HOST = "198.51.100.7";
    private static final String NETWORK = "198.51.100.0/24";
    private static final String HOST6 = "fd00:51::7";
    private static final String NETWORK6 = "fd00:51::/64";

    @TempDir
    Path dir;

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** In a namespace of its own: raw sockets of both hear what all others ask their own host, and theirs would lose replies. */
    private PingPair onThisMachine(String... arguments) {
        try (Namespace namespace = Namespace.create();
                PingPair pair = PingPair.start(dir, namespace, Optional.empty(), arguments)) {
            return pair.assertSame();
        }
    }

    /** Both among hosts that behave, and names for them. */
    private PingPair amongNamed(Behaviour hosts, String names, String... arguments) {
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(namespace, hosts, NETWORK, NETWORK6);
            try (PingPair pair = PingPair.start(dir, namespace, Optional.of(names), arguments)) {
                return pair.assertSame();
            }
        }
    }

    private PingPair among(Behaviour hosts, String... arguments) {
        return amongNamed(hosts, "", arguments);
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    @Test
    @RequiresNamespaces
    void ipv4() {
        assertThat(onThisMachine("-c", "3", "127.0.0.1").lines())
                .isEqualTo(lines(
                        "PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.",
                        "64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=# ms",
                        "64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=# ms",
                        "64 bytes from 127.0.0.1: icmp_seq=3 ttl=64 time=# ms",
                        "",
                        "--- 127.0.0.1 ping statistics ---",
                        "3 packets transmitted, 3 received, 0% packet loss, time #ms",
                        "rtt min/avg/max/mdev = # ms"));
    }

    @Test
    @RequiresNamespaces
    void ipv6() {
        assertThat(onThisMachine("-c", "3", "::1").lines())
                .startsWith(lines("PING ::1(::1) 56 data bytes", "64 bytes from ::1: icmp_seq=1 ttl=64 time=# ms"));
    }

    @Test
    @RequiresNamespaces
    @RequiresLocalhost
    void nameOfThisHost() {
        assertThat(onThisMachine("-c", "2", "-i.2", "localhost").lines()).contains(" bytes from localhost (");
    }

    @Test
    @RequiresNamespaces
    void unknownName() {
        assertThat(onThisMachine("-c", "2", "nosuch.invalid").theirs().exitCode())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c 3 -i 0.2 -q 127.0.0.1",
                "-c2 -i.2 -D 127.0.0.1",
                "-c 2 -i 0.2 -a ::1",
                "-c 2 -i 0.2 -O 127.0.0.1",
                "-c 2 -i 0.2 -s 0 127.0.0.1",
                "-c 2 -i 0.2 -s 15 ::1",
                "-c 2 -i 0.2 -s 16 127.0.0.1",
                "-c 1 -s 65507 127.0.0.1",
                "-c 2 -i 0.2 -n localhost",
                "-c 1 -4 ::1",
                "-c 1 -6 127.0.0.1",
                "-c 1 0.0.0.0",
                "-c 2 -i 0.2 -w 5 127.0.0.1",
                "-c 9 -i 0.4 -w 1 127.0.0.1",
                "-i 0.4 -w 1 -q 127.0.0.1"
            })
    @RequiresNamespaces
    @RequiresLocalhost
    void optionsMeanTheSame(String arguments) {
        onThisMachine(arguments.split(" ", -1));
    }

    @Test
    @RequiresTun
    void silentHost() {
        assertThat(among(Behaviours.silent(), "-c", "2", "-W", "1", HOST).lines())
                .isEqualTo(lines(
                        "PING 198.51.100.7 (198.51.100.7) 56(84) bytes of data.",
                        "",
                        "--- 198.51.100.7 ping statistics ---",
                        "2 packets transmitted, 0 received, 100% packet loss, time #ms",
                        ""));
    }

    @Test
    @RequiresTun
    void silentHostOfIpv6() {
        among(Behaviours.silent(), "-c", "2", "-i", "0.3", "-W", "0.5", HOST6);
    }

    @Test
    @RequiresTun
    void outstandingProbes() {
        assertThat(among(Behaviours.silent(), "-O", "-q", "-c", "3", "-i", "0.3", "-W", "1", HOST)
                        .lines())
                .contains("no answer yet for icmp_seq=1\nno answer yet for icmp_seq=2\n\n---");
    }

    @Test
    @RequiresTun
    void hostThatFallsSilent() {
        Map<Integer, Integer> probes = new HashMap<>();
        Behaviour fading = (probe, answers) -> {
            // Each program has its own identifier.
            if (probes.merge(probe.identifier(), 1, Integer::sum) <= 2) {
                Replies.echo().answer(probe, answers);
            }
        };
        assertThat(among(fading, "-c", "3", "-i", "0.3", HOST).lines())
                .contains("3 packets transmitted, 2 received, 33.3333% packet loss, time #ms\nrtt ");
    }

    @Test
    @RequiresTun
    void replyThatComesAfterTheNextProbe() {
        PingPair pair =
                among(Behaviours.delayed(Duration.ofMillis(500), Replies.echo()), "-O", "-c", "3", "-i", "0.3", HOST);
        assertThat(pair.lines())
                .contains(lines(
                        "no answer yet for icmp_seq=1",
                        "64 bytes from 198.51.100.7: icmp_seq=1 ttl=64 time=# ms",
                        "no answer yet for icmp_seq=2"))
                .contains(" ms, pipe 2\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30, 300, 1_300})
    @RequiresTun
    void decimalsGoByTheLengthOfTheRoundTrip(int millis) {
        Behaviour far = Behaviours.delayed(Duration.ofMillis(millis), Replies.echo());
        PingPair pair = among(far, "-c", "1", HOST);
        // On a busy machine, one of the two may wait beyond the next power of ten.
        for (int more = 4; more > 0 && !pair.hasSameDecimals(); more--) {
            pair = among(far, "-c", "1", HOST);
        }
        pair.assertSameDecimals();
    }

    @Test
    @RequiresTun
    void furtherReplies() {
        PingPair pair = among(Replies.duplicate(3), "-c", "2", "-i", "0.3", HOST);
        assertThat(pair.lines()).contains(" (DUP!)\n").contains("2 received, +2 duplicates, 0% packet loss");
    }

    @Test
    @RequiresTun
    void damagedData() {
        assertThat(among(Replies.corruptPayload(), "-c", "2", "-i", "0.3", "-a", HOST)
                        .lines())
                .contains("\nwrong data byte #")
                .contains("\n#48\t");
    }

    @Test
    @RequiresTun
    void damagedPattern() {
        among(Replies.corruptPayload(), "-c", "1", "-p", "0a1b2c3d", "-s", "100", HOST6);
    }

    @Test
    @RequiresTun
    void shortenedData() {
        assertThat(among(Replies.truncate(20), "-c", "1", HOST).lines()).contains(" (truncated)\n");
    }

    @Test
    @RequiresTun
    void lengthenedDataAndAnotherCode() {
        among(Behaviours.all(Replies.extend(9), Replies.replyCode(3)), "-c", "1", HOST);
    }

    @Test
    @RequiresTun
    void errorOfARouter() {
        PingPair pair = among(IcmpError.unreachable(1, address("198.18.0.6")), "-c", "2", "-i", "0.3", HOST);
        assertThat(pair.lines())
                .contains("From 198.18.0.6 icmp_seq=1 Destination Host Unreachable\n")
                .contains("2 packets transmitted, 0 received, +2 errors, 100% packet loss, time #ms\n\n");
    }

    @Test
    @RequiresTun
    void errorOfARouterOfIpv6() {
        among(IcmpError.timeExceeded(address("fd00:18::6")), "-c", "2", "-i", "0.3", HOST6);
    }

    @Test
    @RequiresTun
    void errorWithADeadline() {
        IcmpError error = IcmpError.unreachable(13, address("198.18.0.6"));
        assertThat(among(error, "-w", "5", HOST).lines()).contains("1 packets transmitted, 0 received, +1 errors");
    }

    @Test
    @RequiresTun
    void errorThatIsFollowedByTheReply() {
        Behaviour both = Behaviours.all(
                IcmpError.unreachable(1, address("198.18.0.6")),
                Behaviours.delayed(Duration.ofMillis(100), Replies.echo()));
        assertThat(among(both, "-c", "3", "-i", "0.4", HOST).lines()).contains("+2 errors");
    }

    @Test
    @RequiresTun
    void quietErrors() {
        among(IcmpError.unreachable(1, address("198.18.0.6")), "-q", "-c", "2", "-i", "0.3", HOST);
    }

    @Test
    @RequiresTun
    void namesOfHostsAndRouters() {
        String names = HOST + " host.test\n" + HOST6 + " host6.test\n198.18.0.6 router.test\nfd00:18::6 router6.test\n";
        assertThat(amongNamed(Replies.echo(), names, "-c", "2", "-i", "0.3", "host6.test")
                        .lines())
                .startsWith(lines(
                        "PING host6.test(host6.test (fd00:51::7)) 56 data bytes",
                        "64 bytes from host6.test (fd00:51::7): icmp_seq=1 ttl=64 time=# ms"));
    }

    @Test
    @RequiresTun
    void nameOfARouter() {
        String names = HOST + " host.test\n198.18.0.6 router.test\n";
        IcmpError error = IcmpError.unreachable(1, address("198.18.0.6"));
        assertThat(amongNamed(error, names, "-c", "1", "host.test").lines())
                .contains("From router.test (198.18.0.6) icmp_seq=1 Destination Host Unreachable\n");
    }

    @Test
    @RequiresTun
    void routerWithoutAName() {
        IcmpError error = IcmpError.unreachable(1, address("198.18.0.6"));
        assertThat(amongNamed(error, HOST + " host.test\n", "-c", "1", "host.test")
                        .lines())
                .contains("From 198.18.0.6 icmp_seq=1 ");
    }

    @Test
    @RequiresTun
    void nameOfTheOtherFamily() {
        amongNamed(Replies.echo(), HOST6 + " host6.test\n", "-4", "-c", "1", "host6.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.1", "198.51.99.1", "198.51.98.1", "2001:db8::1"})
    @RequiresNamespaces
    void hostWithoutARoute(String host) {
        try (Namespace namespace = Namespace.create()) {
            namespace.ip("route", "add", "unreachable", "198.51.99.0/24");
            namespace.ip("route", "add", "blackhole", "198.51.98.0/24");
            try (PingPair pair = PingPair.start(dir, namespace, Optional.empty(), "-c", "2", host)) {
                pair.assertSame();
                assertThat(pair.theirs().err()).contains("ping: connect: ");
            }
        }
    }

    @Test
    @RequiresNamespaces
    void interruptionAfterReplies() {
        assertSameInterruption(0, "127.0.0.1");
    }

    @Test
    @RequiresTun
    void interruptionWithoutAReply() {
        try (Namespace namespace = Namespace.create()) {
            TunResponder responder = TunResponder.open(namespace, Behaviours.silent(), NETWORK);
            try (PingPair pair = PingPair.start(dir, namespace, Optional.empty(), "-i", "60", HOST)) {
                Await.until("both have sent", LIMIT, () -> responder.probes() == 2);
                pair.theirs().signal(Signal.INT);
                pair.ours().signal(Signal.INT);
                assertThat(pair.assertSame().theirs().exitCode()).isEqualTo(1);
            }
        }
    }

    private void assertSameInterruption(int exitCode, String host) {
        try (Namespace namespace = Namespace.create();
                PingPair pair = PingPair.start(dir, namespace, Optional.empty(), "-i", "4", host)) {
            interruptAfterTwoReplies(pair.theirs());
            interruptAfterTwoReplies(pair.ours());
            assertThat(pair.assertSame().theirs().exitCode()).isEqualTo(exitCode);
            assertThat(pair.lines()).contains("2 packets transmitted, 2 received");
        }
    }

    private static void interruptAfterTwoReplies(Program program) {
        Await.until("two replies are printed", LIMIT, () -> program.out().contains("icmp_seq=2"));
        program.signal(Signal.INT);
    }
}
