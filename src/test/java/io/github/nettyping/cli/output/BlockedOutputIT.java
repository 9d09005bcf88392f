package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import io.github.nettyping.testing.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One signal is enough, whoever does not take what is written: the limit of {@link Program#exitCode} is far beyond a second. */
@RequiresNamespaces
class BlockedOutputIT {

    @TempDir
    Path dir;

    private Namespace namespace;

    @BeforeEach
    void open() {
        namespace = Namespace.create();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    private Path pipe(String name) throws Exception {
        Path pipe = dir.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    /** Tells whether a thread of it is in a call that {@code wchan} or {@code syscall} of proc(5) begins to name so. */
    private static boolean isIn(Program program, String place, String call) {
        try (Stream<Path> tasks =
                Files.list(Path.of("/proc/" + program.process().pid() + "/task"))) {
            return tasks.anyMatch(task -> read(task.resolve("wchan")).contains(place)
                    || read(task.resolve("syscall")).startsWith(call));
        } catch (IOException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private Program start(String... words) {
        List<String> command = Program.in(namespace, Program.command(words));
        return Program.start(dir, command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sweep -o PIPE 127.0.0.1",
                "sweep --report PIPE.html 127.0.0.1",
                "bench --duration 50ms --histogram PIPE 127.0.0.1",
                "bench --duration 50ms --report PIPE.html 127.0.0.1",
            })
    void anOutputWithoutAReaderIsNamedInTheEnd(String line) throws Exception {
        Path pipe = pipe(line.contains("PIPE.html") ? "it.html" : "it");
        String words = line.replace("PIPE.html", pipe.toString()).replace("PIPE", pipe.toString());
        try (Program program = start(words.split(" "))) {
            Await.until("it waits for a reader", Await.LIMIT, () -> isIn(program, "wait_for_partner", "257 "));
            program.signal(Signal.TERM);

            assertThat(program.exitCode()).isEqualTo(143);
            assertThat(program.err())
                    .contains("nettyping: ended by a signal while --")
                    .contains(pipe + " was blocked");
            if (line.startsWith("sweep --report")) {
                assertThat(program.err()).contains("1 target, 1 alive, 0 timeout");
            }
        }
    }

    @Test
    void aPipeInTheWayOfACheckpointIsRefused() throws Exception {
        pipe(".checkpoint.tmp");
        Path checkpoint = dir.resolve("checkpoint");
        try (Program program = start(
                "sweep", "-o", dir.resolve("results").toString(), "--checkpoint", checkpoint.toString(), "127.0.0.1")) {
            assertThat(program.exitCode()).isEqualTo(4);
            assertThat(program.err())
                    .isEqualTo("nettyping: --checkpoint " + checkpoint + ": "
                            + dir.toRealPath().resolve(".checkpoint.tmp")
                            + " is in the way; name a file that can be written\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sweep --rate 100k -t 100 --all 127.0.0.0/8",
                "ping -i 0 -f 127.0.0.1",
                "ping -A --format jsonl 127.0.0.1"
            })
    void aPipeThatNobodyReadsDoesNotHoldIt(String line) throws Exception {
        Path pipe = pipe("stalled");
        // Holds it open and does not read.
        Process holder = new ProcessBuilder("sh", "-c", "exec 3<>" + pipe + "; echo; exec sleep 600").start();
        try {
            assertThat(holder.inputReader().read()).isEqualTo('\n');
            List<String> command = Program.in(namespace, Program.command(line.split(" ")));
            try (Program program = Program.start(dir, command, ProcessBuilder.Redirect.to(pipe.toFile()))) {
                Await.until("it is full", Await.LIMIT, () -> isIn(program, "pipe_write", "1 0x1 "));
                program.signal(Signal.TERM);

                assertThat(program.exitCode()).isEqualTo(143);
                assertThat(program.err()).contains("nettyping: ended by a signal while the output was blocked");
            }
        } finally {
            holder.destroyForcibly();
        }
    }
}
