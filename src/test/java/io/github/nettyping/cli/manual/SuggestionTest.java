package io.github.nettyping.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "swep, sweep",
        "sweeep, sweep",
        "wseep, sweep",
        "pong, ping",
        "pign, ping",
        "traec, trace",
        "doct, doctor",
        "bemch, bench"
    })
    void aMistypedWordIsRecognised(String typed, String meant) {
        assertThat(Suggestion.of(typed, Stream.of("sweep", "ping", "trace", "bench", "doctor")))
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"--timout, --timeout", "--exclude-fil, --exclude-file", "--colour, --color"})
    void aMistypedOptionIsRecognised(String typed, String meant) {
        assertThat(Suggestion.of(
                        typed, Stream.of("-t", "--timeout", "--retries", "--exclude", "--exclude-file", "--color")))
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyzzy", "-Z", "--q", "host.example", "p"})
    void nothingIsSuggestedForWhatIsFarFromAll(String typed) {
        assertThat(Suggestion.of(typed, Stream.of("sweep", "ping", "-t", "--timeout")))
                .isEmpty();
    }

    @Test
    void swappedNeighboursAreOneMistake() {
        assertThat(Suggestion.distance("ab", "ba")).isEqualTo(1);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    }
}
