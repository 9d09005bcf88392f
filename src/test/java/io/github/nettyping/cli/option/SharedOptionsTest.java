package io.github.nettyping.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import io.github.nettyping.cli.output.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** One vocabulary: an option that means something to several commands has one name, one form and one text in all. */
class SharedOptionsTest {

    /** Option with a value, and the commands that it means something to. */
    private static final List<String> OPTIONS = List.of(
            "-4: sweep ping trace bench watch",
            "-6: sweep ping trace bench watch",
            "--socket raw,dgram: sweep ping trace bench watch",
            "--timeout 1.5s: sweep trace bench watch",
            "--retries 2: sweep",
            "--backoff 2: sweep",
            "--rate 2k: sweep trace bench watch",
            "--max-in-flight 9: sweep trace bench",
            "--loops 2: sweep ping bench",
            "--timestamps rx: sweep ping trace bench watch",
            "--size 64: sweep ping trace bench watch",
            "--ttl 9: sweep ping bench watch",
            "--tos 0x10: sweep ping trace bench watch",
            "--df: sweep ping trace bench watch",
            "--mark 7: sweep ping trace bench watch",
            "--interface lo: sweep ping trace bench watch",
            "--source 127.0.0.1: sweep ping trace bench watch",
            "--any-source: sweep ping trace bench watch",
            "--rcvbuf 8192: sweep ping trace bench watch",
            "--sndbuf 8192: sweep ping trace bench watch",
            "--targets -: sweep ping trace bench watch",
            "--all-addresses: sweep ping trace bench watch",
            "--all-ips: sweep ping trace bench watch",
            "--exclude 127.0.0.9: sweep ping trace bench watch",
            "--exclude-file -: sweep ping trace bench watch",
            "--exclude-reserved: sweep ping trace bench watch",
            "--random-payload: sweep ping trace bench watch",
            "--format jsonl: sweep ping trace watch",
            "--output x: sweep ping trace",
            "--quiet: sweep ping trace watch",
            "--summary json: sweep ping trace bench",
            "--deadline 5s: sweep watch",
            "--progress: sweep bench",
            "--no-progress: sweep bench",
            "--color never: sweep ping trace bench watch doctor",
            "--help: sweep ping trace bench watch doctor completion manual",
            "--version: sweep ping trace bench watch doctor completion manual");

    static Stream<Arguments> known() {
        return OPTIONS.stream().flatMap(line -> {
            String[] parts = line.split(": ", -1);
            return Stream.of(parts[1].split(" ", -1)).map(command -> Arguments.of(command, parts[0]));
        });
    }

    private static OptionSpec option(String command, String name) {
        return Main.model(command)
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .findOption(name);
    }

    @ParameterizedTest
    @MethodSource("known")
    void whatMeansSomethingIsTaken(String command, String words) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(words.split(" ", -1)));
        CommandLine.ParseResult parsed =
                Main.model(command).parseArgs(line.toArray(String[]::new)).subcommand();
        assertThat(parsed.hasMatchedOption(words.split(" ", -1)[0])).isTrue();
    }

    /** Those of ping are iputils', which have been there before. */
    @ParameterizedTest
    @MethodSource("known")
    void itIsWrittenInTheSameWayEverywhere(String command, String words) {
        String name = words.split(" ", -1)[0];
        if (command.equals("ping") || name.equals("--format") || name.equals("--rate")) {
            return;
        }
        OptionSpec here = option(command, name);
        OptionSpec there = option("sweep", name);
        if (there != null) {
            assertThat(here.paramLabel()).isEqualTo(there.paramLabel());
            assertThat(here.arity()).isEqualTo(there.arity());
        }
    }

    /** What is shared is not forgotten here: whatever sweep and another command have in common stands above. */
    @Test
    void thereAreNoOthers() {
        List<String> names =
                OPTIONS.stream().map(line -> line.split("[ :]", -1)[0]).toList();
        for (String command : List.of("trace", "bench", "watch")) {
            Stream<String> common =
                    Main.model(command).getSubcommands().get(command).getCommandSpec().options().stream()
                            .map(OptionSpec::longestName)
                            .filter(name -> option("sweep", name) != null)
                            .filter(name -> !name.equals("--report") && !name.matches("-[a-zA-Z]"));
            assertThat(common).isSubsetOf(names);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "trace, --retries 2",
        "trace, --backoff 2",
        "trace, --loops 2",
        "trace, --ttl 9",
        "watch, --retries 2",
        "watch, --backoff 2",
        "watch, --loops 2",
        "bench, --retries 2",
        "bench, --backoff 2",
        "bench, --format jsonl",
        "bench, --output x"
    })
    void whatMeansNothingIsRefusedWithAReason(String command, String words) {
        StringWriter err = new StringWriter();
        String[] line = (command + ' ' + words + " 127.0.0.1").split(" ", -1);
        assertThat(Main.run(line, new PrintWriter(new StringWriter()), new PrintWriter(err)))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("nettyping: Unknown option: '" + words.split(" ", -1)[0] + "': ")
                .containsOnlyOnce("\n");
    }
}
