package io.github.nettyping.cli.ping.iputils;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.IcmpError;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Tool;
import io.github.nettyping.testing.TunResponder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every ICMP error, in the words of the ping of iputils and in ours: a host each, whose last byte says which. */
@RequiresTool(Tool.PING)
@RequiresTun
@Execution(ExecutionMode.CONCURRENT)
class IputilsWordsIT {

    @TempDir
    Path dir;

    /** Says which error a host sends. */
    private record Kind(int type, int code) {}

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Kind> codes(int type, int last) {
        return IntStream.rangeClosed(0, last).mapToObj(code -> new Kind(type, code));
    }

    /** Both tell who reports what; of the lines that are not about that, the lead and the rest differ. */
    private void assertSameWords(List<Kind> kinds, String prefix, String network, String router) {
        Behaviour hosts = Behaviours.byAddressBits(bits -> {
            Kind kind = kinds.get((bits & 0xff) - 1);
            // As MTU, in IPv4 the lower half; as pointer, in IPv4 the first byte.
            return IcmpError.of(kind.type(), kind.code(), address(router)).rest(0x1400_0578);
        });
        List<String> words = new ArrayList<>(List.of("ping", "-c", "1"));
        List<String> theirs = new ArrayList<>();
        try (Namespace namespace = Namespace.create()) {
            TunResponder.open(namespace, hosts, network);
            StringBuilder script = new StringBuilder();
            for (int i = 1; i <= kinds.size(); i++) {
                String host = prefix + Integer.toString(i, prefix.contains(":") ? 16 : 10);
                words.add(host);
                script.append("echo '")
                        .append(host)
                        .append(": '$(/usr/bin/ping -c 1 ")
                        .append(host)
                        .append(" | grep From);");
            }
            namespace.exec("sh", "-c", script.toString()).lines().forEach(theirs::add);
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
            command.addAll(Program.command(words.toArray(String[]::new)));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.out().lines().filter(line -> line.contains(" icmp_seq=")))
                        .containsExactlyInAnyOrderElementsOf(theirs);
            }
        }
    }

    @Test
    void errorsOfIpv4() {
        // The kernel keeps others from both: icmp_unreach in net/ipv4/icmp.c.
        List<Kind> kinds = Stream.of(codes(3, 15), Stream.of(new Kind(11, 0), new Kind(11, 2)), codes(12, 2))
                .flatMap(s -> s)
                .toList();
        assertSameWords(kinds, "198.51.100.", "198.51.100.0/24", "198.18.0.6");
    }

    @Test
    void errorsOfIpv6() {
        List<Kind> kinds = Stream.of(codes(1, 8), codes(2, 1), codes(3, 2), codes(4, 4))
                .flatMap(s -> s)
                .toList();
        assertSameWords(kinds, "fd00:51::", "fd00:51::/64", "fd00:18::6");
    }
}
