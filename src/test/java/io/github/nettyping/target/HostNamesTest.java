package io.github.nettyping.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Host names among targets. */
class HostNamesTest {

    private static final String LABEL = "a".repeat(63);

    private final List<String> names = new ArrayList<>();

    private Targets.Builder builder() {
        return Targets.builder().hostNames(names::add);
    }

    @Test
    void namesAreHandedOverInOrderAndAddNothing() throws IOException {
        Targets targets = builder()
                .add("two.example")
                .add("192.0.2.1")
                .addLines(new StringReader("one.example # first\n\n192.0.2.2\ntwo.example\n"), "list")
                .build();

        assertThat(names).containsExactly("two.example", "one.example", "two.example");
        assertThat(targets.count()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "host.example.",
                "_service._tcp.example",
                "xn--bcher-kva.example",
                "10.0.0.x",
                "3com",
                "0x.example",
                "0xg",
                "1.2.3.4.0x5",
                "bücher.example",
                "bu\u0308cher.example",
                "हिन्दी.example",
                "日本語.example",
                "\ud801\udc00.example",
                "१.२.३.४"
            })
    void namesOfEveryScriptAreTaken(String name) {
        builder().add(name);
        assertThat(names).containsExactly(name);
    }

    @Test
    void lengthsMayBeThoseOfTheDns() {
        String longest = (LABEL + '.').repeat(3) + "a".repeat(61);
        builder().add(longest).add(longest + '.');
        assertThat(names).hasSize(2);
    }

    @Test
    void beyondThemANameIsRefused() {
        String longest = (LABEL + '.').repeat(3) + "a".repeat(61);
        assertRefused(longest + 'a', 1, "more than 253 characters");
        assertRefused(longest + "a.", 1, "more than 253 characters");
        assertRefused("host." + LABEL + 'a', 6, "more than 63 characters without a dot");
        assertRefused("host." + "\ud801\udc00".repeat(64), 6, "more than 63 characters without a dot");
    }

    @ParameterizedTest
    @CsvSource({
        "host..example, 6, .",
        ".example, 1, .",
        "example.., 9, .",
        "host.example/24, 13, /",
        "192.0.2.1%eth0, 10, %",
        "user@host, 5, @",
        "'a,b', 2, ','",
        "'two words', 4, ' '",
        "host\u3002example, 5, \u3002",
        "\ud83d\ude00.example, 1, \ud83d\ude00"
    })
    void characterThatNoNameHoldsIsNamed(String word, int character, String stray) {
        assertRefused(word, character, "'" + stray + "' cannot stand here; expected ");
    }

    @Test
    void halfACharacterIsNone() {
        assertThatThrownBy(() -> builder().add("a\ud801b")).isInstanceOf(TargetSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x7f.1", "0xdeadbeef", "127.0.0.0X1", "0x7F.0x0.0x0.0x1"})
    void whatResolversTakeForAnAddressIsNoName(String word) {
        assertRefused(word, 1, "a hexadecimal number");
    }

    @Test
    void aRefusedNameHasTheLineOfItsFile() {
        assertThatThrownBy(() -> builder().addLines(new StringReader("host.example\nuser@host\n"), "list"))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageStartingWith("list, line 2: \"user@host\", character 5: ");
    }

    @Test
    void collectingBeginsBeforeTheFirstTarget() {
        Targets.Builder started = Targets.builder().add("192.0.2.1");
        assertThatThrownBy(() -> started.hostNames(names::add)).isInstanceOf(IllegalStateException.class);
    }

    private void assertRefused(String word, int character, String problem) {
        assertThatThrownBy(() -> builder().add(word))
                .isInstanceOf(TargetSyntaxException.class)
                .hasMessageContaining("\", character " + character + ": ")
                .hasMessageContaining(problem)
                .satisfies(
                        e -> assertThat(((TargetSyntaxException) e).character()).isEqualTo(character));
        assertThat(names).isEmpty();
    }
}
