package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.JsonTree;
import io.github.nettyping.cli.Program;
import io.github.nettyping.packet.IpAddress;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviour;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.Replies;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Tool;
import io.github.nettyping.testing.TunResponder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network in which one host in 16 is alive and each packet may be lost: with further tries every one of them is found.
 * 65,536 hosts by {@code -Dnettyping.lossy.hosts=65536}.
 */
@RequiresTun
class LossySweepIT {

    private static final int HOSTS = Integer.getInteger("nettyping.lossy.hosts", 4_096);
    private static final int ALIVE_ONE_IN = 16;
    private static final double LOSS = 0.01;
    private static final long SEED = 20_261_130;
    private static final Duration LIMIT = Await.LIMIT;

    /** 10.16.0.0. */
    private static final int FIRST = 10 << 24 | 16 << 16;

    @TempDir
    Path dir;

    private final Namespace namespace = Namespace.create();
    private final BitSet live = new BitSet(HOSTS);

    @BeforeEach
    void open() {
        Random random = new Random(SEED);
        IntStream.range(0, HOSTS)
                .filter(host -> random.nextInt(ALIVE_ONE_IN) == 0)
                .forEach(live::set);
        Random losses = new Random(SEED + 1);
        Behaviour echo = Replies.echo();
        TunResponder.open(
                namespace,
                (probe, answers) -> {
                    boolean arrives = losses.nextDouble() >= LOSS;
                    // The answer is a packet of its own.
                    if (arrives && live.get(probe.destinationBits() - FIRST) && losses.nextDouble() >= LOSS) {
                        echo.answer(probe, answers);
                    }
                },
                "10.16.0.0/16");
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    private List<String> liveHosts() {
        return live.stream().mapToObj(LossySweepIT::address).toList();
    }

    private static String address(int host) {
        return IpAddress.ofIpv4(FIRST + host).toInetAddress().getHostAddress();
    }

    @Test
    void exactlyTheLiveHostsAreAlive() {
        List<String> command = Program.command(
                "sweep",
                "--all-addresses",
                "--retries",
                "4",
                "--timeout",
                "200ms",
                "--format",
                "jsonl",
                "--summary",
                "json",
                "10.16.0.0-" + address(HOSTS - 1));
        try (Program program = Program.start(dir, Program.in(namespace, command))) {
            assertThat(program.exitCode(LIMIT)).isEqualTo(1);
            List<String> lines = program.out().lines().toList();

            System.out.printf("%s%n", program.err());
            assertThat(lines).hasSize(HOSTS);
            assertThat(lines.stream()
                            .map(JsonTree::object)
                            .filter(result -> "alive".equals(result.get("status")))
                            .map(result -> String.valueOf(result.get("target"))))
                    .containsExactlyInAnyOrderElementsOf(liveHosts());
            assertThat(lines.stream().filter(line -> line.contains("\"status\":\"timeout\"")))
                    .hasSize(HOSTS - live.cardinality());
        }
    }

    /** What is asked here is whether the network of this test is one in which another program finds the same hosts. */
    @Test
    @RequiresTool(Tool.FPING)
    void asManyAsFpingFinds() throws IOException {
        String targets =
                IntStream.range(0, HOSTS).mapToObj(LossySweepIT::address).collect(Collectors.joining("\n"));
        Path file = Files.writeString(dir.resolve("targets"), targets + "\n");
        // It ends if it needs more than 65,535 sequence numbers in 10 s.
        String milliseconds = HOSTS * 5 < 60_000 ? "0.05" : "0.2";
        List<String> command = List.of("fping", "-a", "-q", "-r4", "-t200", "-i", milliseconds, "-f", file.toString());
        List<String> found;
        try (Program fping = Program.start(dir, Program.in(namespace, command))) {
            assertThat(fping.exitCode(LIMIT)).as(fping.err()).isEqualTo(1);
            found = fping.out().lines().toList();
        }

        assertThat(found).hasSize(live.cardinality()).containsExactlyInAnyOrderElementsOf(liveHosts());
    }
}
