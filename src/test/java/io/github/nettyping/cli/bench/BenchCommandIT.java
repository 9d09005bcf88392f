package io.github.nettyping.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Program;
import io.github.nettyping.testing.Await;
import io.github.nettyping.testing.Behaviours;
import io.github.nettyping.testing.Namespace;
import io.github.nettyping.testing.RequiresRawSockets;
import io.github.nettyping.testing.RequiresTun;
import io.github.nettyping.testing.Signal;
import io.github.nettyping.testing.TunResponder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program as its users see it: streams, files, exit codes, signals. */
@Execution(ExecutionMode.CONCURRENT)
class BenchCommandIT {

    @TempDir
    Path dir;

    @Test
    @RequiresRawSockets
    void jsonSummaryIsOneLineAndFilesAreWritten() throws Exception {
        Path histogram = dir.resolve("latency.hgrm");
        Path report = dir.resolve("report.html");
        try (Program program = Program.start(
                dir,
                Program.command(
                        "bench",
                        "127.0.0.1",
                        "--duration=300ms",
                        "--warmup=0",
                        "--summary=json",
                        "--histogram",
                        histogram.toString(),
                        "--report",
                        report.toString()))) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.out()).isEmpty();
            assertThat(program.err())
                    .startsWith("{\"offered_per_second\":1000,\"sent\":300,\"received\":300,\"lost\":0,\"rtt_ns\":{")
                    .hasLineCount(1);
            assertThat(histogram).content().startsWith("""
                            # Latency in microseconds, from the intended send time to the reply
                                   Value     Percentile TotalCount 1/(1-Percentile)
                            """).contains("Total count    =          300]");
            assertThat(Files.readString(report))
                    .contains("<b>300</b><span>sent")
                    .endsWith("</html>\n");
        }
    }

    @Test
    @RequiresTun
    void silenceAndSignalsHaveTheirExitCodes() {
        try (Namespace namespace = Namespace.create()) {
            TunResponder responder = TunResponder.open(namespace, Behaviours.silent(), "198.51.100.0/24");
            try (Program program =
                    start(namespace, "bench", "198.51.100.1", "--duration=100ms", "--warmup=0", "--timeout=100ms")) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.err()).contains("received 0 (-), lost 100 (100%)\n");
            }
            assertOrderlyEnd(namespace, responder, Signal.HUP, 129);
            assertOrderlyEnd(namespace, responder, Signal.INT, 130);
            assertOrderlyEnd(namespace, responder, Signal.TERM, 143);
        }
    }

    private void assertOrderlyEnd(Namespace namespace, TunResponder responder, Signal signal, int exitCode) {
        long before = responder.probes();
        try (Program program = start(namespace, "bench", "198.51.100.1", "--duration=60s", "--timeout=30s")) {
            Await.until("it measures", Await.LIMIT, () -> responder.probes() - before > 1_200);
            program.signal(signal);
            assertThat(program.exitCode()).isEqualTo(exitCode);
            assertThat(program.err()).contains("stopped early; ").contains(" unfinished\n");
        }
    }

    @Test
    @RequiresTun
    void aNameThatIsNotFoundEndsWithTwo() throws Exception {
        try (Namespace namespace = Namespace.create()) {
            Path hosts = Files.writeString(dir.resolve("hosts"), "127.0.0.1 here.example\n");
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
            command.addAll(Program.commandWithHosts(
                    hosts, "bench", "here.example", "gone.example", "--duration=100ms", "--warmup=0"));
            try (Program program = Program.start(dir, command)) {
                assertThat(program.exitCode()).isEqualTo(2);
                assertThat(program.err())
                        .contains("gone.example")
                        .containsPattern(
                                "\nhere.example \\(127.0.0.1\\): [0-9.]+ s at 1000 probes per second \\(open loop\\)");
            }
        }
    }

    private Program start(Namespace namespace, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace.name()));
        command.addAll(Program.command(arguments));
        return Program.start(dir, command);
    }
}
