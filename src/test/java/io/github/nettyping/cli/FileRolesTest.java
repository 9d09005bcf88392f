package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** No command overwrites what it reads, nor writes two things into one file, by whatever names. */
class FileRolesTest {

    private static final Set<String> READ = Set.of("--targets", "--config", "--web-config", "--exclude-file");
    private static final String LIST = "127.0.0.1 a list of targets\n";

    @TempDir
    Path dir;

    private final StringWriter err = new StringWriter();

    /** All pairs of options that take a file, of which one is written. New options are here by themselves. */
    static Stream<Arguments> pairs() {
        return Main.model().getSubcommands().values().stream().flatMap(FileRolesTest::pairs);
    }

    private static Stream<Arguments> pairs(CommandLine command) {
        List<String> options = command.getCommandSpec().options().stream()
                .filter(option -> option.paramLabel().toUpperCase(Locale.ROOT).contains("FILE"))
                .map(OptionSpec::longestName)
                .toList();
        List<Arguments> pairs = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            for (int j = i + 1; j < options.size(); j++) {
                if (!READ.contains(options.get(i)) || !READ.contains(options.get(j))) {
                    pairs.add(Arguments.of(command.getCommandName(), options.get(i), options.get(j)));
                }
            }
        }
        return pairs.stream();
    }

    private ExitCode run(List<String> words) {
        return Main.run(words.toArray(String[]::new), new PrintWriter(new StringWriter()), new PrintWriter(err));
    }

    private void assertRefused(String command, String one, Path oneFile, String other, Path otherFile) {
        List<String> words =
                new ArrayList<>(List.of(command, one + '=' + oneFile, other + '=' + otherFile, "127.0.0.2"));
        if (List.of(one, other).contains("--checkpoint") && !List.of(one, other).contains("--output")) {
            words.add("--output=" + dir.resolve("elsewhere"));
        }
        err.getBuffer().setLength(0);

        assertThat(run(words)).as("%s", words).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).containsAnyOf("are the same file", "--report with --checkpoint");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoOptionsWithOneFileAreRefused(String command, String one, String other) throws IOException {
        Path file = Files.writeString(dir.resolve("list.html"), LIST);
        Path link = Files.createSymbolicLink(dir.resolve("link.html"), file);
        Path hard = Files.createLink(dir.resolve("hard.html"), file);
        Path round = dir.resolve("..").resolve(dir.getFileName()).resolve("list.html");
        for (Path name : List.of(file, link, hard, round)) {
            assertRefused(command, one, file, other, name);
            assertRefused(command, one, name, other, file);
        }

        assertThat(file).hasContent(LIST);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void twoOptionsWithOneFileThatDoesNotExistYetAreRefused(String command, String one, String other)
            throws IOException {
        Path file = dir.resolve("new.html");
        Path link = Files.createSymbolicLink(dir.resolve("link.html"), Path.of("new.html"));
        assertRefused(command, one, file, other, link);
        assertRefused(command, one, link, other, file);

        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aDeviceMayBeGivenTwice(String command, String one, String other) {
        Path device = Path.of("/dev/null");
        List<String> words = List.of(command, one + '=' + device, other + '=' + device, "300.1.1.1");

        run(words);
        assertThat(err.toString()).doesNotContain("same file");
    }
}
