package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetFileTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "'  192.0.2.1', 192.0.2.1",
        "'\t192.0.2.1\tgateway', 192.0.2.1",
        "192.0.2.1 # gateway, 192.0.2.1",
        "192.0.2.1# gateway, 192.0.2.1",
        "# 192.0.2.1, ''",
        "'  # 192.0.2.1', ''",
        "'', ''",
        "'   ', ''",
        "'192.0.2.1\r', 192.0.2.1",
        "'\ufeff192.0.2.1', 192.0.2.1"
    })
    void theFirstWordOfALineCounts(String line, String word) throws IOException {
        List<String> words = new ArrayList<>();
        TargetFile.read(new StringReader(line), "", words::add);

        assertThat(String.join(" ", words)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\nc!\nd", "a\r\nb\r\nc!\r\n", "a\rb\rc!", "a\n\rc!", "\r\n\r\nc!", "\n\n c! \n"})
    void linesAreCountedWhateverEndsThem(String text) {
        assertThatThrownBy(() -> Targets.builder()
                        .addLines(new StringReader(text.replace("a", "#").replace("b", "")), "it"))
                .hasMessageStartingWith("it, line 3: \"c!\"");
    }

    /** As {@code /dev/full} is read, or a file of another kind. */
    @Test
    void aWordThatDoesNotEndIsRefusedBeforeItFillsTheMemory() {
        Reader endless = new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, '\0');
                return length;
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> TargetFile.read(endless, "it", word -> {}))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageStartingWith("it, line 1: \"\\x00")
                .hasMessageEndingWith("character 1024: the word does not end; expected a list of targets");
    }

    @Test
    void readsAllLinesInOrderAndLeavesTheStreamOpen() throws IOException {
        List<String> words = new ArrayList<>();
        boolean[] closed = new boolean[1];
        StringReader reader = new StringReader("# head\n\nb\r\na more\n  c") {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        TargetFile.read(reader, "standard input", words::add);

        assertThat(words).containsExactly("b", "a", "c");
        assertThat(closed[0]).isFalse();
    }

    @Test
    void aMalformedLineIsNamedByStreamAndNumber() {
        Targets.Builder builder = Targets.builder();

        assertThatThrownBy(
                        () -> builder.addLines(new StringReader("192.0.2.1\n\n# x\n192.0.2.256\n"), "standard input"))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessage("standard input, line 4: \"192.0.2.256\", character 9: 256 is out of range;"
                        + " expected a number from 0 to 255 without leading zeros")
                .satisfies(
                        e -> assertThat(((TargetSyntaxException) e).character()).isEqualTo(9));
    }

    @Test
    void aFileIsReadAsUtf8(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("hosts.txt");
        Files.writeString(file, "\ufeff192.0.2.1 bücher\n2001:db8::1\n");

        assertThat(Targets.builder().addFile(file).build().count()).isEqualTo(2);
    }

    @Test
    void bytesThatAreNoTextAreNamedByFileAndLine(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("hosts.bin");
        Files.write(file, new byte[] {'1', '\n', (byte) 0xff, (byte) 0xfe, 0, '\n'});
        List<String> words = new ArrayList<>();

        TargetFile.read(file, words::add);
        assertThat(words).hasSize(2);
        assertThatThrownBy(() -> TargetFile.read(file, word -> {
                    if (!word.equals("1")) {
                        Targets.parse(word);
                    }
                }))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageStartingWith(
                        file + ", line 2: \"\ufffd\ufffd\\x00\", character 1: '\ufffd' cannot stand here");
    }

    @Test
    void aMissingFileIsAnIoException(@TempDir Path directory) {
        assertThatThrownBy(() -> Targets.builder().addFile(directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
