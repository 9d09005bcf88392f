package io.github.nettyping.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The short way of reading a sweep's arguments beside picocli's. */
class PlainSweepTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.0/24",
                "127.0.0.1 host.example ::1",
                "-q 127.0.0.1",
                "127.0.0.1 --quiet --all --alive-only --all-addresses",
                "-t 250ms -r 0 127.0.0.1",
                "--timeout 1.5s --retries 3 --rate 10k 127.0.0.1 --format jsonl --summary json"
            })
    void plainArgumentsMeanWhatPicocliTakesThemFor(String line) {
        List<String> words = words(line);
        SweepCommand parsed = new SweepCommand();
        new CommandLine(parsed).parseArgs(words.toArray(String[]::new));

        SweepCommand plain = SweepCommand.ofPlain(words).orElseThrow();

        assertThat(plain).usingRecursiveComparison().ignoringFields("spec").isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-",
                "--",
                "-q -q 127.0.0.1",
                "-q --quiet 127.0.0.1",
                "-t 1s --timeout 1s 127.0.0.1",
                "-t",
                "127.0.0.1 --retries",
                "-t -1",
                "-r --quiet",
                "--timeout=1s 127.0.0.1",
                "-t1s 127.0.0.1",
                "-qr0 127.0.0.1",
                "--timeout never 127.0.0.1",
                "--backoff 2 127.0.0.1",
                "-f - 127.0.0.1",
                "--order random 127.0.0.1",
                "--limit 1 127.0.0.1",
                "--dry-run 127.0.0.1",
                "--no-such-option 127.0.0.1"
            })
    void whatIsNotPlainIsLeftToPicocli(String line) {
        assertThat(SweepCommand.ofPlain(words(line))).isEmpty();
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }
}
