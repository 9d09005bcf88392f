package io.github.nettyping.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands print what the documents show: the same lines on standard output, but for the numbers in them; or, where these
 * end with an ellipsis, more.
 */
@RequiresNamespaces
@RequiresRawSockets
@RequiresTool(Tool.SETPRIV)
class DocumentedCommandsIT {

    private static final String ELLIPSIS = "\n…";
    private static final long LIMIT_SECONDS = Await.LIMIT.toSeconds();

    static Stream<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path document : DocumentsTest.documents().toList()) {
            commands.addAll(Markdown.read(document).commands());
        }
        return commands.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandPrintsWhatIsShown(String shown, @TempDir Path dir) throws Exception {
        String[] commandAndOutput = shown.split("\n", 2);
        assertThat(commandAndOutput).as("command and what it prints").hasSize(2);
        assertThat(commandAndOutput[0]).startsWith("$ bin/nettyping ");
        // It is run as it stands: packets of a test never leave the machine.
        assertThat(commandAndOutput[0]).matches("(?s).* (127\\.[0-9./]+|doctor)");
        List<String> command =
                List.of(commandAndOutput[0].substring("$ ".length()).split(" +"));
        String expected = withoutNumbers(commandAndOutput[1]);
        String printed = command.contains("doctor") ? runWithoutRights(command, dir) : run(command, dir);
        if (expected.endsWith(ELLIPSIS)) {
            assertThat(printed).startsWith(expected.substring(0, expected.length() - ELLIPSIS.length()) + "\n");
        } else {
            assertThat(printed).isEqualTo(expected + "\n");
        }
    }

    /** Runs a command where it is permitted nothing; the documents show what doctor says then. */
    private static String runWithoutRights(List<String> command, Path dir) throws Exception {
        try (Namespace namespace = Namespace.createWithoutPingSockets()) {
            List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
            words.addAll(List.of("setpriv", "--bounding-set=-net_raw,-net_admin"));
            words.addAll(command);
            return run(words, dir);
        }
    }

    private static String run(List<String> command, Path dir) throws Exception {
        Path output = dir.resolve("output");
        Path messages = dir.resolve("messages");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(messages.toFile())
                .start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroy();
        assertThat(ended).as("ended in time: " + Files.readString(messages)).isTrue();
        return withoutNumbers(Files.readString(output));
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("[0-9]+(?:\\.[0-9]+)?", "0");
    }
}
