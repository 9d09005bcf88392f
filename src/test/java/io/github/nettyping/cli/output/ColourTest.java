package io.github.nettyping.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ColourTest {

    private static boolean on(Colour.Wish wish, boolean terminal, Map<String, String> environment) {
        return Colour.of(wish, terminal, environment).isOn();
    }

    @Test
    void autoIsForTerminalsAlone() {
        assertThat(on(Colour.Wish.AUTO, true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(on(Colour.Wish.AUTO, false, Map.of("TERM", "xterm"))).isFalse();
    }

    @Test
    void autoHonoursNoColorUnlessItIsEmpty() {
        assertThat(on(Colour.Wish.AUTO, true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(on(Colour.Wish.AUTO, true, Map.of("NO_COLOR", ""))).isTrue();
    }

    @Test
    void autoHasNoneOnADumbTerminal() {
        assertThat(on(Colour.Wish.AUTO, true, Map.of("TERM", "dumb"))).isFalse();
    }

    @Test
    void anOptionBeatsEnvironmentAndTerminal() {
        assertThat(on(Colour.Wish.ALWAYS, false, Map.of("NO_COLOR", "1", "TERM", "dumb")))
                .isTrue();
        assertThat(on(Colour.Wish.NEVER, true, Map.of("TERM", "xterm"))).isFalse();
    }

    @Test
    void paintsByEscapeSequencesOrLeavesTextAsItIs() {
        Colour colour = Colour.of(Colour.Wish.ALWAYS, false, Map.of());
        StringBuilder line = new StringBuilder();

        colour.begin(line, Colour.Tone.BAD);
        line.append("timeout");
        colour.end(line);

        assertThat(line).hasToString("\u001b[31mtimeout\u001b[0m");
        assertThat(colour.paint(Colour.Tone.GOOD, "1.000 ms")).isEqualTo("\u001b[32m1.000 ms\u001b[0m");
        assertThat(Colour.NONE.paint(Colour.Tone.GOOD, "1.000 ms")).isEqualTo("1.000 ms");
    }
}
