package io.github.nettyping.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.JsonTree;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    private static final String NAME = "ü日𝒳\u001b\u007f\u0085\u202e\u2066\u200b\ufeff\u3164\ufe0f\udb40\udc01\"\\\n";

    private static String line(String name) {
        return ResultFormatTest.print(output -> new JsonLines(output).line(new JsonObject().put("name", name)));
    }

    @Test
    void lineHasWhatShowsAsItIsAndTheRestEscaped() {
        assertThat(line(NAME))
                .isEqualTo("{\"name\":\"ü日\\uD835\\uDCB3\\u001B\\u007F\\u0085\\u202e\\u2066\\u200b\\ufeff\\u3164\\ufe0f"
                        + "\\uDB40\\uDC01\\\"\\\\\\n\"}\n");
    }

    @Test
    void objectAloneIsInAsciiThatShows() {
        assertThat(new JsonObject().put("name", NAME).toString()).matches("[ -~]+");
    }

    @Test
    void programReadsTheNameThatWasWritten() {
        assertThat(JsonTree.object(line(NAME))).containsEntry("name", NAME);
        assertThat(JsonTree.object(new JsonObject().put("name", NAME).toString()))
                .containsEntry("name", NAME);
    }

    @Test
    void longNamesAreNoDifferent() {
        String name = NAME.repeat(3_000);
        assertThat(JsonTree.object(line(name))).containsEntry("name", name);
        assertThat(line(name)).doesNotContain("\u001b", "\u007f", "\u0085", "\u202e", "\udb40");
    }
}
