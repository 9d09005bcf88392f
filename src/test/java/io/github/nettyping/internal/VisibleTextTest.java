package io.github.nettyping.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

    @Test
    void whatShowsStaysAsItIs() {
        for (String text : new String[] {"", "host.example", "bücher", "日本", "a b\\c", "𝒳", "\ue000"}) {
            assertThat(VisibleText.of(text)).isSameAs(text);
        }
    }

    @Test
    void whatControlsATerminalOrHidesIsWrittenOut() {
        assertThat(VisibleText.of("a\u001b[31m\n\0\u007f\u009b")).isEqualTo("a\\x1b[31m\\x0a\\x00\\x7f\\x9b");
        assertThat(VisibleText.of("\u202egnp.exe\u2066\u200b\ufeff\u2028"))
                .isEqualTo("\\u202egnp.exe\\u2066\\u200b\\ufeff\\u2028");
        assertThat(VisibleText.of("\ud800x\udfff")).isEqualTo("\\ud800x\\udfff");
        assertThat(VisibleText.of("\udb40\udc01\uffff")).isEqualTo("\\ue0001\\uffff");
    }

    @Test
    void lettersAndMarksThatShowNothingAreWrittenOut() {
        assertThat(VisibleText.of("a\u034fb\ufe0f\u3164\u115f\u2800\udb40\udd00"))
                .isEqualTo("a\\u034fb\\ufe0f\\u3164\\u115f\\u2800\\ue0100");
    }

    @Test
    void bytesThatAreNoTextAreNumbers() {
        assertThat(VisibleText.of(new byte[] {'a', (byte) 0xe4, 0x1b, 0x7f, '~'}))
                .isEqualTo("a\\xe4\\x1b\\x7f~");
    }

    @Test
    void aWordHasNoBlanks() {
        assertThat(VisibleText.word("a b\tc\u00a0d\u3000")).isEqualTo("a\\x20b\\x09c\\xa0d\\u3000");
        assertThat(VisibleText.of("a b")).isEqualTo("a b");
    }

    @Test
    void linesStayLines() {
        assertThat(VisibleText.lines("a\u001b\n\nb\t\n")).isEqualTo("a\\x1b\n\nb\\x09\n");
        assertThat(VisibleText.lines("a\nb")).isEqualTo("a\nb");
        assertThat(VisibleText.lines("")).isEmpty();
    }
}
