package io.github.nettyping.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.target.Targets;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the page about sweeps says of parts, and the scripts for them. {@code ScaleOutIT} runs them. */
class ScaleOutTest {

    private static final Path PAGE = Path.of("docs/sweep.md");
    private static final Path FILES = Path.of("docs/scale-out");

    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| ([0-9,]+) \\| ([0-9]+) parts? with `--rate ([0-9]+)k` \\| ([0-9.]+) (days|hours) \\| ([0-9.]+)"
                    + " (days|hours) \\|$");

    static Stream<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> file.toString().endsWith(".sh")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    @RequiresTool(Tool.BASH)
    void scriptsAreWellFormedAndCanBeRun(Path script) throws Exception {
        assertThat(Files.isExecutable(script)).isTrue();
        Process process = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void pageNamesEveryFile() throws IOException {
        String page = Files.readString(PAGE);
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> assertThat(page)
                    .contains("(scale-out/" + file.getFileName() + ")"));
        }
    }

    @Test
    void manifestIsAnIndexedJobOfAsManyPodsAsParts() throws IOException {
        List<Map<?, ?>> documents = manifest();
        assertThat(documents.stream().map(document -> String.valueOf(document.get("kind"))))
                .containsExactly("ConfigMap", "PersistentVolumeClaim", "Job");
        Map<?, ?> job = (Map<?, ?>) documents.get(2).get("spec");
        assertThat(job.get("completionMode")).isEqualTo("Indexed");
        Map<?, ?> pod = (Map<?, ?>) ((Map<?, ?>) job.get("template")).get("spec");
        assertThat(pod.get("restartPolicy")).isEqualTo("Never");
        Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
        assertThat((List<?>) container.get("env")).anySatisfy(variable -> assertThat(variable)
                .isEqualTo(
                        Map.of("name", "PARTS", "value", job.get("completions").toString())));
        assertThat(pod.get("securityContext").toString())
                .contains("name=net.ipv4.ping_group_range, value=0 2147483647");
    }

    private static List<Map<?, ?>> manifest() throws IOException {
        List<Map<?, ?>> documents = new ArrayList<>();
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        yaml.loadAll(Files.readString(FILES.resolve("kubernetes.yaml")))
                .forEach(document -> documents.add((Map<?, ?>) document));
        return documents;
    }

    @Test
    void figuresOfTheInternetFollowFromEachOther() throws IOException {
        long addresses = Targets.builder()
                .allAddresses(true)
                .excludeReserved()
                .add("0.0.0.0/0")
                .build()
                .count();
        String page = Files.readString(PAGE);
        assertThat(page).contains(String.format(Locale.ROOT, "%,d addresses", addresses));

        List<MatchResult> rows = ROW.matcher(page).results().toList();
        assertThat(rows).hasSize(4);
        for (MatchResult row : rows) {
            long rate = Long.parseLong(row.group(1).replace(",", ""));
            assertThat(rate).isEqualTo(Long.parseLong(row.group(2)) * Long.parseLong(row.group(3)) * 1_000);
            assertThat(row.group(4) + " " + row.group(5)).isEqualTo(duration(addresses / (double) rate, row.group(5)));
            assertThat(row.group(6) + " " + row.group(7))
                    .isEqualTo(duration(2 * addresses / (double) rate, row.group(7)));
        }
    }

    private static String duration(double seconds, String unit) {
        double inUnit = seconds / (unit.equals("days") ? 86_400 : 3_600);
        return String.format(Locale.ROOT, "%.1f %s", inUnit, unit);
    }
}
