package io.github.nettyping.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("sets the JVM's locale")
class ProgressTextTest {

    private static ProgressText.Figures figures(long drops, long secondsLeft) {
        return new ProgressText.Figures(
                802_345, 16_777_214, OptionalDouble.of(49_870.4), 12, 790_001, drops, OptionalLong.of(secondsLeft));
    }

    @Test
    void everythingIsThereWhereThereIsRoom() {
        assertThat(figures(3, 320).apply(200))
                .isEqualTo("802345/16777214 done, 4.7%, 49870/s, 12 alive, 790001 timeout, 3 local drops, ETA 5:20");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        ProgressText.Figures begun =
                new ProgressText.Figures(0, 10, OptionalDouble.empty(), 0, 0, 0, OptionalLong.empty());
        assertThat(begun.apply(200)).isEqualTo("0/10 done, 0.0%, 0 alive, 0 timeout, 0 local drops");
    }

    @Test
    void aNarrowTerminalGetsWhatMattersMost() {
        assertThat(figures(0, 320).apply(79))
                .isEqualTo("802345/16777214 done, 4.7%, 49870/s, 12 alive, 790001 timeout, ETA 5:20");
        assertThat(figures(3, 320).apply(60)).isEqualTo("802345/16777214 done, 4.7%, 12 alive, ETA 5:20");
        assertThat(figures(3, 320).apply(20)).isEqualTo("4.7%");
        assertThat(figures(3, 320).apply(3)).isEqualTo("4.7");
        assertThat(figures(3, 320).apply(-1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "59, 0:59", "3599, 59:59", "3600, 1:00:00", "90061, 25:01:01", "864000, 10 days"})
    void timeIsWrittenAsOnAClock(long seconds, String text) {
        assertThat(figures(0, seconds).apply(200)).endsWith(", ETA " + text);
    }

    @Test
    void aHundredPercentIsTheEnd() {
        assertThat(ProgressText.percent(99_999, 100_000)).isEqualTo("99.9%");
        assertThat(ProgressText.percent(100_000, 100_000)).isEqualTo("100.0%");
    }

    @Test
    void numbersAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(figures(0, 3_600).apply(200)).contains("4.7%").endsWith("ETA 1:00:00");
        } finally {
            Locale.setDefault(before);
        }
    }
}
