package io.github.nettyping.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** An option given twice, in each command: the last one counts, but for those that collect. Looks at standard error. */
@Isolated
class RepeatedOptionsTest {

    /** Words that options with choices take; all others take {@code 5}, a name or a file. */
    private static final Map<String, List<String>> CHOICES = Map.ofEntries(
            Map.entry("--socket", List.of("raw", "dgram")),
            Map.entry("--timestamps", List.of("rx", "user")),
            Map.entry("--format", List.of("jsonl", "text")),
            Map.entry("doctor --format", List.of("json", "text")),
            Map.entry("--summary", List.of("json", "text")),
            Map.entry("--order", List.of("random", "sequential")),
            Map.entry("--shard", List.of("1/2", "2/2")),
            Map.entry("--report", List.of("a.html", "b.html")),
            Map.entry("--histogram", List.of("a.hgrm", "b.hgrm")),
            Map.entry("--source", List.of("127.0.0.1", "127.0.0.2")),
            Map.entry("--tolerance", List.of("1%", "2%")),
            Map.entry("--rcvbuf", List.of("8192", "16384")),
            Map.entry("--sndbuf", List.of("8192", "16384")),
            Map.entry("--color", List.of("always", "never")),
            Map.entry("-T", List.of("tsonly", "tsandaddr")),
            Map.entry("-M", List.of("do", "want")),
            Map.entry("-p", List.of("ff", "0a")));

    static Stream<Arguments> options() {
        return Main.model().getSubcommands().entrySet().stream()
                // It has a parser of its own.
                .filter(command -> !command.getKey().equals("fping"))
                .flatMap(command -> command.getValue().getCommandSpec().options().stream()
                        .filter(option -> !option.isMultiValue()
                                && !option.inherited()
                                && !option.usageHelp()
                                && !option.versionHelp())
                        .map(option -> Arguments.of(command.getKey(), option)));
    }

    private static List<String> values(String command, OptionSpec option) {
        if (option.arity().max() == 0) {
            return List.of("", "");
        }
        return Stream.of(option.names())
                .flatMap(name -> Stream.of(command + ' ' + name, name))
                .filter(CHOICES::containsKey)
                .findFirst()
                .map(CHOICES::get)
                .orElse(List.of("5", "6"));
    }

    private static List<String> words(OptionSpec option, String name, String value) {
        return option.arity().max() == 0 ? List.of(name) : List.of(name, value);
    }

    private static Object parsed(String command, OptionSpec option, List<String> words) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(words);
        CommandLine.ParseResult result = Main.model(command).parseArgs(line.toArray(String[]::new));
        return result.subcommand().matchedOption(option.longestName()).getValue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("options")
    void theLastOneCounts(String command, OptionSpec option) {
        List<String> values = values(command, option);
        List<String> twice = new ArrayList<>(words(option, option.names()[0], values.get(0)));
        twice.addAll(words(option, option.longestName(), values.get(1)));
        Object last = parsed(command, option, words(option, option.longestName(), values.get(1)));
        assertThat(parsed(command, option, twice)).hasToString(String.valueOf(last));
    }

    @Test
    void nothingIsSaidAboutTheOthers() {
        PrintStream usual = System.err;
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        try {
            System.setErr(new PrintStream(stream, true, StandardCharsets.UTF_8));
            Main.run(
                    new String[] {"sweep", "--limit", "1", "--limit", "2", "--dry-run", "-q", "-q", "127.0.0.0/29"},
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(err));
        } finally {
            System.setErr(usual);
        }
        assertThat(stream.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString()).isEmpty();
    }
}
