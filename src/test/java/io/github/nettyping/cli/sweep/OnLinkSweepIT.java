package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.JsonTree;
import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Link;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directly connected network with more addresses than the kernel's neighbour table has places: every host is found,
 * and no probe fails. A /18 with 200 hosts by {@code -Dnettyping.onlink.prefix=18 -Dnettyping.onlink.hosts=200}.
 */
@RequiresNamespaces
class OnLinkSweepIT {

    /** By default more than three quarters of 1,024 addresses, {@code gc_thresh3} as the kernel has it. */
    private static final int PREFIX = Integer.getInteger("nettyping.onlink.prefix", 22);

    private static final int HOSTS = Integer.getInteger("nettyping.onlink.hosts", 20);
    private static final int ADDRESSES = 1 << (32 - PREFIX);
    private static final long SEED = 20_261_130;
    private static final Duration LIMIT = Await.LIMIT;

    private static final List<String> NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", "--");

    @TempDir
    static Path common;

    private static Namespace near;
    private static Namespace far;
    private static Set<String> live;

    @TempDir
    Path dir;

    @BeforeAll
    static void connect() throws IOException {
        near = Namespace.create();
        far = Namespace.create();
        Link link = Link.between(near, far);
        near.ip("address", "add", "198.19.0.1/" + PREFIX, "dev", link.device());
        far.ip("route", "add", "198.19.0.1/32", "dev", link.device());
        live = new TreeSet<>();
        Random random = new Random(SEED);
        while (live.size() < HOSTS) {
            int host = 2 + random.nextInt(ADDRESSES - 3);
            live.add("198.19." + (host >> 8) + "." + (host & 0xff));
        }
        List<String> lines = live.stream()
                .map(host -> "address add " + host + "/32 dev " + link.device())
                .toList();
        Path batch = Files.write(common.resolve("addresses"), lines);
        far.ip("-batch", batch.toString());
    }

    @AfterAll
    static void close() {
        near.close();
        far.close();
    }

    @Test
    void everyHostIsFoundAndNoProbeFails() throws IOException {
        assertExactlyTheLiveOnesAreFound("root", List.of());
    }

    /** Its send buffer holds 260 packets that wait for a neighbour. */
    @Test
    @RequiresTool(Tool.SETPRIV)
    void soIsItByAnUnprivilegedUserWithTheBuffersOfTheMachine() throws IOException {
        assertExactlyTheLiveOnesAreFound("unprivileged", NOBODY);
    }

    private void assertExactlyTheLiveOnesAreFound(String who, List<String> user) throws IOException {
        List<String> words = new ArrayList<>(user);
        // Both streams into one file, in the order of writing.
        words.addAll(List.of("sh", "-c", "exec \"$@\" 2>&1", "sh"));
        words.addAll(Program.command(
                "sweep", "--format", "jsonl", "--summary", "json", "--exclude", "198.19.0.1", "198.19.0.0/" + PREFIX));
        List<String> lines;
        long began = System.nanoTime();
        try (Program run = Program.start(dir, Program.in(near, words))) {
            assertThat(run.exitCode(LIMIT))
                    .as(run.out().lines().findFirst().orElse(""))
                    .isEqualTo(1);
            lines = run.out().lines().toList();
        }
        Map<String, Set<String>> byStatus = new HashMap<>();
        lines.stream().filter(line -> line.startsWith("{\"target\":")).forEach(line -> {
            Map<String, Object> result = JsonTree.object(line);
            byStatus.computeIfAbsent(String.valueOf(result.get("status")), status -> new HashSet<>())
                    .add(String.valueOf(result.get("target")));
        });

        System.out.printf(
                "%s: %,d on-link targets in %.1f s: %s%n%s%n",
                who, ADDRESSES, (System.nanoTime() - began) / 1e9, lines.get(0), lines.get(lines.size() - 1));
        assertThat(byStatus.get("alive")).containsExactlyInAnyOrderElementsOf(live);
        assertThat(byStatus.keySet()).isSubsetOf("alive", "timeout", "unreachable");
        // Network and broadcast address, and our own.
        assertThat(byStatus.values().stream().mapToInt(Set::size).sum()).isEqualTo(ADDRESSES - 3);
        assertThat(lines).hasSizeGreaterThan(ADDRESSES - 3);
        assertThat(lines.get(0)).contains("of the targets are on-link (link0 198.19.0.0/" + PREFIX + ")");
    }
}
