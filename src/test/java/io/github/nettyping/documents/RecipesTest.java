package io.github.nettyping.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The command lines of recipes are command lines; what they print, readers can only find out in networks of their own. */
class RecipesTest {

    private static final Path RECIPES = Path.of("docs/recipes.md");

    private static final Pattern COMMAND = Pattern.compile("    (?:nohup )?bin/nettyping (.*)");

    /** Where the shell takes over. */
    private static final Pattern SHELL = Pattern.compile(" +(#|\\||[0-9]?>|&).*");

    static Stream<String> commands() throws IOException {
        return Files.readAllLines(RECIPES).stream()
                .map(COMMAND::matcher)
                .filter(Matcher::matches)
                .map(matcher -> SHELL.matcher(matcher.group(1)).replaceFirst(""));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachIsTaken(String line) {
        String[] words = line.split(" +", -1);
        CommandLine.ParseResult parsed = Main.model(words).parseArgs(words);
        assertThat(parsed.hasSubcommand()).isTrue();
        assertThat(parsed.subcommand().unmatched()).isEmpty();
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(20);
        assertThat(commands().map(line -> line.split(" ", -1)[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(List.of("sweep", "ping", "trace"));
    }
}
