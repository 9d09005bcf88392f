package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The scripts for clusters do their work where a cluster is but its environment. */
@RequiresNamespaces
@Execution(ExecutionMode.CONCURRENT)
class ScaleOutIT {

    private static final int PARTS = 3;

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

    @BeforeEach
    void writeTargets() throws IOException {
        Files.createDirectories(dir.resolve("results"));
        // The second one has no route out of the namespace: not everybody answers.
        Files.writeString(dir.resolve("targets.txt"), "127.0.0.0/28 # fourteen\n198.51.100.1\n");
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PARTS",
                "" + PARTS,
                "SEED",
                "42",
                "RATE",
                "1000",
                "TARGETS",
                dir.resolve("targets.txt").toString(),
                "RESULTS",
                dir.resolve("results").toString()));
        environment.putAll(more);
        return environment;
    }

    private void assertWhole(ScaleOutRun run, int firstPart) throws IOException {
        List<String> results = new ArrayList<>(List.of("results"));
        List<String> summaries = new ArrayList<>(List.of("summaries"));
        for (int part = firstPart; part < firstPart + PARTS; part++) {
            results.add(dir.resolve("results/part-" + part + ".out").toString());
            summaries.add(dir.resolve("results/part-" + part + ".err").toString());
        }
        ScaleOutRun.Ended merged = run.script("merge.sh", Map.of(), results);
        assertThat(merged.out()
                        .lines()
                        .map(line -> line.replaceAll(",\"rtt_ns.*", ""))
                        .sorted())
                .hasSize(15)
                .startsWith("{\"target\":\"127.0.0.1\",\"status\":\"alive\"")
                .endsWith("{\"target\":\"198.51.100.1\",\"status\":\"send_failed\"")
                .doesNotHaveDuplicates();
        ScaleOutRun.Ended summary = run.script("merge.sh", Map.of(), summaries);
        assertThat(summary.out())
                .startsWith("{\"targets\":15,\"alive\":14,\"timeout\":0,")
                .contains("\"seed\":42,", "\"parts\":3}");
        // One has failed.
        Path failed = Files.writeString(dir.resolve("failed.err"), "nettyping: no right\n");
        List<String> broken = new ArrayList<>(summaries);
        broken.set(2, failed.toString());
        ScaleOutRun.Ended refused = run.script("merge.sh", Map.of(), broken);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("merge.sh: " + failed + ": no summary, but: nettyping: no right\n")
                .contains("run them again");
        // One is missing.
        assertThat(run.script("merge.sh", Map.of(), summaries.subList(0, PARTS)).err())
                .contains("2 summaries of 3 parts");
    }

    @Test
    @RequiresTool(Tool.JQ)
    void arrayOfSlurmIsTheWhole() throws IOException {
        ScaleOutRun run = new ScaleOutRun(dir, namespace);
        for (int part = 1; part <= PARTS; part++) {
            ScaleOutRun.Ended ended =
                    run.script("slurm.sh", environment(Map.of("SLURM_ARRAY_TASK_ID", "" + part)), List.of());
            assertThat(ended.code()).as(ended.err()).isZero();
        }
        assertWhole(run, 1);
    }

    @Test
    void jobOfSlurmFailsWhereTheSweepCannotBe() throws IOException {
        ScaleOutRun run = new ScaleOutRun(dir, namespace);
        ScaleOutRun.Ended ended = run.script("slurm.sh", environment(Map.of("SLURM_ARRAY_TASK_ID", "4")), List.of());
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("\"4/3\" (expected: I/N");
    }

    @Test
    @RequiresTool(Tool.JQ)
    void indexedJobOfKubernetesIsTheWhole() throws IOException {
        ScaleOutRun run = new ScaleOutRun(dir, namespace);
        for (int index = 0; index < PARTS; index++) {
            ScaleOutRun.Ended ended =
                    run.run(containerCommand(), environment(Map.of("JOB_COMPLETION_INDEX", "" + index)));
            assertThat(ended.code()).as(ended.err()).isZero();
        }
        assertWhole(run, 0);
    }

    @Test
    void containerOfKubernetesFailsWithoutItsIndex() throws IOException {
        ScaleOutRun run = new ScaleOutRun(dir, namespace);
        ScaleOutRun.Ended ended = run.run(containerCommand(), environment(Map.of("JOB_COMPLETION_INDEX", "3")));
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("JOB_COMPLETION_INDEX is \"3\" (expected: 0 to 2,");
    }

    /** A JVM that does not start has exit code 1, as a sweep has that found somebody silent. */
    @Test
    @RequiresTool(Tool.XARGS)
    void whatEndsWithoutASummaryHasFailed() throws IOException {
        ScaleOutRun run = new ScaleOutRun(dir, namespace);
        Map<String, String> broken =
                environment(Map.of("NETTYPING", "false", "SLURM_ARRAY_TASK_ID", "1", "JOB_COMPLETION_INDEX", "0"));
        assertThat(run.script("slurm.sh", broken, List.of()).code()).isEqualTo(1);
        assertThat(run.script("parallel.sh", broken, List.of("1", "1", "results", "127.0.0.1"))
                        .code())
                .isEqualTo(4);
        Files.writeString(dir.resolve("bin/nettyping"), "#!/bin/sh\nexit 1\n");
        assertThat(run.run(containerCommand(), broken).code()).isEqualTo(1);
    }

    private static List<String> containerCommand() throws IOException {
        Object at = null;
        String manifest = Files.readString(Path.of("docs/scale-out/kubernetes.yaml"));
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(manifest)) {
            at = document;
        }
        for (String key : List.of("spec", "template", "spec", "containers")) {
            at = ((Map<?, ?>) at).get(key);
        }
        Map<?, ?> container = (Map<?, ?>) ((List<?>) at).get(0);
        return ((List<?>) container.get("command"))
                .stream().map(String::valueOf).toList();
    }
}
