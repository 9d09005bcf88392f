package io.github.nettyping.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.Main;
import io.github.nettyping.cli.option.DurationTypes;
import io.github.nettyping.cli.option.OptionTypes;
import io.github.nettyping.cli.output.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anything is sent. */
class BenchCommandTest {

    private final StringWriter err = new StringWriter();

    private ExitCode run(String... arguments) {
        return Main.run(arguments, new PrintWriter(new StringWriter()), new PrintWriter(err));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bench; no target",
                "bench 127.0.0.1 --rate fast; probes per second, such as 500, 10k or 1m, or max, or find",
                "bench 127.0.0.1 --rate 0; probes per second",
                "bench 127.0.0.1 --duration 0; more than 0, at most 3600s",
                "bench 127.0.0.1 --warmup -1; or 0, at most 3600s",
                "bench 127.0.0.1 --loops 0; an integer from 1 to 256",
                "bench 127.0.0.1 --tolerance 60; a share from 0.1% to 50%",
                "bench 127.0.0.1 --rate find --find-from 2k --find-to 1k; --find-from 2000 is above --find-to 1000",
                "bench 127.0.0.1 --loops 4 --max-in-flight 3; --max-in-flight 3 leaves nothing for some of the 4 loops",
                "bench 127.0.0.0/8; 16777214 hosts are too many (expected: at most 65536",
                "bench 224.0.0.1; is a multicast or broadcast address",
                "bench 127.0.0.1 --format jsonl; Unknown option"
            })
    void whatCannotBeIsRefusedWithWhatWasExpected(String command, String complaint) {
        assertThat(run(command.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("nettyping: ").contains(complaint).hasLineCount(1);
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeAnythingIsSent(@TempDir Path dir) {
        Path file = dir.resolve("missing").resolve("place.html");
        assertThat(run("bench", "127.0.0.1", "--report", file.toString())).isEqualTo(ExitCode.SYSTEM);
        assertThat(err.toString())
                .isEqualTo("nettyping: --report " + file + ": no such directory; name a file that can be written\n");
    }

    @Test
    void valuesOfItsOwnAreRead() {
        assertThat(new BenchRate.Type().convert("max")).isEqualTo(BenchRate.MAX);
        assertThat(new BenchRate.Type().convert("find")).isEqualTo(BenchRate.FIND);
        assertThat(new BenchRate.Type().convert("20k")).isEqualTo(BenchRate.of(20_000));
        assertThat(new DurationTypes.TimeOrNone().convert("0s")).isZero();
        assertThat(new DurationTypes.TimeOrNone().convert("5")).hasMillis(5);
        assertThat(new OptionTypes.Tolerance().convert("2.5%")).isEqualTo(0.025);
    }
}
