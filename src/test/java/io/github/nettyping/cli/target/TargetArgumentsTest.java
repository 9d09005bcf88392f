package io.github.nettyping.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nettyping.target.Targets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetArgumentsTest {

    private static final InputStream EMPTY = InputStream.nullInputStream();

    @Test
    void wordsFilesAndStandardInputMakeOneSet(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("targets"), "# list\n127.0.0.2 # two\n\n127.0.0.1\n");
        InputStream input = new ByteArrayInputStream("127.0.0.3 three\n127.0.0.2\n".getBytes(StandardCharsets.UTF_8));

        TypedTargets targets =
                new TargetArguments(List.of("127.0.0.1"), List.of(file.toString(), "-"), false).read(input);

        assertThat(targets.addresses().count()).isEqualTo(3);
        assertThat(targets.names()).isEmpty();
    }

    @Test
    void networkAndBroadcastAddressAreInOnDemand() {
        assertThat(new TargetArguments(List.of("127.0.0.0/24"), List.of(), false)
                        .read(EMPTY)
                        .addresses()
                        .count())
                .isEqualTo(254);
        assertThat(new TargetArguments(List.of("127.0.0.0/24"), List.of(), true)
                        .read(EMPTY)
                        .addresses()
                        .count())
                .isEqualTo(256);
    }

    @Test
    void namesAreKeptApartEachOnceInTheOrderOfTyping(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(
                dir.resolve("targets"), "# list\nc.example # three\n127.0.0.1\na.example\n\nbücher.example x\n");

        TypedTargets targets = new TargetArguments(
                        List.of("b.example", "127.0.0.0/30", "a.example"), List.of(file.toString()), false)
                .read(EMPTY);

        assertThat(targets.names()).containsExactly("b.example", "a.example", "c.example", "bücher.example");
        assertThat(targets.addresses().count()).isEqualTo(2);
    }

    @Test
    void namesAloneAreTargetsToo() {
        assertThat(new TargetArguments(List.of("a.example"), List.of(), false)
                        .read(EMPTY)
                        .names())
                .containsExactly("a.example");
    }

    @Test
    void addressOfManyHostsIsRefusedBeforeANameIsResolved() {
        assertRefused(List.of("a.example", "224.0.0.1"), List.of(), "is a multicast or broadcast address");
    }

    @Test
    void noTargetIsRefused(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("targets"), "# nothing\n");
        assertRefused(List.of(), List.of(), "no target; name one");
        assertRefused(List.of(), List.of(file.toString()), "no target in " + file);
    }

    @Test
    void fileThatCannotBeReadIsNamed(@TempDir Path dir) {
        Path file = dir.resolve("missing");
        assertRefused(List.of(), List.of(file.toString()), "--targets " + file + ": no such file; expected");
        assertRefused(List.of(), List.of(dir.toString()), "--targets " + dir + ": ");
        assertRefused(List.of(), List.of("a\0b"), "--targets a");
    }

    @Test
    void badWordOfAFileIsNamedWithItsLine() {
        InputStream input = new ByteArrayInputStream("127.0.0.1\n127.0.0.01\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new TargetArguments(List.of(), List.of("-"), false).read(input))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("standard input, line 2: \"127.0.0.01\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "224.0.0.1",
                "223.255.255.255-224.0.0.0",
                "10.0.0.0/8,224.0.0.5",
                "255.255.255.255",
                "239.0.0.0/8",
                "0.0.0.0/0",
                "ff02::1",
                "127.0.0.1,::1,ff02::2"
            })
    void addressOfManyHostsIsRefused(String words) {
        assertRefused(List.of(words.split(",")), List.of(), "is a multicast or broadcast address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "223.255.255.255",
                "240.0.0.1",
                "223.255.255.255,240.0.0.1-255.255.255.254",
                "fe80::1,::1",
                "fe80::1%lo,127.0.0.1"
            })
    void addressOfOneHostIsNot(String words) {
        assertThat(new TargetArguments(List.of(words.split(",")), List.of(), false)
                        .read(EMPTY)
                        .addresses()
                        .count())
                .isPositive();
    }

    @Test
    void multicastOnOneLinkOfSeveralIsFound() {
        assertRefused(List.of("::1", "fe80::1%lo", "ff02::1%lo"), List.of(), "multicast");
    }

    private static TargetSelection excluding(List<String> words, List<String> files, boolean reserved) {
        return new TargetSelection(new Excludes(words, files, reserved), TargetSelection.Groups.NEED_CONSENT, false);
    }

    private static Targets left(List<String> words, TargetSelection selection) {
        return new TargetArguments(words, List.of(), false, selection)
                .read(EMPTY)
                .addresses();
    }

    @Test
    void excludesOfWordsAndFilesAreLeftOut(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("excludes"), "127.0.0.9 # that one\n127.0.0.0/30\n");
        TargetSelection selection = excluding(List.of("127.0.0.7"), List.of(file.toString()), false);

        assertThat(left(List.of("127.0.0.0/28"), selection).count()).isEqualTo(14 - 1 - 1 - 3);
    }

    @Test
    void excludesMayComeFromStandardInputUnlessTargetsDo() {
        TargetSelection selection = excluding(List.of(), List.of("-"), false);
        InputStream input = new ByteArrayInputStream("127.0.0.2\n".getBytes(StandardCharsets.UTF_8));

        assertThat(new TargetArguments(List.of("127.0.0.1-3"), List.of(), false, selection)
                        .read(input)
                        .addresses()
                        .count())
                .isEqualTo(2);
        assertThatThrownBy(() -> new TargetArguments(List.of(), List.of("-"), false, selection).read(EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--exclude-file -: standard input is read by --targets; expected a file for one of them");
    }

    @Test
    void reservedAddressesAreLeftOutAndGroupsAmongThemNeedNoConsentThen() {
        assertThat(left(
                                List.of("10.0.0.0/8", "1.0.0.0/24", "223.0.0.0-255.255.255.255"),
                                excluding(List.of(), List.of(), true))
                        .count())
                .isEqualTo(254 + (1 << 24));
    }

    @Test
    void nothingLeftAfterExcludesIsRefused() {
        assertThatThrownBy(() -> left(List.of("127.0.0.0/24"), excluding(List.of(), List.of(), true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no target left: all 254 are excluded");
        assertThatThrownBy(() -> left(List.of("127.0.0.1"), excluding(List.of("127.0.0.1"), List.of(), false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no target left: the one there was is excluded");
    }

    @Test
    void badExcludesAreNamedWithTheirOption(@TempDir Path dir) {
        assertThatThrownBy(() -> left(List.of("127.0.0.1"), excluding(List.of("127.0.0.01"), List.of(), false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--exclude \"127.0.0.01\"");
        Path file = dir.resolve("missing");
        assertThatThrownBy(() -> left(List.of("127.0.0.1"), excluding(List.of(), List.of(file.toString()), false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--exclude-file " + file + ": no such file; expected");
    }

    @Test
    void groupsAreRefusedByTheNameOfTheOptionOrTakenWithConsent() {
        assertThatThrownBy(() -> left(List.of("224.0.0.1"), excluding(List.of(), List.of(), false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("224.0.0.1 is a multicast or broadcast address; --broadcast permits it, else leave it out");
        TargetSelection consent = new TargetSelection(Excludes.NONE, TargetSelection.Groups.ASKED, false);
        assertThat(left(List.of("224.0.0.1", "255.255.255.255"), consent).count())
                .isEqualTo(2);
    }

    private static void assertRefused(List<String> words, List<String> files, String message) {
        assertThatThrownBy(() -> new TargetArguments(words, files, false).read(EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
