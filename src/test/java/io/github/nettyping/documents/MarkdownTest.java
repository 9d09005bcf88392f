package io.github.nettyping.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** How documents are taken apart, and excerpts found in sources. */
class MarkdownTest {

    private static final Markdown DOCUMENT = Markdown.parse("""
            # A title, of `Several` words

            Text with a [link](docs/a.md#part) over
            [two
            lines](b.md), [another](https://example.org/), and `[code](c.md)`.

            ```java
            int a;

            [not](a-link.md)
            ```

                $ command
                output

                more output

            text

                not a command

            - item
                of text `Name.method()`
            """);

    @Test
    void blocksHaveTheirLanguageAndPlace() {
        assertThat(DOCUMENT.blocks()).containsExactly(new Markdown.Block(7, "java", "int a;\n\n[not](a-link.md)"));
    }

    @Test
    void linksAreThoseOfTheTextIntoThisTree() {
        assertThat(DOCUMENT.links()).containsExactly("docs/a.md#part", "b.md");
    }

    @Test
    void headingsBecomeAnchors() {
        assertThat(DOCUMENT.anchors()).containsExactly("a-title-of-several-words");
    }

    @Test
    void codeIsWhatStandsBetweenBackticksOfTheText() {
        assertThat(DOCUMENT.code()).containsExactly("Several", "[code](c.md)", "Name.method()");
    }

    @Test
    void commandsAreIndentedBlocksThatBeginWithAPrompt() {
        assertThat(DOCUMENT.commands()).containsExactly("$ command\noutput\n\nmore output");
    }

    @Test
    void excerptsAreMovedLeftAndWithoutMarks() {
        String source = """
                class A {
                    // tag::outer
                    void f() {
                        // tag::inner
                        g();
                        // end::inner
                    }
                    // end::outer
                }
                """;
        assertThat(Excerpts.ofSource(source)).isEqualTo(Map.of("outer", "void f() {\n    g();\n}", "inner", "g();"));
    }

    @Test
    void marksComeInPairs() {
        assertThatThrownBy(() -> Excerpts.ofSource("// tag::a\n")).hasMessageContaining("without end: [a]");
        assertThatThrownBy(() -> Excerpts.ofSource("// end::a\n")).hasMessageContaining("without its tag");
        assertThatThrownBy(() -> Excerpts.ofSource("// tag::a\n// tag::a\n")).hasMessageContaining("twice");
    }
}
