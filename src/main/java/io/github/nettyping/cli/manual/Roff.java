package io.github.nettyping.cli.manual;

import java.util.Locale;

/** Text in the language of man(7). Confined to one thread. */
final class Roff {

    /** What groff and mandoc ask for; a longer word stands alone. */
    private static final int LINE_BYTES = 78;

    private final StringBuilder page = new StringBuilder();

    /** Returns text as it has to be written: what is typed in ASCII is shown, searched and copied as that. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\[rs]");
                case '-' -> out.append("\\-");
                case '\'' -> out.append("\\[aq]");
                case '`' -> out.append("\\[ga]");
                case '^' -> out.append("\\[ha]");
                case '~' -> out.append("\\[ti]");
                case '"' -> out.append("\\[dq]");
                default -> {
                    if (c < 0x80) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(String.format(Locale.ROOT, "\\[u%04X]", c));
                    }
                }
            }
        });
        return out.toString();
    }

    static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    /** Adds a line that is none of text. */
    Roff macro(String line) {
        page.append('.').append(line).append('\n');
        return this;
    }

    Roff section(String title) {
        return macro("SH " + title);
    }

    Roff prose(String text) {
        return filled(escaped(text));
    }

    /** Adds a line that has been escaped, broken where its source would be too long and behind sentences. */
    Roff filled(String escaped) {
        int length = 0;
        boolean sentenceEnds = false;
        for (String word : escaped.split(" +", -1)) {
            if (length > 0 && (sentenceEnds || length + 1 + word.length() > LINE_BYTES)) {
                page.append('\n');
                length = 0;
            } else if (length > 0) {
                page.append(' ');
                length++;
            }
            length += append(word, length == 0);
            sentenceEnds = word.matches(".*[.?!]");
        }
        page.append('\n');
        return this;
    }

    Roff verbatim(Iterable<String> lines) {
        macro("RS 4").macro("EX");
        for (String line : lines) {
            append(escaped(line), true);
            page.append('\n');
        }
        return macro("EE").macro("RE");
    }

    private int append(String text, boolean begins) {
        // At the beginning of a line a dot would make a command of it.
        String safe = begins && text.startsWith(".") ? "\\&" + text : text;
        page.append(safe);
        return safe.length();
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
