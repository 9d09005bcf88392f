package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of a sweep, each a process, as the script for GNU parallel runs them, and put together by the one that merges. */
@RequiresNamespaces
@Execution(ExecutionMode.CONCURRENT)
class ShardsIT {

    private static final int TARGETS = 65_536;
    private static final Pattern FIRST = Pattern.compile("\"count\":([01]),\"first\":(?:null|\"([0-9.]+)\")");

    private static Namespace namespace;

    @TempDir
    Path dir;

    @BeforeAll
    static void open() {
        namespace = Namespace.create();
    }

    @AfterAll
    static void close() {
        namespace.close();
    }

    private List<String> files(int parts, String ending) {
        return IntStream.rangeClosed(1, parts)
                .mapToObj(part -> dir.resolve("results/part-" + part + ending).toString())
                .toList();
    }

    private static List<String> words(String first, List<String> others) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(others);
        return words;
    }

    @ParameterizedTest
    @CsvSource({"8, random, 1", "8, random, -7046029254386353131", "7, random, 2", "7, sequential,"})
    void partsAreDisjointAndTogetherTheWhole(int parts, String order, String seed) throws IOException {
        ScaleOutRun run = new ScaleOutRun(dir, namespace);
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(parts), "2", "results", "--order", order));
        if (seed != null) {
            arguments.addAll(List.of("--seed", seed));
        }
        arguments.addAll(List.of("--format", "jsonl", "--summary", "json", "--all-addresses", "127.0.0.0/16"));

        ScaleOutRun.Ended swept = run.script("parallel.sh", Map.of(), arguments);

        assertThat(swept.err()).isEmpty();
        assertThat(swept.code()).isZero();
        for (String file : files(parts, ".out")) {
            assertThat(Files.readAllLines(Path.of(file)).size()).isBetween(TARGETS / parts, (TARGETS - 1) / parts + 1);
        }
        ScaleOutRun.Ended merged = run.script("merge.sh", Map.of(), words("results", files(parts, ".out")));
        assertThat(merged.code()).isZero();
        Set<String> targets = new HashSet<>();
        merged.out().lines().forEach(line -> {
            assertThat(line).startsWith("{\"target\":\"127.0.").contains("\"status\":\"alive\"");
            targets.add(line.substring(0, line.indexOf(',')));
        });
        assertThat(merged.out().lines()).hasSize(TARGETS);
        assertThat(targets).hasSize(TARGETS);
        assertThat(run.script("merge.sh", Map.of(), words("check", files(parts, ".out"))))
                .isEqualTo(new ScaleOutRun.Ended(0, "", ""));
        ScaleOutRun.Ended summary = run.script("merge.sh", Map.of(), words("summaries", files(parts, ".err")));
        assertThat(summary.out())
                .startsWith("{\"targets\":65536,\"alive\":65536,\"timeout\":0,\"unreachable\":0,")
                .contains("\"parts\":" + parts + "}")
                .containsOnlyOnce("\n");
    }

    @Test
    void partThatFailedIsTheOnlyOneToRunAgain() throws IOException {
        ScaleOutRun run = new ScaleOutRun(dir, namespace);
        List<String> arguments = List.of("3", "2", "results", "127.0.0.0/28");
        assertThat(run.script("parallel.sh", Map.of(), arguments).code()).isZero();
        Files.writeString(dir.resolve("results/part-2.exit"), "137\n");
        Files.writeString(dir.resolve("results/part-2.out"), "127.0.0.2\t0.0");
        Files.writeString(dir.resolve("results/part-3.out"), "kept\n");
        assertThat(run.script("merge.sh", Map.of(), words("results", files(3, ".out")))
                        .err())
                .contains("part-2.out: ends within a line");

        assertThat(run.script("parallel.sh", Map.of(), arguments).code()).isZero();
        assertThat(Files.readAllLines(dir.resolve("results/part-2.out"))).hasSize(5);
        assertThat(dir.resolve("results/part-3.out")).hasContent("kept");
    }

    @Test
    void failureOfAPartIsTold() throws IOException {
        ScaleOutRun run = new ScaleOutRun(dir, namespace);
        ScaleOutRun.Ended ended =
                run.script("parallel.sh", Map.of(), List.of("2", "1", "results", "--order", "random", "127.0.0.1"));
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("part 1: exit code 3, see results/part-1.err");
        assertThat(dir.resolve("results/part-1.err")).content().contains("needs --seed");
    }

    @Test
    void partWithoutTargetsEndsWellAtOnce() {
        List<String> words =
                Program.command("sweep", "--order", "random", "--seed", "9", "--shard", "300/300", "127.0.0.0/24");
        try (Program program = Program.start(dir, words)) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .startsWith("0 targets, 0 alive, 0 timeout\n")
                    .contains("random order, seed 9\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"sequential,", "random, 5", "random, -6"})
    void morePartsThanTargetsHaveOneOrNone(String order, String seed) {
        List<String> targets = new ArrayList<>();
        for (int part = 1; part <= 300; part++) {
            List<String> words = new ArrayList<>(
                    List.of("sweep", "--dry-run", "--format=jsonl", "--order", order, "--shard", part + "/300"));
            if (seed != null) {
                words.addAll(List.of("--seed", seed));
            }
            words.add("127.0.0.0/24");
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            Main.run(words.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
            Matcher first = FIRST.matcher(out.toString());
            assertThat(first.find()).as(out + "" + err).isTrue();
            if (first.group(2) != null) {
                targets.add(first.group(2));
            }
        }
        assertThat(targets)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 254)
                        .mapToObj(host -> "127.0.0." + host)
                        .toList());
    }
}
