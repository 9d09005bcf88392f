package io.github.nettyping.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nettyping.cli.output.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that would control a terminal, in every place where a command line is refused: the refusal shows them. */
class HostileWordsTest {

    private static final String EVIL = "x\u001b[7m\u202e\u0085";
    private static final String SHOWN = "x\\x1b[7m\\u202e\\x85";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EVIL",
                "--EVIL",
                "sweep EVIL",
                "sweep fe80::1%EVIL",
                "sweep --EVIL 127.0.0.1",
                "sweep --rate EVIL 127.0.0.1",
                "sweep --seed EVIL 127.0.0.1",
                "sweep --summary EVIL 127.0.0.1",
                "sweep --exclude EVIL 127.0.0.1",
                "sweep --exclude-file EVIL 127.0.0.1",
                "sweep --targets EVIL",
                "sweep --report EVIL 127.0.0.1",
                "ping EVIL",
                "ping fe80::1%EVIL",
                "ping -p EVIL 127.0.0.1",
                "ping -i EVIL 127.0.0.1",
                "ping -M EVIL 127.0.0.1",
                "trace EVIL",
                "trace --source EVIL 127.0.0.1",
                "trace -m EVIL 127.0.0.1",
                "trace --targets EVIL",
                "bench EVIL",
                "bench --rate EVIL 127.0.0.1",
                "bench --targets EVIL",
                "doctor --format EVIL",
                "completion EVIL",
                "manual EVIL",
            })
    void refusalShowsTheWordOnOneLine(String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ExitCode code = Main.run(line.replace("EVIL", EVIL).split(" ", -1), new PrintWriter(out), new PrintWriter(err));
        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains(SHOWN)
                .doesNotContain("\u001b", "\u202e", "\u0085")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }
}
