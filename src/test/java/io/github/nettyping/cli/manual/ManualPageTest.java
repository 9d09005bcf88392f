package io.github.nettyping.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pages for man(1). */
class ManualPageTest {

    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    @TempDir
    Path dir;

    @Command(
            name = "shout",
            description = "Shouts at 100%% of its might. It's loud.",
            footer = {
                "",
                "Words:  one",
                "        two%%eth0",
                "They are shouted. .profile is not read.",
                "",
                "All is heard. Exit codes: 0 it was heard, 1 it was not, or",
                "not by all, 129, 130 and 143 hushed."
            })
    @SuppressWarnings("UnusedVariable")
    private static final class Shout {
        @Parameters(paramLabel = "WORD", arity = "0..*", description = "What.")
        private List<String> words;

        @Option(
                names = {"-l", "--loud-as"},
                paramLabel = "N|max",
                defaultValue = "7",
                description = "Up to \\ (default: ${DEFAULT-VALUE}).")
        private String loud;

        @Option(names = "--secret", hidden = true, description = "Not told.")
        private boolean secret;
    }

    @Test
    void helpBecomesAPage() {
        assertThat(ManualPage.of(new CommandLine(new Shout()).getCommandSpec(), DATE))
                .isEqualTo("""
                        .TH SHOUT 1 2026-01-02 "nettyping development" "User Commands"
                        .nh
                        .ad l
                        .SH NAME
                        shout \\- shouts at 100% of its might.
                        It\\[aq]s loud
                        .SH SYNOPSIS
                        \\fBshout\\fR [\\fIOPTIONS\\fR] [\\fIWORD\\fR]...
                        .SH DESCRIPTION
                        Shouts at 100% of its might.
                        It\\[aq]s loud.
                        .RS 4
                        .EX
                        Words:  one
                                two%eth0
                        .EE
                        .RE
                        .PP
                        They are shouted.
                        \\&.profile is not read.
                        .PP
                        All is heard.
                        .SH ARGUMENTS
                        .TP
                        \\fIWORD\\fR
                        What.
                        .SH OPTIONS
                        .TP
                        \\fB\\-l\\fR, \\fB\\-\\-loud\\-as\\fR \\fIN|max\\fR
                        Up to \\[rs] (default: 7).
                        .SH EXIT STATUS
                        .TP
                        \\fB0\\fR
                        it was heard
                        .TP
                        \\fB1\\fR
                        it was not, or not by all
                        .TP
                        \\fB129, 130 and 143\\fR
                        hushed
                        """);
    }

    @Test
    void longLinesAreBrokenAndKeepTheirWords() {
        String text = "word ".repeat(100).strip();
        String page = new Roff().prose(text).toString();
        assertThat(page.lines()).hasSizeGreaterThan(5).allMatch(line -> line.length() <= 80);
        assertThat(page.replace('\n', ' ').strip()).isEqualTo(text);
    }

    static Stream<CommandSpec> commands() {
        CommandLine program = Main.model();
        return Stream.concat(Stream.of(program), program.getSubcommands().values().stream())
                .map(CommandLine::getCommandSpec);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyPageHasItsPartsAndKnowsTheOthers(CommandSpec spec) {
        assertThat(ManualPage.of(spec, DATE))
                .contains(".SH NAME\n", ".SH SYNOPSIS\n", ".SH OPTIONS\n", ".SH EXIT STATUS\n.TP\n\\fB0\\fR\n")
                .containsPattern("\\.SH SEE ALSO\n\\\\fBnettyping\\b")
                .doesNotContain("${");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examplesAreCommandsThatWork(CommandSpec spec) {
        for (ManualExample example : ManualExample.of(spec.name())) {
            if (example.line().startsWith("nettyping ")) {
                CompletionScriptTest.assertParsed(
                        example.line().substring("nettyping ".length()).replaceFirst(" [|>].*", ""));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    @RequiresTool(Tool.GROFF)
    void groffHasNothingToWarnOf(CommandSpec spec) throws IOException, InterruptedException {
        assertSilent(spec, "groff", "-man", "-ww", "-Tutf8", "-z");
    }

    @ParameterizedTest
    @MethodSource("commands")
    @RequiresTool(Tool.MANDOC)
    void mandocHasNothingToWarnOf(CommandSpec spec) throws IOException, InterruptedException {
        assertSilent(spec, "mandoc", "-Tlint");
    }

    private void assertSilent(CommandSpec spec, String... command) throws IOException, InterruptedException {
        Path page = Files.writeString(dir.resolve("page.1"), ManualPage.of(spec, DATE));
        Path output = dir.resolve("output");
        List<String> words = new ArrayList<>(List.of(command));
        words.add(page.toString());
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output)).isEmpty();
        assertThat(process.exitValue()).isZero();
    }
}
