package io.github.nettyping.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import io.github.nettyping.cli.output.ExitCode;
import io.github.nettyping.probe.PayloadFiller;
import io.github.nettyping.trace.TraceOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the options mean, and what ends before a socket is opened. */
class TraceCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private ExitCode run(String... args) {
        return Main.run(args, new PrintWriter(out), new PrintWriter(err));
    }

    private static TraceOptions options(String... args) {
        TraceCommand command = new TraceCommand();
        new CommandLine(command).parseArgs(args);
        return command.options();
    }

    @Test
    void defaultsAreThoseOfTheLibrary() {
        assertThat(options("host.example"))
                .isEqualTo(TraceOptions.builder().payloadBytes(56).build());
    }

    @Test
    void everyOptionHasItsMeaning() {
        assertThat(options(
                        "-f2",
                        "-m9",
                        "-q5",
                        "-N7",
                        "-w0.25",
                        "--report-cycles=4",
                        "--interval=200ms",
                        "--no-paris",
                        "--pmtu",
                        "--size=1000",
                        "--rate=2k",
                        "--any-source",
                        "--random-payload",
                        "host.example"))
                .isEqualTo(TraceOptions.builder()
                        .firstHop(2)
                        .maxHops(9)
                        .probesPerHop(5)
                        .parallelHops(7)
                        .timeout(Duration.ofMillis(250))
                        .cycles(4)
                        .interval(Duration.ofMillis(200))
                        .paris(false)
                        .pathMtu(true)
                        .payloadBytes(1_000)
                        .probesPerSecond(2_000)
                        .anySource(true)
                        .filler(PayloadFiller.random())
                        .build());
    }

    @Test
    void bareNumbersOfTheLetterAreSecondsAndOfTheSharedNameMilliseconds() {
        assertThat(options("-w", "2").timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options("--timeout", "2").timeout()).isEqualTo(Duration.ofMillis(2));
        assertThat(options("-w", "2", "--timeout", "3").timeout()).isEqualTo(Duration.ofMillis(3));
        assertThat(options("--timeout", "3", "-w", "2").timeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void oneFlowCanBeAskedForInSoManyWords() {
        assertThat(options("--paris").paris()).isTrue();
        assertThat(options("--no-paris").paris()).isFalse();
    }

    @Test
    void withoutASizeThePathMtuIsFoundWithPacketsAsLongAsTheInterfaceTakes() {
        assertThat(options("--pmtu").payloadBytes()).isEmpty();
        assertThat(options("--pmtu", "--size", "56").payloadBytes()).hasValue(56);
    }

    @Test
    void shortPayloadsAreForProbesThatAreNoFlow() {
        assertThat(options("--no-paris", "--size", "0").payloadBytes()).hasValue(0);
        assertThat(options("--size", "18").payloadBytes()).hasValue(18);
    }

    @Test
    void lettersAreThoseOfTraceroute() {
        run("trace", "--help");
        assertThat(out.toString())
                .containsPattern("(?m)^ +-f=HOP ")
                .containsPattern("(?m)^ +-m=HOP ")
                .containsPattern("(?m)^ +-q=N ")
                .containsPattern("(?m)^ +-N, --parallel=N ")
                .containsPattern("(?m)^ +-w=WAIT ")
                .containsPattern("(?m)^ +-i, --interface=IF ")
                .containsPattern("(?m)^ +-s, --source=ADDR ")
                .containsPattern("(?m)^ +-t, --tos=N ")
                .containsPattern("(?m)^ +-F, --df ")
                .containsPattern("(?m)^ +--size=N ")
                .containsPattern("(?m)^ +-n ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ttl", "--retries", "--backoff", "--count", "--loops", "-c"})
    void optionsThatMakeNoSenseAreNeitherShownNorTaken(String option) {
        run("trace", "--help");
        assertThat(out.toString()).doesNotContainPattern("(?m)^ +(-., )?" + option + "\\b");
        assertThat(run("trace", option, "127.0.0.1")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Unknown option: '" + option + "'").containsOnlyOnce("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-m 0 | '-m': \"0\" (expected: an integer from 1 to 255)",
                "-m 256 | '-m': \"256\" (expected: an integer from 1 to 255)",
                "-f x | '-f': \"x\" (expected: an integer from 1 to 255)",
                "-q 1001 | '-q': \"1001\" (expected: an integer from 1 to 1000)",
                "-N 0 | '--parallel': \"0\" (expected: an integer from 1 to 255)",
                "--report-cycles 0 | '--report-cycles': \"0\" (expected: an integer from 1 to 1000000000)",
                "--interval 0.0009 | '--interval': \"0.0009\" (expected: seconds",
                "-w 0 | '-w': \"0\" (expected: seconds",
                "-f 5 -m 4 | -f 5 begins behind -m 4",
                "--size 17 | --size 17 is too short for probes that look like one flow (expected: 18 or more",
                "--format csv | '--format': \"csv\" (expected: text or jsonl)",
                "--socket tcp | '--socket': \"tcp\" (expected: ",
                "-s ::1 | --source ::1 is an IPv6 address",
                "-s ::1 -4 | --source ::1 is an IPv6 address",
                "-46 | -4 and -6 together",
                "ff01::1 | ff01::1 is a multicast or broadcast address; only single hosts are asked",
                "127.1 | 127.1",
            })
    void valuesAreCheckedBeforeAnythingIsSent(String options, String message) {
        assertRefused(options, message);
    }

    @Test
    void aFileOfTargetsThatIsNotThereIsRefused(@TempDir Path dir) {
        Path file = dir.resolve("missing");
        assertRefused("--targets " + file, "--targets " + file + ": no such file");
    }

    private void assertRefused(String options, String message) {
        assertThat(run(("trace " + options + " 127.0.0.1").split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("nettyping: ")
                .contains(message)
                .containsOnlyOnce("\n")
                .endsWith("see nettyping trace --help\n");
    }

    @Test
    void aHostIsNeeded() {
        assertThat(run("trace")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("no target").containsOnlyOnce("\n");
    }
}
