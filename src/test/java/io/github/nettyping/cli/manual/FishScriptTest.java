package io.github.nettyping.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The script for fish: by its lines, and as fish understands it. */
class FishScriptTest {

    @TempDir
    Path dir;

    /** Returns what fish would offer for the last of some words, without what it says of them. */
    private List<String> completions(String line) throws IOException, InterruptedException {
        Path script = Files.writeString(dir.resolve("nettyping.fish"), FishScript.of(Main.model()));
        Process fish = new ProcessBuilder(
                        "fish", "--no-config", "-c", "source " + script + "; complete -C '" + line + "'")
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(fish.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new String(fish.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(offer -> offer.split("\t", 2)[0])
                .toList();
    }

    @Test
    void hasEveryOptionThatIsShown() {
        CommandLine program = Main.model();
        List<String> lines = FishScript.of(program).lines().toList();
        program.getSubcommands().forEach((name, command) -> {
            for (OptionSpec option : command.getCommandSpec().options()) {
                String longest = option.longestName();
                String expected = longest.startsWith("--") ? " -l " + longest.substring(2) : " -s " + longest.charAt(1);
                if (!option.hidden()) {
                    assertThat(lines)
                            .as("%s %s", name, longest)
                            .anyMatch(line -> line.contains("'__fish_seen_subcommand_from " + name + "'")
                                    && (line + ' ').contains(expected + ' '));
                }
            }
        });
        assertThat(lines).noneMatch(line -> line.contains("(default:"));
    }

    @Test
    @RequiresTool(Tool.FISH)
    void fishOffersCommandsOptionsValuesAndFiles() throws Exception {
        Files.createFile(dir.resolve("hosts.txt"));
        assertThat(completions("nettyping sw")).containsExactly("sweep");
        assertThat(completions("nettyping sweep --time")).contains("--timeout", "--timestamps");
        assertThat(completions("nettyping sweep --order ")).containsExactlyInAnyOrder("sequential", "random");
        assertThat(completions("nettyping sweep -f host")).contains("hosts.txt");
        assertThat(completions("nettyping manual tr")).contains("trace");
    }
}
