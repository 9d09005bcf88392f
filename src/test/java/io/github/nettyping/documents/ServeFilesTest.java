package io.github.nettyping.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.server.config.ServerConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files that the page about serving comes with are what it says. */
class ServeFilesTest {

    private static final Path PAGE = Path.of("docs/serve.md");
    private static final Path FILES = Path.of("docs/serve");

    private static Map<?, ?> yaml(String name) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILES.resolve(name)));
    }

    @Test
    void pageNamesEveryFile() throws IOException {
        String page = Files.readString(PAGE);
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> assertThat(
                            page + Files.readString(FILES.resolve("prometheus.yml")))
                    .contains(file.getFileName().toString()));
        }
    }

    @Test
    void configurationCanBeRead() throws Exception {
        ServerConfiguration read = ServerConfiguration.read(FILES.resolve("serve.yml"));

        assertThat(read.modules().keySet()).containsExactly("icmp", "icmp_ipv4");
        assertThat(read.groups()).hasSize(1);
        assertThat(read.warnings()).isEmpty();
    }

    /** A metric that an alert asks for and that there is not never fires. */
    @Test
    void alertsAskForMetricsThatThereAre() throws IOException {
        String page = Files.readString(PAGE);
        List<String> expected =
                List.of("smokeping_requests_total", "smokeping_response_duration_seconds", "probe_success");
        List<String> asked = Pattern.compile("\\b(?:smokeping|nettyping|probe)_[a-z_]+")
                .matcher(Files.readString(FILES.resolve("alerts.yml")))
                .results()
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("_(?:count|bucket)$", ""))
                .toList();
        assertThat(asked).isNotEmpty().allMatch(name -> expected.contains(name) || page.contains('`' + name));
    }

    @Test
    void prometheusAsksWhereServeListens() throws IOException {
        assertThat(yaml("prometheus.yml").get("scrape_configs").toString())
                .contains("127.0.0.1:9374", "metrics_path=/probe", "__param_target");
    }

    @Test
    void theUnitHasNoRights() throws IOException {
        assertThat(Files.readAllLines(FILES.resolve("nettyping.service")))
                .contains("DynamicUser=yes", "CapabilityBoundingSet=", "NoNewPrivileges=yes", "ProtectSystem=strict");
    }
}
