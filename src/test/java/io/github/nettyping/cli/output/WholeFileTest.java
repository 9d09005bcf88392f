package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.RequiresTool;
import io.github.nettyping.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path dir;

    private long files() throws IOException {
        try (Stream<Path> list = Files.list(dir)) {
            return list.count();
        }
    }

    @Test
    void replacesWhatWasThereAndLeavesNothingElse() throws IOException {
        Path path = dir.resolve("x");
        Files.writeString(path, "old and longer");
        WholeFile file = new WholeFile("--report", path);
        file.check();
        file.write(new byte[] {'n', 'e', 'w'});

        assertThat(path).hasContent("new");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aDirectoryThatIsMissingIsToldBefore() {
        WholeFile file = new WholeFile("--report", dir.resolve("no/x"));

        assertThatThrownBy(file::check)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("--report " + dir.resolve("no/x") + ": no such directory; name a file that can be written");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(new WholeFile("--histogram", dir)::check)
                .hasMessage("--histogram " + dir + ": is a directory; name a file that can be written");
    }

    @Test
    void devicesAreWrittenToAndLinksFollowed() throws IOException {
        // By a link, lest a mistake replaced the machine's own.
        Path device = Files.createSymbolicLink(dir.resolve("device"), Path.of("/dev/null"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("x"));
        Files.writeString(dir.resolve("x"), "old");
        for (Path path : new Path[] {device, link}) {
            WholeFile file = new WholeFile("--report", path);
            file.check();
            file.write(new byte[] {'n', 'e', 'w'});
        }

        assertThat(device).isSymbolicLink();
        assertThat(link).isSymbolicLink();
        assertThat(dir.resolve("x")).hasContent("new");
    }

    @Test
    void linksThatLeadRoundAreToldBefore() throws IOException {
        Path one = dir.resolve("one");
        Path other = Files.createSymbolicLink(dir.resolve("other"), one);
        Files.createSymbolicLink(one, other);

        assertThatThrownBy(new WholeFile("--report", one)::check)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("--report " + one + ": ");
    }

    @Test
    @RequiresTool(Tool.SETPRIV)
    void anotherUsersFileInAStickyDirectoryIsToldBefore() throws Exception {
        Path open = Files.createDirectory(dir.resolve("open"));
        Files.setAttribute(open, "unix:mode", 01777);
        Path foreign = Files.writeString(open.resolve("x.html"), "theirs");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--clear-groups"));
        command.addAll(Program.command("bench", "--report", foreign.toString(), "--duration=10s", "127.0.0.1"));
        Path out = Files.createDirectory(dir.resolve("out"));
        try (Program program = Program.start(out, command)) {
            assertThat(program.exitCode()).isEqualTo(ExitCode.SYSTEM.code());
            assertThat(program.err())
                    .startsWith("nettyping: --report " + foreign + ": another user's, in a directory where");
        }
        assertThat(foreign).hasContent("theirs");
    }
}
