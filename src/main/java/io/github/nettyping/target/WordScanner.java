package io.github.nettyping.target;

/** Reads a target word from left to right and knows the place of an error. Confined to one thread. */
final class WordScanner {

    /** What {@link #peek()} gives behind the last character. No target word holds it. */
    static final char END = '\0';

    private final String word;
    private int position;

    WordScanner(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    int position() {
        return position;
    }

    void moveTo(int newPosition) {
        position = newPosition;
    }

    char peek() {
        return position < word.length() ? word.charAt(position) : END;
    }

    /** Passes over {@code text} if it stands here; returns whether it did. */
    boolean skip(String text) {
        if (!word.startsWith(text, position)) {
            return false;
        }
        position += text.length();
        return true;
    }

    void expect(String text, String expected) {
        if (!skip(text)) {
            throw unexpected(expected);
        }
    }

    void expectEnd(String expected) {
        if (position < word.length()) {
            throw unexpected(expected);
        }
    }

    /** Reads a number without leading zeros, 0 to {@code max}. */
    int decimal(int max, String expected) {
        int start = position;
        long value = 0;
        while (peek() >= '0' && peek() <= '9') {
            // Once beyond every maximum more digits change nothing.
            value = Math.min(value * 10 + (peek() - '0'), Integer.MAX_VALUE);
            position++;
        }
        if (position == start) {
            throw unexpected(expected);
        }
        String digits = word.substring(start, position);
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            throw error(start, "leading zero in " + digits, expected);
        }
        if (value > max) {
            throw error(start, digits + " is out of range", expected);
        }
        return (int) value;
    }

    /** Returns an error about the text at this place, which is not what is expected. */
    TargetSyntaxException unexpected(String expected) {
        String problem = position < word.length() ? "'" + peek() + "' cannot stand here" : "the word ends";
        return error(position, problem, expected);
    }

    /**
     * Returns an error about a place already passed.
     *
     * @param at index of the character, from 0
     */
    TargetSyntaxException error(int at, String problem, String expected) {
        return HostInside.of(word)
                .map(inside -> new TargetSyntaxException(word, 1, inside.problem(), "its host alone, " + inside.host()))
                .orElseGet(() -> new TargetSyntaxException(word, at + 1, problem, expected));
    }
}
