package io.github.nettyping.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ToolTest {

    /** Large, and for what few tests look at; {@code .ci/allowed-skips.txt} has these. */
    private static final Tool LEFT_OUT_IN_CI = Tool.CHROMIUM;

    private static List<String> words(String file, String pattern) throws IOException {
        MatchResult found = Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .findFirst()
                .orElseThrow();
        return List.of(found.group(1).strip().split("\\s+"));
    }

    @Test
    void readmeNamesThePackagesOfAll() throws IOException {
        assertThat(words("README.md", "`apt-get install ([^`]+)`"))
                .containsExactlyElementsOf(Stream.of(Tool.values())
                        .flatMap(tool -> tool.packages().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    @Test
    void continuousIntegrationInstallsAllThatItsTestsNeed() throws IOException {
        Stream<String> ofTests = Stream.of(Tool.values())
                .filter(tool -> tool != LEFT_OUT_IN_CI)
                .map(tool -> tool.command() + ":" + tool.packages().get(0));
        assertThat(words(".ci/run", "TOOLS=\\(([^)]+)\\)"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(ofTests, Stream.of("tar:tar", "unzip:unzip"))
                        .toList());
        assertThat(Files.readString(Path.of(".ci/run"))).contains("missing+=(libc6-dev)");
    }
}
