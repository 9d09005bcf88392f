package io.github.nettyping.target;

import io.github.nettyping.internal.VisibleText;

/**
 * Says that a target word cannot be used: which word, where in it, what is wrong there and what was expected.
 * Immutable.
 */
public final class TargetSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Longest part of a word that a message repeats; a line of a file may be of any length. */
    private static final int SHOWN_CHARACTERS = 120;

    /** The word as it was given. */
    private final String word;
    /** Where in the word, from 1. */
    private final int character;
    /** What would have been right there. */
    private final String expected;

    TargetSyntaxException(String word, int character, String problem, String expected) {
        super('"' + printable(word) + "\", character " + character + ": " + printable(problem) + "; expected "
                + expected);
        this.word = word;
        this.character = character;
        this.expected = expected;
    }

    private TargetSyntaxException(String place, TargetSyntaxException cause) {
        super(place + ": " + cause.getMessage(), cause);
        this.word = cause.word;
        this.character = cause.character;
        this.expected = cause.expected;
    }

    /**
     * Returns the same error with the place of the word in front of the message.
     *
     * @param source name of a file or stream
     * @param line   from 1
     * @return a new exception, this one its cause
     */
    TargetSyntaxException at(String source, long line) {
        return new TargetSyntaxException(source + ", line " + line, this);
    }

    /** {@return the word at fault, as it was given} */
    public String word() {
        return word;
    }

    /**
     * {@return the number of the character where the word is wrong, from 1} One more than the length of the word if it
     * ends too early.
     */
    public int character() {
        return character;
    }

    /** {@return what would have been right at that place: a phrase that can follow "expected"} */
    public String expected() {
        return expected;
    }

    /** Keeps a hostile or binary file from sending control sequences to the terminal of the reader. */
    private static String printable(String text) {
        boolean all = text.length() <= SHOWN_CHARACTERS;
        return VisibleText.of(all ? text : text.substring(0, SHOWN_CHARACTERS)) + (all ? "" : "…");
    }
}
