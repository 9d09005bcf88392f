package io.github.nettyping.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTextTest {

    @Test
    void plainWordsStayAsTheyAre() {
        assertThat(Words.commandLine(List.of("sweep", "--rate=10k", "10.0-3.1,5.1-254", "fe80::1%eth0")))
                .isEqualTo("sweep --rate=10k 10.0-3.1,5.1-254 fe80::1%eth0");
    }

    @Test
    void whatAShellWouldReadDifferentlyIsQuoted() {
        assertThat(Words.commandLine(List.of("-f", "my file", "it's", "", "$HOME")))
                .isEqualTo("-f 'my file' 'it'\\''s' '' '$HOME'");
    }
}
