package io.github.nettyping.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The script for shells, as bash understands it. */
class CompletionScriptTest {

    @TempDir
    Path dir;

    /** Returns what bash would offer for the last of some words. */
    private List<String> completions(String... words) throws IOException, InterruptedException {
        Path script = Files.writeString(dir.resolve("script"), CompletionScript.of(Main.model()));
        Path asking = Files.writeString(dir.resolve("asking"), """
                source "$1" && shift
                COMP_LINE="$*" COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                # Outside of a completion it would complain.
                compopt() { :; }
                # As bash does: by the part behind the last slash.
                set -- $(complete -p "${1##*/}")
                while [ "$1" != -F ]; do shift; done
                "$2"
                printf '%s\\n' "${COMPREPLY[@]}"
                """);
        List<String> command = new ArrayList<>(List.of("bash", asking.toString(), script.toString()));
        command.addAll(List.of(words));
        Path output = dir.resolve("output");
        Process bash = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readAllLines(output).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    @RequiresTool(Tool.BASH)
    void commandsAreOffered() throws Exception {
        assertThat(completions("nettyping", "")).contains("sweep", "ping", "completion", "manual");
        assertThat(completions("nettyping", "sw")).containsExactly("sweep");
    }

    @Test
    @RequiresTool(Tool.BASH)
    void theLauncherIsCompletedByItsPathToo() throws Exception {
        assertThat(completions("bin/nettyping", "sweep", "--retr")).containsExactly("--retries");
    }

    @Test
    @RequiresTool(Tool.BASH)
    void optionsAreThoseOfTheCommand() throws Exception {
        assertThat(completions("nettyping", "sweep", "--t"))
                .containsExactlyInAnyOrder("--targets", "--timeout", "--ttl", "--tos", "--timestamps");
        assertThat(completions("nettyping", "doctor", "--t")).isEmpty();
    }

    @Test
    @RequiresTool(Tool.BASH)
    void valuesAreThoseTheOptionTakes() throws Exception {
        assertThat(completions("nettyping", "sweep", "--format", "")).contains("text", "jsonl");
        assertThat(completions("nettyping", "sweep", "--timestamps", "")).containsExactly("tx", "rx", "user");
        assertThat(completions("nettyping", "bench", "--rate", "")).containsExactly("max", "find");
        assertThat(completions("nettyping", "sweep", "--socket", "dg")).containsExactly("dgram", "dgram\\,raw");
        assertThat(completions("nettyping", "sweep", "--retries", "")).isEmpty();
    }

    @Test
    @RequiresTool(Tool.BASH)
    void filesAndCommandsAreOfferedWhereTheyBelong() throws Exception {
        Files.createFile(dir.resolve("hosts.txt"));
        assertThat(completions("nettyping", "sweep", "-f", dir + "/host")).containsExactly(dir + "/hosts.txt");
        assertThat(completions("nettyping", "manual", "tr")).containsExactly("trace");
        assertThat(completions("nettyping", "completion", "")).containsExactlyInAnyOrder("bash", "fish", "zsh");
    }

    @Test
    void everyValueThatIsOfferedIsTaken() {
        CommandLine offered = Main.model();
        CompletionScript.of(offered);
        List<String> lines = new ArrayList<>();
        for (CommandLine command : offered.getSubcommands().values()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.completionCandidates() != null) {
                    option.completionCandidates()
                            .forEach(value ->
                                    lines.add(command.getCommandName() + ' ' + option.longestName() + ' ' + value));
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(10).allSatisfy(CompletionScriptTest::assertParsed);
    }

    static void assertParsed(String line) {
        String[] words = line.split(" ");
        try {
            Main.model(words).parseArgs(words);
        } catch (ParameterException e) {
            throw new AssertionError(line, e);
        }
    }
}
