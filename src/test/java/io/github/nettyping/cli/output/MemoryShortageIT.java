package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresNamespaces;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A heap too small for a run, wherever it runs out: in the command, in its options, on an event loop. */
@RequiresNamespaces
class MemoryShortageIT {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sweep -q 127.0.0.0/20",
                "ping -c 1 127.0.0.1",
                "bench --duration 100ms 127.0.0.1",
                "trace 127.0.0.1",
                "sweep --summary json -o /dev/null --format csv 127.0.0.1"
            })
    void isNamedWithItsRemedyAndNoHostIsCalledSilent(String line) {
        List<String> command = Program.command(line.split(" "));
        command.add(command.indexOf("-cp"), "-Xmx7m");
        try (Namespace namespace = Namespace.create();
                Program program = Program.start(dir, Program.in(namespace, command))) {
            assertThat(program.exitCode()).as(program::err).isEqualTo(ExitCode.SYSTEM.code());
            assertThat(program.err())
                    .contains("nettyping: needs more memory than the ")
                    .contains("NETTYPING_JAVA_OPTS=-Xmx");
        }
    }

    /** Between far too little and enough it may run out anywhere: on timers, in the summary, in the words of the end. */
    @ParameterizedTest
    @CsvSource({
        "sweep -q 127.0.0.0/20, 9m",
        "sweep -q 127.0.0.0/20, 10m",
        "sweep -q 127.0.0.0/20, 11m",
        "bench --duration 100ms 127.0.0.1, 12m",
        "bench --duration 100ms 127.0.0.1, 14m",
        "bench --duration 100ms 127.0.0.1, 16m",
        "bench --duration 100ms 127.0.0.1, 20m",
        "bench --duration 100ms 127.0.0.1, 26m"
    })
    void nobodyWaitsForWhatLackedIt(String line, String heap) {
        List<String> command = Program.command(line.split(" "));
        command.addAll(command.indexOf("-cp"), List.of("-XX:+UseSerialGC", "-Xmx" + heap));
        try (Namespace namespace = Namespace.create();
                Program program = Program.start(dir, Program.in(namespace, command))) {
            int code = program.exitCode();

            assertThat(code).as(program::err).isIn(ExitCode.OK.code(), ExitCode.SYSTEM.code());
            if (code == ExitCode.SYSTEM.code()) {
                assertThat(program.err()).contains("nettyping: needs more memory than the ");
            }
        }
    }
}
